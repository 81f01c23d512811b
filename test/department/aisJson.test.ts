import { readAisJson } from "../../src/department/readAisJson";
import { writeAisJson } from "../../src/department/writeAisJson";
import { readCalendarDate } from "../../src/domain/calendarDate";
import type { InformationEntry, InformationStatement } from "../../src/domain/informationStatement";
import { rupees } from "../../src/domain/rupees";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import { person } from "./returns";

const incomeYear = 2024 as IncomeYear;
const reportedOn = readCalendarDate("2025-05-31")!;

const statement: InformationStatement = {
  incomeYear,
  entries: [
    entry({ part: "TAX_DEDUCTED_OR_COLLECTED", code: "TDS-192", description: "Salary", count: 12 }),
    entry({ part: "FINANCIAL_TRANSACTION", code: "SFT-016(SB)", description: "Savings interest", reportedOn }),
    entry({ part: "FINANCIAL_TRANSACTION", code: "SFT-015", description: "Dividend", derivedAmount: null }),
    payment({ description: "Advance Tax (100)", category: "Income Tax (Other than Companies) (0021)" }),
    entry({ part: "DEMAND_OR_REFUND", code: "INT-REF-001", description: "Interest on refund", reportedOn }),
    entry({ part: "OTHER", code: "EXC-GSTR3B", description: "Turnover", amount: rupees(12_34_56_789) }),
  ],
};

function entry(changes: Partial<InformationEntry> & Pick<InformationEntry, "part">): InformationEntry {
  return {
    code: undefined,
    description: undefined,
    category: "Invented category",
    reportedBy: "INVENTED, BROTHERS & SONS (INDIA) LIMITED",
    reportedOn: undefined,
    count: 1,
    amount: rupees(125_000),
    derivedAmount: rupees(124_000),
    ...changes,
  };
}

function payment(changes: Partial<InformationEntry>): InformationEntry {
  return { part: "TAX_PAYMENT", amount: rupees(20_000), derivedAmount: null, reportedOn, ...changes };
}

function statementOf(...sections: unknown[]) {
  return readAisJson({ partB: { sections } }, incomeYear)?.entries;
}

describe("an information statement", () => {
  it("reads back from its own file", () => {
    const file: unknown = JSON.parse(JSON.stringify(writeAisJson(statement, person)));
    expect(readAisJson(file, incomeYear)).toEqual(statement);
  });

  it.each([null, 7, [], {}, { partB: {} }, { partB: { sections: {} } }, { ITR: {} }])("is not seen in %j", (json) => {
    expect(readAisJson(json, incomeYear)).toBeUndefined();
  });

  it("without sections has no entries", () => {
    expect(statementOf()).toEqual([]);
  });

  it("keeps the entry beside one that cannot be read", () => {
    const good = { l2: { columnData: [["Dividend", "SFT-015", "Dividend", "X LTD", "2", "1,25,000", "DIV", "", ""]] } };
    const elements = [null, 7, { l2: "?" }, { l2: { columnData: [null, "row"] } }, good];
    expect(statementOf(null, { sectionKey: "sft" }, { sectionKey: "sft", elements })).toEqual([
      {
        part: "FINANCIAL_TRANSACTION",
        code: "SFT-015",
        description: "Dividend",
        category: "Dividend",
        reportedBy: "X LTD",
        reportedOn: undefined,
        count: 2,
        amount: rupees(125_000),
        derivedAmount: null,
      },
    ]);
  });

  it("finds its columns by their names", () => {
    const l2 = { columnLabel: ["Amount", "Information Code"], columnData: [["5", "TDS-194A"]] };
    expect(statementOf({ sectionKey: "tdsTcs", elements: [{ l2 }] })).toMatchObject([
      { code: "TDS-194A", amount: rupees(5) },
    ]);
  });

  it.each(["MUMA12345B", "ABCDE1234F", "HDFC0001.AB123"])("does not keep the number %s of who reported", (number) => {
    const l2 = { columnLabel: ["Information Source"], columnData: [[`INVENTED (INDIA) LIMITED (${number})`]] };
    expect(statementOf({ elements: [{ l2 }] })).toMatchObject([{ reportedBy: "INVENTED (INDIA) LIMITED" }]);
  });

  it("takes an unknown section for other information", () => {
    const l2 = { columnData: [["x"]] };
    expect(statementOf({ sectionKey: "proceedings", elements: [{ l2 }] })).toMatchObject([{ part: "OTHER" }]);
  });

  it.each(["2025-03-14", "14/03/2025", "14-Mar-2025"])("reads the day of a deposit from %s", (day) => {
    const element = { columnLabel: ["Minor Head", "Tax (A)", "Date Of Deposit"], columnData: [["Advance", "9", day]] };
    expect(statementOf({ sectionKey: "paymentOfTaxes", elements: [element] })).toMatchObject([
      { part: "TAX_PAYMENT", amount: rupees(9), reportedOn: "2025-03-14" },
    ]);
  });

  it.each([
    [["Tax (A)", "Total (A+B+C+D)"], ["9", "1,010"], 1010],
    [["Amount"], ["1,010"], 1010],
  ])("reads what was paid from the columns %j", (columnLabel, cells, amount) => {
    const element = { columnLabel, columnData: [cells] };
    expect(statementOf({ elements: [element] })).toMatchObject([{ amount: rupees(amount) }]);
  });

  it.each([
    ["1,234", 1234],
    [2, 2],
    ["many", undefined],
    ["", undefined],
    [-1, undefined],
  ])("reads the count %j as %j", (printed, count) => {
    const l2 = { columnLabel: ["Count"], columnData: [[printed]] };
    expect(statementOf({ elements: [{ l2 }] })).toMatchObject([{ count }]);
  });

  it("has the last day on which one of its transactions was reported", () => {
    const l1 = { columnLabel: [{ field: "reportedOn" }], columnData: [["2025-05-01"], ["2025-06-01"], ["2025-04-01"]] };
    expect(statementOf({ elements: [{ l1, l2: { columnData: [["x"]] } }] })).toMatchObject([
      { reportedOn: "2025-06-01" },
    ]);
  });
});
