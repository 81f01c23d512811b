import type { Tan } from "../../src/domain/identifiers";
import {
  statusOfEntry,
  taxCreditsIn,
  taxDepositedOf,
  taxPaidFor,
  taxWithheldOf,
  type InformationEntry,
  type InformationReport,
} from "../../src/domain/statements/informationStatement";
import { rupees } from "../../src/domain/rupees";
import { creditedTotal } from "../../src/domain/statements/taxCredits";
import type { IncomeYear } from "../../src/domain/taxPeriod";

const incomeYear = 2025 as IncomeYear;

function report(tax: number | null, changes: Partial<InformationReport> = {}): InformationReport {
  const amount = tax === null ? null : rupees(tax);
  return { status: "ACTIVE", amount: rupees(1_000), taxWithheld: amount, taxDeposited: amount, ...changes };
}

function withheld(code: string, ...reports: readonly InformationReport[]): InformationEntry {
  const about = { reportedBy: "INVENTED LIMITED", tan: "PNEI01234A" as Tan };
  return { part: "TAX_DEDUCTED_OR_COLLECTED", code, ...about, amount: rupees(1_000), derivedAmount: null, reports };
}

function challan(year: number | undefined, amount: number, description = "Advance Tax"): InformationEntry {
  const about = { description, incomeYear: year as IncomeYear | undefined };
  return { part: "TAX_PAYMENT", ...about, amount: rupees(amount), derivedAmount: null };
}

describe("what was paid for a year", () => {
  const paid = (...entries: readonly InformationEntry[]) => taxPaidFor({ incomeYear, entries });

  it("leaves out the challan of an earlier year", () => {
    expect(paid(challan(2025, 50_000), challan(2024, 6_050, "Self Assessment"))).toBe(rupees(50_000));
  });

  it("leaves out what the taxpayer deposits for a seller or a landlord", () => {
    expect(paid(challan(2025, 50_000), challan(2025, 9_000, "TDS on Sale of Property (800)"))).toBe(rupees(50_000));
  });

  it("is nothing without a challan", () => {
    expect(paid(withheld("TDS-192"))).toBe(0);
  });

  it("is not known where a challan does not tell its year", () => {
    expect(paid(challan(2025, 50_000), challan(undefined, 10))).toBeNull();
  });
});

describe("an entry", () => {
  it.each([
    [[], "UNKNOWN"],
    [["INACTIVE", "ACTIVE"], "ACTIVE"],
    [["INACTIVE", "INACTIVE"], "INACTIVE"],
    [["INACTIVE", "UNKNOWN"], "UNKNOWN"],
  ] as const)("with reports that are %j is %s", (statuses, status) => {
    expect(statusOfEntry(withheld("TDS-192", ...statuses.map((each) => report(1, { status: each }))))).toBe(status);
  });

  it("sums up the tax of the reports that count", () => {
    const entry = withheld(
      "TDS-192",
      report(100),
      report(50, { taxDeposited: rupees(0) }),
      report(7, { status: "INACTIVE" }),
    );
    expect([taxWithheldOf(entry), taxDepositedOf(entry)]).toEqual([rupees(150), rupees(100)]);
  });

  it("has no sum of tax where one report does not tell it", () => {
    expect(taxWithheldOf(withheld("TDS-192", report(100), report(null)))).toBeNull();
  });

  it("that nobody withheld tax from has none", () => {
    expect(taxWithheldOf({ ...withheld("SFT-015", report(100)), part: "FINANCIAL_TRANSACTION" })).toBeNull();
  });
});

describe("the tax credits in an information statement", () => {
  const creditsIn = (...entries: readonly InformationEntry[]) => taxCreditsIn({ incomeYear, entries });

  it("are those of each deductor, without what was taken back", () => {
    const credits = creditsIn(
      withheld("TDS-192", report(100), report(7, { status: "INACTIVE" })),
      withheld("TCS-206CQ", report(30)),
    );
    expect(credits).toMatchObject({
      incomeYear,
      deductors: [
        {
          name: "INVENTED LIMITED",
          tan: "PNEI01234A",
          credits: [
            {
              kind: "DEDUCTED",
              section: "192",
              sectionLabel: "192",
              bookingStatus: "UNKNOWN",
              taxDeposited: rupees(100),
            },
            { kind: "COLLECTED", section: "206C(1G)", sectionLabel: "206CQ", taxDeposited: rupees(30) },
          ],
        },
      ],
    });
    expect(credits && creditedTotal(credits)).toBe(rupees(130));
  });

  it("are not those that the taxpayer withheld as a buyer", () => {
    expect(creditsIn(withheld("TDS-194IA(P)", report(100)))).toBeUndefined();
    expect(creditsIn(withheld("TDS-194IA(R)", report(100)))).toMatchObject({
      deductors: [{ credits: [{ section: "194IA" }] }],
    });
  });

  it("are none where all was taken back", () => {
    expect(creditsIn(withheld("TDS-192", report(7, { status: "INACTIVE" })))).toBeUndefined();
  });

  it("have no total where the single payments are not told", () => {
    const credits = creditsIn({ ...withheld("TDS-192"), reports: undefined });
    expect(credits).toMatchObject({ deductors: [{ credits: [{ amountPaid: rupees(1_000), taxWithheld: null }] }] });
    expect(credits && creditedTotal(credits)).toBeNull();
  });

  it("are none in a statement of other things", () => {
    expect(creditsIn(challan(2025, 1))).toBeUndefined();
  });
});
