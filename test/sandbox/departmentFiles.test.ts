import type { CalendarDate } from "../../src/domain/calendarDate";
import { checksOf } from "../../src/domain/checks";
import { type Filing, incomeHeadNames } from "../../src/domain/filing/filing";
import { readAisJson, readItrJson, writeAisJson, writeItrJson } from "../../src/department";
import { personasOn } from "../../src/sandbox/personas";

const everyone = personasOn("2026-11-10" as CalendarDate);

/** What a return's file holds. A head or tax without a line in the form is zero, and is read back as unknown. */
function told(filing: Filing | undefined) {
  const { form, kind, regime, incomeYear, grossTotalIncome, deductions, totalIncome, taxesPaid } = filing ?? {};
  const heads = incomeHeadNames.map((name) => filing?.incomeHeads?.[name] ?? 0);
  const tax = Object.fromEntries(Object.entries(filing?.tax ?? {}).map(([name, amount]) => [name, amount ?? 0]));
  const claimed = filing?.refund?.claimed ?? 0;
  const totals = { grossTotalIncome, deductions, totalIncome, tax, taxesPaid, claimed };
  return { form, kind, regime, incomeYear, heads, particulars: filing?.particulars, ...totals };
}

test("every persona's figures come through the Department's return file", () => {
  const returns = everyone.flatMap((persona) =>
    persona.filings.filter(({ totalIncome }) => totalIncome !== null).map((filing) => ({ filing, persona })),
  );
  expect(returns.length).toBeGreaterThan(100);
  for (const { filing, persona } of returns) {
    expect(told(readItrJson(writeItrJson(filing, persona))?.filing)).toEqual(told(filing));
  }
});

test.each([
  ["ZZZPD4002B", "gains on shares"],
  ["ZZZPK9006F", "farm income"],
  ["ZZZPK9007G", "land sold"],
  ["ZZZPK9008H", "virtual assets"],
])("the tax of a return with special incomes is reckoned anew from its file: %s, %s", (pan) => {
  const persona = everyone.find((each) => each.pan === pan)!;
  const outcomes = persona.filings
    .map((filing) => readItrJson(writeItrJson(filing, persona))!.filing)
    .flatMap((filing) => checksOf(filing, { profile: persona.profile }))
    .filter(({ name }) => name === "TAX_RECOMPUTED")
    .map(({ outcome }) => outcome);
  expect([...new Set(outcomes)]).toEqual(["PASSED"]);
});

test("every persona's information statement comes through the Department's file", () => {
  for (const persona of everyone) {
    for (const statement of persona.informationStatements) {
      const read = readAisJson(JSON.parse(JSON.stringify(writeAisJson(statement, persona))));
      expect(read).toEqual({ ...statement, pans: [persona.pan, persona.pan], unreadCount: 0 });
    }
  }
});
