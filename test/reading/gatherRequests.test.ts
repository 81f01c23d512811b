import type { Want, Wish } from "../../src/reading/question";
import type { Consent } from "../../src/domain/consent";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import type { KeptAnswer } from "../../src/reading/ports";
import { gathering, held, startMs, taxpayer } from "./gathering";

const hourMs = 3_600_000;
const years = [2024, 2023] as IncomeYear[];

const consent: Consent = {
  id: "cn_1",
  taxpayerId: "taxpayer-A",
  purpose: "KYC",
  documents: ["FILINGS"],
  incomeYears: years,
  startsAtMs: startMs - hourMs,
  expiresAtMs: startMs + hourMs,
  dataLifeDays: 30,
  mostFetches: undefined,
  grantedAtMs: startMs - hourMs,
  revokedAtMs: undefined,
  fetches: 1,
};

function filingsOf(period: string): KeptAnswer {
  const provenance = { provider: "FINPASS", method: "PARSED", fetchedAt: "2025-06-15T15:06:40.000Z" };
  const kept = held(1, { outcome: "FOUND", value: [], provenance });
  return { ...kept, document: "FILINGS", provider: "FINPASS", period, consentId: "cn_1" };
}

const answers = [filingsOf("2024-25"), filingsOf("2023-24"), held(1)];
const wants: readonly Want[] = [
  ...years.map((incomeYear) => ({ document: "FILINGS", incomeYear }) as const),
  { document: "COMPLIANCE" },
];
const wish: Wish = { taxpayer: taxpayer("A", { answers, consents: [consent] }), wants, fields: ["Taxpayer.filings"] };

describe("what is held of a taxpayer", () => {
  it("is gathered once, however often it is read", async () => {
    const { gatherWishes, asker } = gathering();
    const readings = [await gatherWishes(asker(), [wish]), await gatherWishes(asker(), [{ ...wish }])];
    const [first, second] = [readings[0]!(wish), (await gatherWishes(asker(), [wish]))(wish)];
    expect(second).toBe(first);
    expect(first.gathered.map(({ told }) => told[0]?.outcome)).toEqual(["FOUND", "FOUND", "FOUND"]);
  });

  it("counts as held each time", async () => {
    const { gatherWishes, asker } = gathering();
    await gatherWishes(asker(), [wish]);
    const again = asker();
    await gatherWishes(again, [wish]);
    expect(again.cost).toMatchObject({ heldAnswers: 3, upstreamCalls: 0 });
  });

  it("is written down as seen each time, with its consent", async () => {
    const { gatherWishes, asker, appended, clock } = gathering();
    await gatherWishes(asker(), [wish]);
    clock.advance(5);
    await gatherWishes(asker(), [wish]);
    const seen = { kind: "READ", documents: ["FILINGS", "COMPLIANCE"], fields: ["Taxpayer.filings"] };
    expect(appended).toMatchObject(
      [startMs, startMs + 5].map((atMs) => ["lender", { ...seen, atMs, consentIds: ["cn_1"], incomeYears: years }]),
    );
  });

  it("is written down as seen where a younger answer was fetched", async () => {
    const { gatherWishes, asker, appended } = gathering();
    await gatherWishes(asker(), [{ ...wish, wants: [{ document: "COMPLIANCE", maxAgeMs: 0 }] }]);
    expect(appended).toMatchObject([["lender", { kind: "READ", documents: ["COMPLIANCE"] }]]);
  });

  it("is refused from the moment at which the consent has expired", async () => {
    const { gatherWishes, asker, clock, appended } = gathering();
    await gatherWishes(asker(), [wish]);
    clock.advance(hourMs);
    const { gathered } = (await gatherWishes(asker(), [wish]))(wish);
    expect(gathered.map(({ told }) => told[0])).toMatchObject(
      Array(3).fill({ outcome: "FAILED", fault: { code: "CONSENT_EXPIRED" } }),
    );
    expect(appended.at(-1)).toMatchObject(["lender", { kind: "REFUSED", code: "CONSENT_EXPIRED" }]);
  });

  it("is read from the moment at which a consent begins", async () => {
    const { gatherWishes, asker, clock } = gathering();
    const later = { ...consent, startsAtMs: startMs + 1 };
    const early: Wish = { taxpayer: taxpayer("A", { answers, consents: [later] }), wants, fields: [] };
    const outcomes = async () => (await gatherWishes(asker(), [early]))(early).gathered[0]?.told[0]?.outcome;
    expect(await outcomes()).not.toBe("FOUND");
    clock.advance(1);
    expect(await outcomes()).toBe("FOUND");
  });

  it("is passed over by whoever wants a younger answer, for all who ask together", async () => {
    const { gatherWishes, asker, asked } = gathering();
    await gatherWishes(asker(), [wish]);
    const impatient: Wish = { ...wish, wants: [{ document: "COMPLIANCE", maxAgeMs: 0 }] };
    const gatheringOf = await gatherWishes(asker(), [wish, impatient]);
    expect(asked).toEqual([wish.taxpayer.pan]);
    expect(gatheringOf(wish).gathered.at(-1)?.told).toEqual(gatheringOf(impatient).gathered[0]?.told);
  });
});
