import type { Word } from "../../src/domain";
import { fromPaise, rupees, type Rupees } from "../../src/domain/rupees";
import { bookingStatusFromCode, creditedTotal, type TaxCredit } from "../../src/domain/statements/taxCredits";
import { incomeYearStarting } from "../../src/domain/taxPeriod";

function credit(bookingStatus: Word<"BookingStatus">, taxDeposited: Rupees | null): TaxCredit {
  return { kind: "DEDUCTED", bookingStatus, amountPaid: null, taxWithheld: rupees(999), taxDeposited };
}

function totalOf(...creditsByDeductor: TaxCredit[][]): Rupees | null {
  return creditedTotal({
    incomeYear: incomeYearStarting(2024)!,
    deductors: creditsByDeductor.map((credits) => ({ credits })),
  });
}

describe("the total of tax credits", () => {
  it("adds what every deductor deposited", () => {
    expect(totalOf([credit("FINAL", rupees(100)), credit("FINAL", fromPaise(50))], [credit("FINAL", rupees(7))])).toBe(
      fromPaise(10_750),
    );
  });

  it("counts nothing for an unmatched booking", () => {
    expect(totalOf([credit("FINAL", rupees(100)), credit("UNMATCHED", rupees(40))])).toBe(rupees(100));
  });

  it.each(["FINAL", "PROVISIONAL", "OVERBOOKED", "UNKNOWN"] as const)("counts a booking that is %s", (status) => {
    expect(totalOf([credit(status, rupees(40))])).toBe(rupees(40));
  });

  it("takes a reversal back", () => {
    expect(totalOf([credit("FINAL", rupees(100)), credit("FINAL", rupees(-30))])).toBe(rupees(70));
  });

  it("is zero where there are no credits", () => {
    expect(totalOf()).toBe(0);
  });

  it("is zero where every credit is unmatched", () => {
    expect(totalOf([credit("UNMATCHED", rupees(40))])).toBe(0);
  });

  it("is unknown where one deposit is not told beside others that are", () => {
    expect(totalOf([credit("FINAL", rupees(100))], [credit("FINAL", null)])).toBeNull();
  });

  it("is known where the deposit that is not told is of an unmatched booking", () => {
    expect(totalOf([credit("FINAL", rupees(100)), credit("UNMATCHED", null)])).toBe(rupees(100));
  });

  it("is unknown where no deposit is reported", () => {
    expect(totalOf([credit("UNKNOWN", null)])).toBeNull();
  });
});

describe("a booking status", () => {
  it.each([
    ["F", "FINAL"],
    ["P", "PROVISIONAL"],
    ["u", "UNMATCHED"],
    [" O ", "OVERBOOKED"],
    ["M", "UNKNOWN"],
    ["Z", "UNKNOWN"],
    ["", "UNKNOWN"],
  ])("is read from %j as %s", (code, status) => {
    expect(bookingStatusFromCode(code)).toBe(status);
  });
});
