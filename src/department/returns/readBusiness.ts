import { type BusinessIncome, type Partnership, sumOfReported, zeroRupees, type Rupees } from "../../domain";
import { asObject, textOf, type JsonObject } from "../../kernel";
import { objectsAt, type ReturnBody } from "./readIncome";
import { amountAt } from "./returnFigures";

type Accounts = Omit<BusinessIncome, "partnerships">;

const noAccounts: Accounts = {
  turnover: null,
  grossProfit: null,
  netProfit: null,
  taxOnProfit: null,
  depreciation: null,
  interestPaid: null,
};

/** Undefined when the return has no business, or does not say. */
export function readBusiness({ form, body }: ReturnBody): BusinessIncome | undefined {
  if (form === "ITR_1" || form === "ITR_2") return undefined;
  const partnerships = objectsAt(asObject(body.ScheduleIF), "PartnerFirmDetails").map(toPartnership);
  const accounts = form === "ITR_4" ? presumptive(asObject(body.ScheduleBP)) : accountsOf(body);
  if (accounts === undefined && partnerships.length === 0) return undefined;
  return { ...(accounts ?? noAccounts), partnerships };
}

function toPartnership(row: JsonObject): Partnership {
  return {
    firm: textOf(row.FirmName),
    profitShare: amountAt(row, "ProfitShareAmt"),
    remuneration: amountAt(row, "RemunernAmtDueOrRecv"),
    interest: amountAt(row, "IntrstAmtDueOrRecv"),
    capital: amountAt(row, "FirmCapBalOn31Mar"),
  };
}

/** A return can have three kinds at once: a business with books, one without, and one taxed on its turnover. */
function accountsOf(body: JsonObject): Accounts | undefined {
  const profitAndLoss = [asObject(body.PARTA_PL), asObject(body.PARTA_PLIndAS)];
  const trading = [asObject(body.TradingAccount), asObject(body.TradingAccountIndAS)];
  const blocks = [...profitAndLoss, ...trading].filter((block) => block !== undefined);
  if (blocks.length === 0) return undefined;
  const inBooks = booksOf(profitAndLoss, trading);
  const withoutBooks = simpleAccounts(profitAndLoss[0]);
  const onTurnover = presumptive(profitAndLoss[0]);
  const isKept = [inBooks, withoutBooks].some((accounts) => Object.values(accounts).some(isSomething));
  const turnover = sumOfReported([inBooks.turnover, withoutBooks.turnover, onTurnover?.turnover ?? null]);
  if (isKept) return { ...added(inBooks, withoutBooks), turnover };
  return onTurnover?.presumptiveSection === undefined ? { ...inBooks, turnover } : { ...onTurnover, turnover };
}

function isSomething(fact: unknown): boolean {
  return fact !== null && fact !== zeroRupees;
}

/** Companies under Ind AS fill separate accounts and leave the usual ones at zero. */
function booksOf(
  profitAndLoss: readonly (JsonObject | undefined)[],
  trading: readonly (JsonObject | undefined)[],
): Accounts {
  const sum = (blocks: readonly (JsonObject | undefined)[], ...paths: readonly string[]) =>
    sumOfReported(blocks.map((block) => amountAt(block, ...paths)));
  const debit = (path: string) => sum(profitAndLoss, `DebitsToPL.${path}`, `DebitsToPL.DebitPlAcnt.${path}`);
  const provision = (name: string) => sum(profitAndLoss, `DebitsToPL.TaxProvAppr.${name}`, `TaxProvAppr.${name}`);
  return {
    turnover: sum(trading, "TotRevenueFrmOperations"),
    grossProfit: sum(trading, "GrossProfitFrmBusProf") ?? sum(profitAndLoss, "CreditsToPL.GrossProfitTrnsfFrmTrdAcc"),
    netProfit: debit("PBT"),
    taxOnProfit: sumOfReported([provision("ProvForCurrTax"), provision("ProvDefTax")]),
    depreciation: debit("DepreciationAmort"),
    interestPaid: debit("InterestExpdrtDtls.InterestExpdr"),
  };
}

/** Without books of account, a business has four lines, and so has a profession. */
function simpleAccounts(profitAndLoss: JsonObject | undefined): Accounts {
  const lines = asObject(profitAndLoss?.NoBooksOfAccPL);
  const line = (name: string) => sumOfReported([amountAt(lines, name), amountAt(lines, `${name}Prf`)]);
  return {
    ...noAccounts,
    turnover: line("GrossReceipt"),
    grossProfit: line("GrossProfit"),
    netProfit: line("NetProfit"),
  };
}

function added(one: Accounts, other: Accounts): Accounts {
  const sum = (name: "grossProfit" | "netProfit" | "taxOnProfit" | "depreciation" | "interestPaid") =>
    sumOfReported([one[name], other[name]]);
  return {
    turnover: null,
    grossProfit: sum("grossProfit"),
    netProfit: sum("netProfit"),
    taxOnProfit: sum("taxOnProfit"),
    depreciation: sum("depreciation"),
    interestPaid: sum("interestPaid"),
  };
}

/** "Persumptive" is the spelling of the schema. ITR-4 has the blocks in its schedule BP, the other forms in the profit and loss account. */
function presumptive(block: JsonObject | undefined): Accounts | undefined {
  if (block === undefined) return undefined;
  const trade = asObject(block.PersumptiveInc44AD);
  const profession = asObject(block.PersumptiveInc44ADA);
  const transport = asObject(block.PersumptiveInc44AE);
  const receipts = [turnoverOf44AD(trade), amountAt(profession, "GrsReceipt")];
  const incomes: readonly (readonly [section: string, income: Rupees | null])[] = [
    ["44AD", sumOfReported([receipts[0] ?? null, amountAt(trade, "TotPersumptiveInc44AD")])],
    ["44ADA", sumOfReported([receipts[1] ?? null, amountAt(profession, "TotPersumptiveInc44ADA")])],
    ["44AE", sumOfReported([amountAt(transport, "TotPersumInc44AE"), amountAt(block, "TotalPrsumptvIncUs44E")])],
  ];
  const sections = incomes.filter(([, income]) => isSomething(income)).map(([section]) => section);
  return {
    ...noAccounts,
    turnover: sumOfReported(receipts),
    presumptiveSection: sections.length === 0 ? undefined : sections.join(", "),
  };
}

/** Turnover by way of payment, because the taxed share depends on it. */
function turnoverOf44AD(trade: JsonObject | undefined): Rupees | null {
  const byWay = ["GrsTrnOverBank", "GrsTotalTrnOverInCash", "GrsTrnOverAnyOthMode"].map((way) => amountAt(trade, way));
  return amountAt(trade, "GrsTotalTrnOver", "GrsTrnOverOrReceipt") ?? sumOfReported(byWay);
}
