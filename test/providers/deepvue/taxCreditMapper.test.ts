import { creditedTotal } from "../../../src/domain/statements/taxCredits";
import { rupees } from "../../../src/domain/rupees";
import type { IncomeYear } from "../../../src/domain/taxPeriod";
import { readReply } from "../../../src/providers/deepvue/contract";
import { toDeductors } from "../../../src/providers/deepvue/mapper/taxCreditMapper";
import { documented, envelope, reply } from "./replies";

const emptyRow = documented.taxCredits.tds_data[0];
const deductorsOf = (...rows: readonly Record<string, unknown>[]) => {
  const tds_data = rows.map((row) => ({ ...emptyRow, ...row }));
  return toDeductors(
    readReply.creditRows(reply(envelope({ assessment_year: "2025-26", tds_data })), "ZZZPA1234C", () => undefined).rows,
  );
};
const employer = { name_of_deductor: "INVENTED SYSTEMS", tan_of_deductor: "PNEI01234A" };
const paid = { amount_paid: "1,25,000.50", tax_deducted: 12500, tds_deposited: "12500.00" };

describe("rows of tax credits", () => {
  it("are brought together by the deductor's number", () => {
    const bank = { name_of_deductor: "INVENTED BANK", tan_of_deductor: "MUMI04321B" };
    const deductors = deductorsOf({ ...employer, ...paid }, { ...bank, ...paid }, { ...employer, ...paid });
    expect(deductors.map(({ tan, credits }) => [tan, credits.length])).toEqual([
      ["PNEI01234A", 2],
      ["MUMI04321B", 1],
    ]);
  });

  it("belong to the deductor named last where they name nobody", () => {
    expect(deductorsOf({ ...employer, ...paid }, paid)[0]?.credits).toHaveLength(2);
  });

  it("keep a deductor who has a PAN instead of a number, but not the PAN", () => {
    const [buyer] = deductorsOf({ name_of_deductor: "A BUYER", tan_of_deductor: "ZZZPB4321D", ...paid });
    expect(buyer).toMatchObject({ name: "A BUYER", tan: undefined });
    expect(JSON.stringify(buyer)).not.toContain("ZZZPB4321D");
  });

  it("read amounts in every spelling", () => {
    const [deductor] = deductorsOf({ ...employer, ...paid });
    expect(deductor?.credits[0]).toMatchObject({
      amountPaid: 12_500_050,
      taxWithheld: rupees(12_500),
      taxDeposited: rupees(12_500),
    });
  });

  it("keep a reversal negative", () => {
    const [deductor] = deductorsOf({ ...employer, amount_paid: "-500.00", tax_deducted: "-50", tds_deposited: -50 });
    expect(deductor?.credits[0]).toMatchObject({ amountPaid: rupees(-500), taxDeposited: rupees(-50) });
  });

  it("do not count what is unmatched", () => {
    const deductors = deductorsOf(
      { ...employer, ...paid, status_of_booking: "F" },
      { ...employer, ...paid, status_of_booking: "u" },
    );
    expect(creditedTotal({ incomeYear: 2024 as IncomeYear, deductors })).toBe(rupees(12_500));
  });

  it("tell a collector from a deductor by the section", () => {
    const [seller] = deductorsOf({ ...employer, ...paid, section: "206C(1G)" });
    expect(seller?.credits[0]).toMatchObject({ kind: "COLLECTED", section: "206C(1G)" });
  });

  it("read the dates of the statement", () => {
    const [deductor] = deductorsOf({
      ...employer,
      ...paid,
      transaction_date: "30-Sep-2024",
      date_of_booking: "08-Nov-2024",
    });
    expect(deductor?.credits[0]).toMatchObject({ transactedOn: "2024-09-30", bookedOn: "2024-11-08" });
  });

  it("fall back on a deductor's totals where no transaction is told", () => {
    const totals = { total_amount_paid: "900000.00", total_tax_deducted: "72000.00", total_tds_deposited: "72000.00" };
    const [deductor] = deductorsOf({ ...employer, ...totals });
    expect(deductor?.credits).toMatchObject([{ amountPaid: rupees(900_000), taxDeposited: rupees(72_000) }]);
  });

  it("leave the totals alone where there are transactions", () => {
    const [deductor] = deductorsOf({ ...employer, total_amount_paid: "125000.50" }, { ...employer, ...paid });
    expect(deductor?.credits).toHaveLength(1);
  });

  it("say nothing where nothing is told", () => {
    expect(deductorsOf({})).toEqual([]);
  });
});
