import fc from "fast-check";
import {
  absent,
  businessBases,
  found,
  standardPolicy,
  type CalendarDate,
  type DocumentKind,
  type Filing,
  type Instant,
  type IncomeYear,
  type ProviderId,
  type TaxCreditStatement,
} from "../../src/domain";
import type { AnsweredDocument, AnswerAbout } from "../../src/graph/selection/gathered";
import { taxpayerDocuments } from "../../src/graph/taxpayer/taxpayerDocuments";
import { personaOn, personasOn } from "../../src/sandbox/personas";
import { taxpayerId, year } from "./gathering";

const today = "2026-11-30" as CalendarDate;
const years = [2025, 2024, 2023].map(year);
const pans = personasOn(today).flatMap(({ pan, filings }) => (filings.length > 0 ? [pan] : []));
const vendors = ["DEEPVUE", "FINPASS", "KWIKID", "TUTELAR"] as const satisfies ProviderId[];
/** Each person is reckoned once for each vendor. */
const seen = new Map(pans.flatMap((pan) => vendors.map((vendor) => [pan + vendor, personaOn(pan, today, vendor)])));
const methods = ["PARSED", "REPORTED"] as const;
const hours = ["08", "09"] as const;

/** How one vendor differs from the truth, and how well it is believed. Few choices, so that ties are common. */
const sight = fc.record({
  method: fc.constantFrom(...methods),
  hour: fc.constantFrom(...hours),
  more: fc.constantFrom(0, 0, 100_000, 200_000),
  outcome: fc.constantFrom("FOUND", "FOUND", "ABSENT", "SILENT"),
});
type Sight = typeof sight extends fc.Arbitrary<infer Each> ? Each : never;

const plus = <Amount extends number | null | undefined>(amount: Amount, more: number) =>
  (typeof amount === "number" ? amount + more : amount) as Amount;

/** The salary is seen otherwise, in the head and with the employer. */
function seenOtherwise(filing: Filing, more: number): Filing {
  const { incomeHeads, salaries, business } = filing;
  return {
    ...filing,
    ...(incomeHeads && { incomeHeads: { ...incomeHeads, salary: plus(incomeHeads.salary, more) } }),
    ...(salaries && { salaries: salaries.map((each) => ({ ...each, gross: plus(each.gross, more) })) }),
    ...(business && { business: { ...business, turnover: plus(business.turnover, more) } }),
  };
}

function creditsSeenOtherwise(statement: TaxCreditStatement, more: number): TaxCreditStatement {
  return {
    ...statement,
    deductors: statement.deductors.map((deductor) => ({
      ...deductor,
      credits: deductor.credits.map((credit) => ({ ...credit, amountPaid: plus(credit.amountPaid, more) })),
    })),
  };
}

function answersOf(pan: string, incomeYear: IncomeYear, sights: readonly Sight[]): readonly AnsweredDocument[] {
  const tellings = (document: DocumentKind, tell: (vendor: ProviderId, more: number) => unknown): AnsweredDocument => ({
    document,
    incomeYear,
    answers: vendors.flatMap((provider, at): readonly AnswerAbout[] => {
      const { method, hour, more, outcome } = sights[at]!;
      const provenance = { provider, method, fetchedAt: `2026-11-29T${hour}:00:00.000Z` as Instant };
      if (outcome === "ABSENT") return [absent(provenance)];
      const value = outcome === "SILENT" ? undefined : tell(provider, more);
      return value === undefined ? [] : [found(value, provenance) as AnswerAbout];
    }),
  });
  const ofYear = <Statement extends { incomeYear: IncomeYear }>(all: readonly Statement[] | undefined) =>
    all?.find((each) => each.incomeYear === incomeYear);
  return [
    tellings("FILINGS", (vendor, more) =>
      seen
        .get(pan + vendor)
        ?.filings.filter((filing) => filing.incomeYear === incomeYear)
        .map((filing) => seenOtherwise(filing, more)),
    ),
    tellings("TAX_CREDITS", (vendor, more) => {
      const statement = ofYear(seen.get(pan + vendor)?.taxCredits);
      return statement && creditsSeenOtherwise(statement, more);
    }),
    tellings("INFORMATION_STATEMENT", (vendor) => ofYear(seen.get(pan + vendor)?.informationStatements)),
  ];
}

function insightsOf(gathered: readonly AnsweredDocument[], policy: Partial<typeof standardPolicy>): string {
  const asked = { years, areNamed: true, today, locale: "EN" } as const;
  return JSON.stringify(taxpayerDocuments(taxpayerId, gathered).workedOut({ ...standardPolicy, ...policy }, asked));
}

test("insights are the same in whatever order vendors answered", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...pans),
      fc.array(sight, { minLength: vendors.length, maxLength: vendors.length }),
      fc.constantFrom(...businessBases),
      fc.infiniteStream(fc.nat()),
      (pan, sights, businessBasis, random) => {
        const shuffled = <Each>(all: readonly Each[]) =>
          all
            .map((each) => ({ each, place: random.next().value as number }))
            .toSorted((one, other) => one.place - other.place)
            .map(({ each }) => each);
        const gathered = years.flatMap((each) => answersOf(pan, each, sights));
        const otherwise = shuffled(gathered.map((each) => ({ ...each, answers: shuffled(each.answers) })));
        const policy = { businessBasis, receiptsMultiple: 0.08 };
        expect(insightsOf(otherwise, policy)).toBe(insightsOf(gathered, policy));
      },
    ),
    { numRuns: 200 },
  );
});
