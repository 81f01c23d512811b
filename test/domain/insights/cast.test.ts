import {
  businessBases,
  crossCheckNames,
  incomeInsights,
  reconcileFilings,
  standardPolicy,
  type BusinessBasis,
  type CalendarDate,
  type CrossCheckName,
} from "../../../src/domain";
import { personaOn, personasOn } from "../../../src/sandbox/personas";
import type { Persona } from "../../../src/providers";
import { provenance } from "./returns";

const today = "2026-11-30" as CalendarDate;

/** Who is there to show a check. */
const shownBy: Readonly<Record<CrossCheckName, string>> = {
  SALARY_AGAINST_TAX_CREDITS: "ZZZPK9014P",
  TURNOVER_AGAINST_TAX_CREDITS: "ZZZPK9015Q",
  TURNOVER_AGAINST_GST: "ZZZPK9016R",
  INTEREST_AGAINST_STATEMENT: "ZZZPK9013N",
  DIVIDEND_AGAINST_STATEMENT: "ZZZPK9017S",
  SALES_WITHOUT_GAINS: "ZZZPK9013N",
  TDS_CLAIM_AGAINST_DEPOSITS: "ZZZPK9018T",
  REFUND_SHARE: "ZZZPK9011L",
  DEDUCTION_SHARE: "ZZZPK9011L",
  DONATION_SHARE: "ZZZPK9011L",
};

function insightsOf(persona: Persona, businessBasis: BusinessBasis = "DECLARED") {
  const { filings, taxCredits, informationStatements } = persona;
  return incomeInsights(
    { ...standardPolicy, businessBasis, receiptsMultiple: 0.08 },
    {
      filings: reconcileFilings([{ provenance, filings }]),
      statementsOf: (year) => ({
        taxCredits: taxCredits.find(({ incomeYear }) => incomeYear === year),
        informationStatement: informationStatements.find(({ incomeYear }) => incomeYear === year),
      }),
      untold: [],
      today,
    },
  );
}

function flaggedOf(persona: Persona): readonly CrossCheckName[] {
  const flagged = insightsOf(persona).crossChecks.filter(({ outcome }) => outcome === "FLAGGED");
  return [...new Set(flagged.map(({ name }) => name))];
}

test.each(crossCheckNames)("%s is flagged of the persona who shows it", (name) => {
  expect(flaggedOf(personaOn(shownBy[name], today)!)).toContain(name);
});

test.each([
  ["ZZZPK9014P", ["SALARY_AGAINST_TAX_CREDITS"]],
  ["ZZZPK9016R", ["TURNOVER_AGAINST_GST"]],
  ["ZZZPK9017S", ["DIVIDEND_AGAINST_STATEMENT"]],
])("nothing else is flagged of %s", (pan, names) => {
  expect(flaggedOf(personaOn(pan, today)!)).toEqual(names);
});

test("the plain salary of the cast has nothing flagged", () => {
  expect(flaggedOf(personaOn("ZZZPA1001A", today)!)).toEqual([]);
});

test.each(businessBases)("%s makes of somebody's business what no other basis makes of it", (basis) => {
  const others = businessBases.filter((each) => each !== basis);
  const shown = personasOn(today).filter((persona) => {
    const [figure] = insightsOf(persona, basis).years.map(({ business }) => business);
    if (figure?.state !== "KNOWN" || figure.amount === 0) return false;
    return others.every((other) => insightsOf(persona, other).years[0]?.business.amount !== figure.amount);
  });
  expect(shown).not.toEqual([]);
});
