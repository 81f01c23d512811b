import type { CalendarDate } from "../../src/domain/calendarDate";
import { cast, personaOn } from "../../src/sandbox/personas";

describe("a year", () => {
  const latestYear = (pan: string, today: string) => personaOn(pan, today as CalendarDate)?.compliance?.incomeYear;

  it.each([
    ["2026-07-31", 2024],
    ["2026-08-01", 2025],
    ["2027-07-31", 2025],
    ["2027-08-01", 2026],
  ])("is judged when its return was due: on %s that of %d", (today, incomeYear) => {
    expect(latestYear("ZZZPA1001A", today)).toBe(incomeYear);
  });

  it("of business falls due a month later", () => {
    expect([latestYear("ZZZPC3001A", "2026-08-31"), latestYear("ZZZPC3001A", "2026-09-01")]).toEqual([2024, 2025]);
  });

  it("begins on 1 April with nothing booked", () => {
    const years = (today: string) =>
      personaOn("ZZZPA1001A", today as CalendarDate)?.taxCredits.map(({ incomeYear }) => incomeYear);
    expect(years("2027-04-01")).toEqual(years("2027-03-31"));
    expect(years("2027-07-28")).toEqual([2027, ...(years("2027-04-01") ?? [])]);
  });

  it("once filed never changes its figures", () => {
    const of2024 = (today: string) =>
      cast.map(({ facts }) =>
        personaOn(facts.pan, today as CalendarDate)
          ?.filings.filter(({ incomeYear, kind }) => incomeYear === 2024 && kind !== "UPDATED")
          .map(({ totalIncome, acknowledgementNumber }) => [totalIncome, acknowledgementNumber]),
      );
    expect(of2024("2028-09-15")).toEqual(of2024("2026-11-10"));
  });
});

describe("a PAN outside the table", () => {
  const today = "2026-11-10" as CalendarDate;

  it("of the invented series is always the same plain filer", () => {
    const anyone = personaOn("ZZZPQ9999Z", today);
    expect(anyone).toMatchObject({ portal: "OPEN", compliance: { standing: "COMPLIANT" } });
    expect(personaOn("ZZZPQ9999Z", today)).toEqual(anyone);
  });

  it.each(["AAAPA1234C", "ZZZCA1234C", "ZZZPA1003C"])("is nobody: %s", (pan) => {
    expect(personaOn(pan, today)).toBeUndefined();
  });
});
