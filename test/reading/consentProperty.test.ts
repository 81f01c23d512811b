import { vocabulary } from "../../src/domain";
import fc from "fast-check";
import { type Consent } from "../../src/domain/consent";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import type { WantedDocument } from "../../src/reading/question";
import type { StoredAnswer, StoredTaxpayer } from "../../src/reading/ports";
import { periodOf } from "../../src/reading/storedAnswer";
import { gathering, provenance, taxpayer } from "./gathering";

const hourMs = 3_600_000;
const years = [2024, 2023] as IncomeYear[];
const wanted: readonly WantedDocument[] = [
  ...years.map((incomeYear) => ({ document: "FILINGS", incomeYear }) as const),
  { document: "DEMANDS" },
];

/** One fact that a session has brought. */
interface Fact extends WantedDocument {
  readonly value: number;
  readonly provider: string;
  readonly broughtUnder: Consent;
  readonly fetchedAtMs: number;
  readonly expiresAtMs: number;
}

/** The whole rule: a fact may be shown while a consent of its own purpose holds and covers it; the newest is. */
function mayBeShown(fact: Fact, consents: readonly Consent[], nowMs: number): boolean {
  return consents.some(
    ({ purpose, documents, incomeYears, startsAtMs, expiresAtMs, revokedAtMs }) =>
      purpose === fact.broughtUnder.purpose &&
      documents.includes(fact.document) &&
      (fact.incomeYear === undefined || incomeYears.includes(fact.incomeYear)) &&
      startsAtMs <= nowMs &&
      nowMs < expiresAtMs &&
      revokedAtMs === undefined,
  );
}

const which = fc.nat({ max: 3 });
const step = fc.oneof(
  fc.record({
    do: fc.constant("GRANT" as const),
    purpose: fc.constantFrom(...vocabulary.ConsentPurpose.slice(0, 3)),
    documents: fc.subarray(["FILINGS", "DEMANDS"] as const, { minLength: 1 }),
    incomeYears: fc.subarray(years),
    startsInHours: fc.constantFrom(0, 0, 0, 1),
    hours: fc.integer({ min: 1, max: 6 }),
    dataHours: fc.integer({ min: 1, max: 12 }),
  }),
  fc.record({ do: fc.constant("REVOKE" as const), which }),
  ...[1, 2].map(() =>
    fc.record({ do: fc.constant("FETCH" as const), which, provider: fc.constantFrom("FINPASS", "KWIKID") }),
  ),
  fc.record({ do: fc.constant("WAIT" as const), hours: fc.integer({ min: 1, max: 3 }) }),
);
// Without a size, few runs are longer than ten steps, and no provider is asked for two purposes at a time.
const manySteps = fc.array(step, { minLength: 1, maxLength: 25, size: "max" });
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** Plays the steps, reads after each of them, and returns what was shown beside what the rule says. */
async function play(steps: readonly Step[]) {
  const { gather, asker, clock, appended } = gathering();
  let consents: Consent[] = [];
  let facts: Fact[] = [];
  let stored = taxpayer("A");
  const read = async () => {
    stored = asStored(stored, consents, facts, clock.now());
    const request = { taxpayer: stored, wanted, fields: [] };
    appended.length = 0;
    const answers = (await gather(asker(), [request]))(request).answered.flatMap((each) => each.answers);
    const records = appended.filter(([, { kind }]) => kind === "READ").map(([, record]) => record);
    const audited = records.flatMap(({ consentIds = [] }) => consentIds);
    const readable = facts.filter((fact) => clock.now() < fact.expiresAtMs && mayBeShown(fact, consents, clock.now()));
    const isNewest = (fact: Fact) =>
      !readable.some((other) => isSameQuestion(fact, other) && fact.fetchedAtMs < other.fetchedAtMs);
    const expected = readable.filter(isNewest);
    return {
      shown: answers.flatMap((each) => (each.outcome === "FOUND" ? Number(each.value) : [])).toSorted(),
      isOfferedTwice: expected.length < readable.length,
      expected: expected.map(({ value }) => value).toSorted(),
      auditedPurposes: [...new Set(consents.filter(({ id }) => audited.includes(id)).map(({ purpose }) => purpose))],
      expectedPurposes: [...new Set(expected.map(({ broughtUnder }) => broughtUnder.purpose))],
      auditedLapsed: consents.filter(({ id, expiresAtMs }) => audited.includes(id) && expiresAtMs <= clock.now()),
    };
  };
  const reads = [];
  for (const [at, each] of steps.entries()) {
    const nowMs = clock.now();
    switch (each.do) {
      case "GRANT": {
        const { purpose, documents, incomeYears, startsInHours, hours, dataHours } = each;
        const startsAtMs = nowMs + startsInHours * hourMs;
        const terms = { purpose, documents, incomeYears, startsAtMs, expiresAtMs: startsAtMs + hours * hourMs };
        const more = { mostFetches: undefined, grantedAtMs: nowMs, revokedAtMs: undefined, fetches: 1 };
        const id = `cn_${at}`;
        consents = [...consents, { id, taxpayerId: "taxpayer-A", ...terms, ...more, dataLifeDays: dataHours / 24 }];
        break;
      }
      case "REVOKE": {
        const revoked = consents[each.which];
        consents = consents.map((consent) => (consent === revoked ? { ...consent, revokedAtMs: nowMs } : consent));
        // The store deletes what was fetched under it.
        facts = facts.filter(({ broughtUnder }) => broughtUnder.id !== revoked?.id);
        break;
      }
      case "FETCH": {
        const broughtUnder = consents[each.which];
        if (broughtUnder === undefined) break;
        const expiresAtMs = nowMs + broughtUnder.dataLifeDays * 24 * hourMs;
        const news = wanted
          .map((want, place): Fact => ({
            ...want,
            ...each,
            broughtUnder,
            fetchedAtMs: nowMs + at,
            expiresAtMs,
            value: 10 * at + place,
          }))
          .filter((fact) => mayBeShown(fact, [broughtUnder], nowMs));
        facts = [...facts.filter((old) => !news.some((fact) => isSamePlace(old, fact))), ...news];
        break;
      }
      case "WAIT":
        clock.advance(each.hours * hourMs);
    }
    reads.push(await read());
  }
  return reads;
}

/** The store has one answer of a provider to one question for each purpose. */
function isSamePlace(one: Fact, other: Fact): boolean {
  return isSameQuestion(one, other) && one.broughtUnder.purpose === other.broughtUnder.purpose;
}

function isSameQuestion(one: Fact, other: Fact): boolean {
  return one.document === other.document && one.incomeYear === other.incomeYear && one.provider === other.provider;
}

/** As the store hands it out: the same object until something of it changes. */
function asStored(
  before: StoredTaxpayer,
  consents: readonly Consent[],
  facts: readonly Fact[],
  nowMs: number,
): StoredTaxpayer {
  const answers = facts
    .filter(({ expiresAtMs }) => nowMs < expiresAtMs)
    .map(({ document, incomeYear, provider, broughtUnder, value, fetchedAtMs, expiresAtMs }): StoredAnswer => ({
      document,
      provider,
      period: periodOf(incomeYear),
      body: { outcome: "FOUND", value, provenance },
      fetchedAtMs,
      expiresAtMs,
      consentId: broughtUnder.id,
      purpose: broughtUnder.purpose,
    }));
  const after = { ...before, answers, consents };
  return JSON.stringify(after) === JSON.stringify(before) ? before : after;
}

describe("whatever is granted, fetched, revoked and waited for", () => {
  it("is shown exactly while a consent of the purpose that brought it holds", async () => {
    await fc.assert(
      fc.asyncProperty(manySteps, async (steps) => {
        for (const { shown, expected } of await play(steps)) expect(shown).toEqual(expected);
      }),
      { seed: 11, numRuns: 400 },
    );
  });

  it("is audited with consents that hold, of the purposes that brought it", async () => {
    await fc.assert(
      fc.asyncProperty(manySteps, async (steps) => {
        for (const { auditedPurposes, expectedPurposes, auditedLapsed } of await play(steps)) {
          expect(auditedPurposes.toSorted()).toEqual(expectedPurposes.toSorted());
          expect(auditedLapsed).toEqual([]);
        }
      }),
      { seed: 12, numRuns: 400 },
    );
  });

  it("is shown often enough for this to mean something", async () => {
    const runs = fc.sample(fc.array(step, { minLength: 15, maxLength: 25 }), { seed: 11, numRuns: 100 });
    const reads = (await Promise.all(runs.map(play))).flat();
    expect(reads.filter(({ shown }) => shown.length > 0).length).toBeGreaterThan(200);
    expect(reads.filter(({ isOfferedTwice }) => isOfferedTwice).length).toBeGreaterThan(10);
    expect(reads.filter(({ expectedPurposes }) => expectedPurposes.length > 1).length).toBeGreaterThan(10);
  });
});
