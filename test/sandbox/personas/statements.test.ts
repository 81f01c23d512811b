import {
  standingFromLabel,
  filingStatusFromLabel,
  readTan,
  addRupees,
  rupees,
  zeroRupees,
  standardDeduction,
  readTdsSection,
} from "../../../src/domain";
import { personasOn } from "../../../src/sandbox/personas";
import { days, n } from "./days";

/** The second salary, which the return leaves out. */
const omittedSalary = (pan: string, year: number) =>
  pan === "ZZZPK9014P" ? rupees(180_000 + 6_000 * (year - 2020)) : 0;

describe.each(days)("on %s, what others report", (today) => {
  const everyone = personasOn(today);

  it("agrees with what they have withheld", () => {
    for (const { informationStatements, taxCredits } of everyone) {
      for (const { incomeYear, deductors } of taxCredits) {
        const matched = deductors.flatMap(({ credits }) => credits).filter((c) => c.bookingStatus !== "UNMATCHED");
        const entries = informationStatements.find((each) => each.incomeYear === incomeYear)?.entries ?? [];
        const reported = entries.filter(({ part }) => part === "TAX_DEDUCTED_OR_COLLECTED");
        expect(addRupees(...reported.map(({ amount }) => amount ?? zeroRupees))).toBe(
          addRupees(...matched.map(({ amountPaid }) => amountPaid ?? zeroRupees)),
        );
      }
    }
  });

  it("is the salary of the return before its standard deduction", () => {
    for (const { pan, filings, informationStatements } of everyone) {
      for (const { incomeYear, regime, incomeHeads } of filings) {
        if (n(incomeHeads?.salary) === 0 || regime === "UNKNOWN") continue;
        const entries = informationStatements.find((each) => each.incomeYear === incomeYear)?.entries ?? [];
        const salaries = entries.filter(({ code }) => code === "TDS-192");
        const reported = addRupees(...salaries.map(({ amount }) => amount ?? zeroRupees));
        const declared = reported - omittedSalary(pan, incomeYear);
        expect(declared - n(incomeHeads?.salary)).toBe(standardDeduction({ incomeYear, regime }));
      }
    }
  });

  it("lies in no future", () => {
    for (const { taxCredits, informationStatements } of everyone) {
      const booked = taxCredits.flatMap(({ deductors }) => deductors.flatMap(({ credits }) => credits));
      const reported = informationStatements.flatMap(({ entries }) => entries);
      const dates = [...booked.map(({ bookedOn }) => bookedOn), ...reported.map(({ reportedOn }) => reportedOn)];
      expect(dates.filter((date) => date !== undefined && date > today)).toEqual([]);
    }
  });

  it("is told of deductors and sections that exist", () => {
    for (const deductor of everyone.flatMap(({ taxCredits }) => taxCredits.flatMap(({ deductors }) => deductors))) {
      if (deductor.tan !== undefined) expect(readTan(deductor.tan)).toBe(deductor.tan);
      for (const { section } of deductor.credits) expect(readTdsSection(section!)).toBe(section);
    }
  });

  it("has compliance labels that read as their standings", () => {
    for (const { compliance } of everyone) {
      if (compliance === undefined) continue;
      expect(standingFromLabel(compliance.standingLabel)).toBe(compliance.standing);
      expect(filingStatusFromLabel(compliance.filingStatusLabel!)).toBe(compliance.filingStatus);
    }
  });
});
