import { type CalendarDate, holderTypeOf } from "../../../src/domain";
import { personasOn } from "../../../src/sandbox/personas";
import { n } from "./days";

describe("the cast", () => {
  const today = "2026-11-10" as CalendarDate;
  const everyone = personasOn(today);
  const filings = everyone.flatMap((persona) => persona.filings);

  it("has at least 24 people", () => {
    expect(new Set(everyone.map(({ pan }) => pan)).size).toBeGreaterThanOrEqual(24);
  });

  it("has PANs of the invented series, apart from the vendors' samples", () => {
    const others = everyone.map(({ pan }) => pan).filter((pan) => !/^ZZZ[PHFC]/.test(pan));
    expect(others).toEqual(["ABCDE1234F", "AABPM5678K", "EVXPD2019C"]);
  });

  it("has a family and a company under PANs that say so", () => {
    const kinds = everyone.map(({ pan }) => holderTypeOf(pan));
    expect(kinds).toEqual(expect.arrayContaining(["HINDU_UNDIVIDED_FAMILY", "COMPANY"]));
  });

  it.each(["ITR_1", "ITR_2", "ITR_3", "ITR_4", "ITR_5", "ITR_6"])("files %s", (form) => {
    expect(filings.map((filing) => filing.form)).toContain(form);
  });

  it.each(["ORIGINAL", "BELATED", "REVISED", "UPDATED"])("files %s returns", (kind) => {
    expect(filings.map((filing) => filing.kind)).toContain(kind);
  });

  it.each(["VERIFICATION_PENDING", "UNDER_PROCESSING", "PROCESSED", "REFUND_ISSUED", "DEMAND_RAISED", "DEFECTIVE"])(
    "has a return that is %s",
    (status) => {
      expect(filings.map((filing) => filing.status)).toContain(status);
    },
  );

  it.each(["VAULT", "LOCKED", "WRONG_PASSWORD", "SLOW", "SOURCE_DOWN", "OTP_NOT_SENT"])(
    "has somebody at a portal that is %s",
    (portal) => {
      expect(everyone.map((persona) => persona.portal)).toContain(portal);
    },
  );

  it("is the same whenever it is asked about the same day", () => {
    expect(personasOn(today)).toEqual(everyone);
  });

  it("has statements with all that readers trip over", () => {
    const statements = everyone.flatMap(({ taxCredits }) => taxCredits.flatMap(({ deductors }) => deductors));
    const credits = statements.flatMap((deductor) => deductor.credits);
    expect(credits.map(({ bookingStatus }) => bookingStatus)).toEqual(
      expect.arrayContaining(["UNMATCHED", "PROVISIONAL"]),
    );
    expect(credits.map(({ section }) => section)).toEqual(expect.arrayContaining(["194N", "206C(1F)"]));
    expect(credits.filter(({ taxDeposited }) => n(taxDeposited) < 0)).not.toEqual([]);
    expect(statements.filter(({ name }) => name?.includes("^"))).not.toEqual([]);
    expect(statements.filter(({ tan }) => tan === undefined)).not.toEqual([]);
    const codes = everyone.flatMap(({ informationStatements }) => informationStatements.map(({ entries }) => entries));
    const twice = codes.filter((entries) =>
      ["SFT-015", "TDS-194"].every((code) => entries.some((e) => e.code === code)),
    );
    expect(twice).not.toEqual([]);
  });
});
