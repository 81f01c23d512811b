import { absent, failed, found } from "../../src/domain/answer";
import { instantAt } from "../../src/domain/calendarDate";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import { Fault } from "../../src/kernel/fault";
import type { Reading } from "../../src/providers/provider";
import { missingOf, within } from "../../src/sessions/wantedDocuments";

const [newer, older] = [2025, 2024] as IncomeYear[] as [IncomeYear, IncomeYear];
const provenance = { provider: "KWIKID", method: "PARSED", fetchedAt: instantAt(0) } as const;
const wish = { documents: ["PROFILE", "FILINGS"], incomeYears: [newer, older] } as const;

const filingsOf = (incomeYear: IncomeYear | undefined): Reading => ({
  document: "FILINGS",
  incomeYear,
  answer: found([], provenance),
});
const profile: Reading = {
  document: "PROFILE",
  incomeYear: undefined,
  answer: found({ aadhaarLink: "UNKNOWN" } as never, provenance),
};

describe("what is missing", () => {
  it("is everything before anything has come", () => {
    expect(missingOf(wish, [])).toEqual(wish);
  });

  it("is the years of which nothing has been told", () => {
    expect(missingOf(wish, [profile, filingsOf(newer)])).toEqual({ documents: ["FILINGS"], incomeYears: [older] });
  });

  it("is no year when all have been told", () => {
    expect(missingOf(wish, [filingsOf(newer), filingsOf(older)])).toEqual({ documents: ["PROFILE"], incomeYears: [] });
  });

  it("is nothing of a document that is told of as a whole", () => {
    const none: Reading = { document: "FILINGS", incomeYear: undefined, answer: absent(provenance) };
    expect(missingOf(wish, [profile, none])).toEqual({ documents: [], incomeYears: [] });
  });

  it("is what has failed", () => {
    const answer = failed("KWIKID", new Fault("PROVIDER_TIMEOUT"));
    const readings: Reading[] = [profile, filingsOf(newer), { document: "FILINGS", incomeYear: older, answer }];
    expect(missingOf(wish, readings)).toEqual({ documents: ["FILINGS"], incomeYears: [older] });
  });
});

describe("what is kept of what came", () => {
  it("is nothing of a document that was not wanted", () => {
    expect(within({ ...wish, documents: ["FILINGS"] }, [profile])).toEqual([]);
  });

  it("is nothing of a year that was not wanted", () => {
    expect(within(wish, [filingsOf(2020 as IncomeYear), filingsOf(older)])).toEqual([filingsOf(older)]);
  });

  it("is an answer for each year where none in particular was named", () => {
    expect(within(wish, [filingsOf(undefined)])).toEqual([filingsOf(newer), filingsOf(older)]);
  });

  it("is one answer of a document without years", () => {
    expect(within(wish, [profile])).toEqual([profile]);
  });
});
