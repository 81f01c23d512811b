import fc from "fast-check";
import {
  averagings,
  businessBases,
  canonicalPolicy,
  incomeInsights,
  reconcileFilings,
  standardPolicy,
  type CalendarDate,
  type Filing,
  type IncomePolicy,
  type IncomeYear,
  type KnownReturns,
} from "../../../src/domain";
import { personasOn } from "../../../src/sandbox/personas";
import { plainAssessable, plainYears } from "./plainInsights";
import { provenance } from "./returns";

const today = "2026-11-30" as CalendarDate;
const personas = personasOn(today).filter(({ filings }) => filings.length > 0);

function knownOf(filings: readonly Filing[], persona?: (typeof personas)[number]): KnownReturns {
  const ofYear = <Statement extends { incomeYear: IncomeYear }>(
    all: readonly Statement[] | undefined,
    year: IncomeYear,
  ) => all?.find(({ incomeYear }) => incomeYear === year);
  return {
    filings: reconcileFilings([{ provenance, filings }]),
    statementsOf: (year) => ({
      taxCredits: ofYear(persona?.taxCredits, year),
      informationStatement: ofYear(persona?.informationStatements, year),
    }),
    untold: [],
    today,
  };
}

function effectiveOf(filings: readonly Filing[]): readonly Filing[] {
  return reconcileFilings([{ provenance, filings }])
    .filter(({ effective }) => effective)
    .map(({ filing }) => filing);
}

const policies: readonly IncomePolicy[] = businessBases.flatMap((businessBasis) =>
  averagings.map((averaging) => ({
    ...standardPolicy,
    businessBasis,
    averaging,
    receiptsMultiple: 0.08,
    rentShare: 0.7,
    agriculturalShare: 0.5,
    ...(averaging === "MEAN" && { growthCap: 1.05, otherIncomeCap: 0.25 }),
  })),
);

const paise = (amount: bigint | null) => (amount === null ? null : Number(amount));

describe.each(personas.map((persona) => [persona.title, persona] as const))("One who %s", (_title, persona) => {
  test("has the figures of a second reckoning, under every basis", () => {
    for (const policy of policies) {
      const { years, assessable } = incomeInsights(policy, knownOf(persona.filings, persona));
      const returns = effectiveOf(persona.filings);
      expect(years.map(({ recurring }) => recurring.amount)).toEqual(plainYears(returns, policy).map(paise));
      expect(assessable.amount).toBe(paise(plainAssessable(returns, policy)));
    }
  });

  test("has a trace whose inputs are facts, the policy, or earlier steps", () => {
    for (const policy of policies) {
      const { trace, assessable } = incomeInsights(policy, knownOf(persona.filings, persona));
      const returns = effectiveOf(persona.filings);
      const seen = new Map<string, number | null>();
      for (const { step, inputs, figure } of trace) {
        const values = inputs.map((path) => valueAt(path, policy, returns, seen));
        if (figure.amount !== null) expect(values).not.toContain(undefined);
        seen.set(step, figure.amount);
      }
      expect([...seen.keys()].at(-1)).toBe("assessable");
      expect([...seen.values()].at(-1)).toBe(assessable.amount);
    }
  });

  test("is seen alike in whatever order the returns are told", () => {
    const shuffled = incomeInsights(standardPolicy, knownOf(persona.filings.toReversed(), persona));
    const plain = incomeInsights(standardPolicy, knownOf(persona.filings, persona));
    expect(JSON.stringify(shuffled)).toBe(JSON.stringify(plain));
  });
});

/** Undefined where the path leads to nothing. */
function valueAt(
  path: string,
  policy: IncomePolicy,
  returns: readonly Filing[],
  steps: ReadonlyMap<string, number | null>,
): unknown {
  if (steps.has(path)) return steps.get(path);
  const [root, ...rest] = path.split(/[.[\]]+/).filter((name) => name !== "");
  if (root === "policy") return policy[rest[0] as keyof IncomePolicy];
  const [year = "", ...names] = rest;
  const filing = returns.find(({ incomeYear }) => `${incomeYear + 1}` === year.slice(0, 4));
  return names.reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], filing);
}

/** What is taken away from a return, one fact at a time. */
const removable = [
  "salaries",
  "houseProperties",
  "otherIncome",
  "business",
  "incomeHeads",
  "agriculturalIncome",
] as const;

test("a fact that comes later changes a figure that was not known only where it was said to be missing", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...personas),
      fc.constantFrom(...policies),
      fc.uniqueArray(fc.constantFrom(...removable), { minLength: 1 }),
      fc.nat(3),
      (persona, policy, gone, at) => {
        const returns = effectiveOf(persona.filings);
        const place = returns[at];
        fc.pre(place !== undefined);
        const left = returns.map((filing) =>
          filing === place ? { ...filing, ...Object.fromEntries(gone.map((name) => [name, undefined])) } : filing,
        );
        const whole = incomeInsights(policy, knownOf(returns));
        const less = incomeInsights(policy, knownOf(left));
        for (const [index, year] of less.years.entries()) {
          for (const name of ["salary", "business", "rent", "other", "recurring"] as const) {
            const [before, after] = [year[name], whole.years[index]?.[name]];
            const isOther = after?.state === "KNOWN" && after.amount !== before.amount;
            if (before.state !== "KNOWN" && isOther)
              expect(before.missing.some((path) => gone.some((one) => path.includes(one)))).toBe(true);
          }
        }
      },
    ),
  );
});

test("the order of a policy's members does not matter", () => {
  fc.assert(
    fc.property(fc.constantFrom(...policies), fc.infiniteStream(fc.nat()), (policy, random) => {
      const members = Object.entries(policy)
        .map((member) => ({ member, place: random.next().value as number }))
        .toSorted((one, other) => one.place - other.place)
        .map(({ member }) => member);
      expect(canonicalPolicy(Object.fromEntries(members) as unknown as IncomePolicy)).toBe(canonicalPolicy(policy));
    }),
  );
});
