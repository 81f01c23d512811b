import type { CalendarDate } from "../../src/domain/calendarDate";
import { checksOf } from "../../src/domain/checks";
import { type Filing, incomeHeadNames } from "../../src/domain/filing/filing";
import type { ReturnDetails } from "../../src/domain/filing/returnDetails";
import { readItrJson, writeAisJson, writeItrJson } from "../../src/department";
import { readAisJson } from "../../src/department/statement/readAisJson";
import { personasOn } from "../../src/sandbox/personas";

const everyone = personasOn("2026-11-10" as CalendarDate);

/** What a return's file holds. A head or tax without a line in the form is zero, and is read back as unknown. */
function told(filing: Filing | undefined) {
  const { form, kind, regime, incomeYear, grossTotalIncome, deductions, totalIncome, taxesPaid } = filing ?? {};
  const heads = incomeHeadNames.map((name) => filing?.incomeHeads?.[name] ?? 0);
  const tax = Object.fromEntries(Object.entries(filing?.tax ?? {}).map(([name, amount]) => [name, amount ?? 0]));
  const claimed = filing?.refund?.claimed ?? 0;
  const totals = { grossTotalIncome, deductions, totalIncome, tax, taxesPaid, claimed };
  const { dueOn, section, particulars } = filing ?? {};
  return { form, kind, section, dueOn, regime, incomeYear, heads, particulars, ...totals, ...detailsIn(filing) };
}

/** The schedules. */
function detailsIn(filing: Filing | undefined): Record<keyof ReturnDetails, unknown> {
  return {
    verifiedOn: filing?.verifiedOn,
    residentialStatus: filing?.residentialStatus,
    salaries: filing?.salaries,
    houseProperties: filing?.houseProperties,
    business: filing?.business,
    capitalGains: filing?.capitalGains,
    losses: filing?.losses,
    otherIncome: filing?.otherIncome,
    agriculturalIncome: filing?.agriculturalIncome,
    exemptIncome: filing?.exemptIncome,
    deductionsBySection: filing?.deductionsBySection,
    update: filing?.update,
  };
}

test("every persona's return comes through the Department's return file", () => {
  const returns = everyone.flatMap((persona) => persona.filings.map((filing) => ({ filing, persona })));
  expect(returns.length).toBeGreaterThan(100);
  for (const { filing, persona } of returns) {
    const file: unknown = JSON.parse(JSON.stringify(writeItrJson(filing, persona)));
    expect(told(readItrJson(file)?.filing)).toEqual(told(filing));
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
