import fc, { runs } from "../../support/fuzz";
import type { CalendarDate } from "../../../src/domain/calendarDate";
import { vocabulary, type Filing, type TaxComputation, type TaxesPaid } from "../../../src/domain";
import {
  beliefsOf,
  reconcileFilings,
  type ReconciledFiling,
  type ReportedFilings,
} from "../../../src/domain/reconcile";
import { rupees, type Rupees } from "../../../src/domain/rupees";
import { testFiling } from "../../support/persona";
import { number, numbered, otherNumber, reported } from "./reported";

const amount = fc.option(fc.integer({ min: -50, max: 50 }).map((lakhs) => rupees(lakhs * 100_000)));
const filing: fc.Arbitrary<Filing> = fc.record({
  acknowledgementNumber: fc.constantFrom(undefined, number, otherNumber),
  incomeYear: fc.constantFrom(testFiling(2024).incomeYear, testFiling(2023).incomeYear),
  form: fc.constantFrom(...vocabulary.ReturnForm),
  kind: fc.constantFrom(...vocabulary.FilingKind),
  filedOn: fc.constantFrom(undefined, "2025-07-10" as CalendarDate, "2025-11-20" as CalendarDate),
  timeliness: fc.constant("UNKNOWN" as const),
  status: fc.constantFrom(...vocabulary.FilingStatus),
  statusHistory: fc.constantFrom([], testFiling(2024).statusHistory),
  regime: fc.constantFrom("OLD" as const, "NEW" as const, "UNKNOWN" as const),
  incomeHeads: fc.option(
    fc.record({
      salary: amount,
      houseProperty: amount,
      businessOrProfession: amount,
      capitalGains: amount,
      otherSources: amount,
    }),
    { nil: undefined },
  ),
  grossTotalIncome: amount,
  deductions: amount,
  totalIncome: amount,
  demand: amount,
  bankAccounts: fc.constantFrom([], testFiling(2024).bankAccounts),
});

function answerBy(...providers: string[]): fc.Arbitrary<ReportedFilings> {
  return fc
    .record({
      provider: fc.constantFrom(...providers),
      method: fc.constantFrom(...vocabulary.ProvenanceMethod),
      day: fc.integer({ min: 8, max: 11 }),
      incomeYear: fc.constantFrom(undefined, testFiling(2024).incomeYear),
      filings: fc.array(filing, { maxLength: 3 }),
    })
    .map(({ provider, filings, incomeYear, ...how }) => ({
      provenance: reported(provider, filings, how).provenance,
      incomeYear,
      filings,
    }));
}

function withBeliefs({ choices, ...reconciled }: ReconciledFiling) {
  return { ...reconciled, beliefs: beliefsOf({ choices, ...reconciled }) };
}

/** The fact at a path such as "incomeHeads.salary". */
function factAt(filing: Filing, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((part, name) => (part as Readonly<Record<string, unknown>> | undefined)?.[name], filing);
}

describe("reconciling", () => {
  it("does not depend on the order of what is told", () => {
    const shuffled = fc
      .array(answerBy("DEEPVUE", "FINPASS", "KWIKID"), { maxLength: 5 })
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(shuffled, ([all, inOtherOrder]) => {
        const turned = inOtherOrder.map((each) => ({ ...each, filings: each.filings.toReversed() }));
        expect(reconcileFilings(turned).map(withBeliefs)).toEqual(reconcileFilings(all).map(withBeliefs));
      }),
    );
  });

  it("shows no fact that the one who is believed does not tell", () => {
    fc.assert(
      fc.property(fc.array(answerBy("DEEPVUE", "FINPASS", "KWIKID"), { maxLength: 5 }), (all) => {
        for (const reconciled of reconcileFilings(all)) {
          for (const { path, provider, fetchedAt } of beliefsOf(reconciled)) {
            const theirs = all.filter(({ provenance }) => {
              return provenance.provider === provider && provenance.fetchedAt === fetchedAt;
            });
            const facts = theirs.flatMap(({ filings }) => filings.map((each) => factAt(each, path)));
            expect(facts).toContainEqual(factAt(reconciled.filing, path));
          }
        }
      }),
    );
  });

  it("finds no disagreement in what one provider tells", () => {
    fc.assert(
      fc.property(fc.array(answerBy("KWIKID"), { maxLength: 4 }), (all) => {
        expect(reconcileFilings(all).flatMap(({ disagreements }) => disagreements)).toEqual([]);
      }),
    );
  });

  it("changes nothing in a filing that two providers tell alike", () => {
    fc.assert(
      fc.property(filing, (one) => {
        const [first, ...rest] = ["DEEPVUE", "KWIKID"].map((id) => reported(id, [one]).provenance);
        const all = [first!, ...rest].map((provenance) => ({ provenance, filings: [one] }));
        expect(reconcileFilings(all)).toMatchObject([{ filing: one, disagreements: [] }]);
      }),
    );
  });

  it("loses no filing that has a number of its own", () => {
    fc.assert(
      fc.property(fc.array(answerBy("DEEPVUE", "FINPASS", "KWIKID"), { maxLength: 5 }), (all) => {
        const numbersOf = (filings: readonly Filing[]) =>
          filings.map(({ acknowledgementNumber }) => acknowledgementNumber).filter((each) => each !== undefined);
        const reportedNumbers = new Set(numbersOf(all.flatMap(({ filings }) => filings)));
        expect(numbersOf(reconcileFilings(all).map((each) => each.filing)).toSorted()).toEqual(
          [...reportedNumbers].toSorted(),
        );
      }),
    );
  });

  it("finds one return of a year at most effective", () => {
    fc.assert(
      fc.property(fc.array(answerBy("DEEPVUE", "FINPASS", "KWIKID"), { maxLength: 5 }), (all) => {
        const years = reconcileFilings(all)
          .filter(({ effective }) => effective)
          .map((each) => each.filing.incomeYear);
        expect(new Set(years).size).toBe(years.length);
      }),
    );
  });
});

const thousand = rupees(1_000);
const tax: TaxComputation = {
  taxOnTotalIncome: thousand,
  rebate: thousand,
  surcharge: thousand,
  cess: thousand,
  grossTaxLiability: thousand,
  relief: thousand,
  netTaxLiability: thousand,
  interest: thousand,
  lateFilingFee: thousand,
  totalPayable: thousand,
};
const taxesPaid: TaxesPaid = {
  advanceTax: thousand,
  taxDeducted: thousand,
  taxCollected: thousand,
  selfAssessmentTax: thousand,
  total: thousand,
  balancePayable: thousand,
};
const heads = {
  salary: thousand,
  houseProperty: thousand,
  businessOrProfession: thousand,
  capitalGains: thousand,
  otherSources: thousand,
};
const whole = numbered({ incomeHeads: heads, tax, taxesPaid, refund: { claimed: thousand } });

const blocks = { incomeHeads: heads, tax, taxesPaid, refund: { claimed: thousand } };
const paths = [
  ...["grossTotalIncome", "deductions", "totalIncome", "demand"],
  ...Object.entries(blocks).flatMap(([block, figures]) => Object.keys(figures).map((name) => `${block}.${name}`)),
];

function withFigure(filing: Filing, path: string, figure: Rupees): Filing {
  const [block = "", name] = path.split(".");
  if (name === undefined) return { ...filing, [block]: figure };
  return { ...filing, [block]: { ...(filing[block as keyof Filing] as object), [name]: figure } };
}

describe("a figure that one of two providers tells otherwise", () => {
  it.each(paths)("is one disagreement, at %s", (path) => {
    fc.assert(
      fc.property(fc.integer({ min: 2_000_000, max: 9_000_000 }), fc.boolean(), (figure, isNumbered) => {
        const changed = withFigure(whole, path, rupees(figure));
        const other = isNumbered ? changed : { ...changed, acknowledgementNumber: undefined };
        const reconciled = reconcileFilings([
          { provenance: reported("DEEPVUE", whole).provenance, filings: [whole] },
          { provenance: reported("KWIKID", other).provenance, filings: [other] },
        ]);
        expect(reconciled.map(({ disagreements }) => disagreements.map((each) => each.path))).toEqual([[path]]);
      }),
      { numRuns: runs(10) },
    );
  });
});
