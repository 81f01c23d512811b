import type { WantedDocument, DocumentRequest } from "../../src/reading/question";
import type { Consent } from "../../src/domain/consent";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import type { StoredAnswer } from "../../src/reading/ports";
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

function filingsOf(period: string): StoredAnswer {
  const provenance = { provider: "FINPASS", method: "PARSED", fetchedAt: "2025-06-15T15:06:40.000Z" };
  const kept = held(1, { outcome: "FOUND", value: [], provenance });
  return { ...kept, document: "FILINGS", provider: "FINPASS", period, consentId: "cn_1" };
}

const answers = [filingsOf("2024-25"), filingsOf("2023-24"), held(1)];
const wants: readonly WantedDocument[] = [
  ...years.map((incomeYear) => ({ document: "FILINGS", incomeYear }) as const),
  { document: "COMPLIANCE" },
];
const wish: DocumentRequest = {
  taxpayer: taxpayer("A", { answers, consents: [consent] }),
  wanted: wants,
  fields: ["Taxpayer.filings"],
};

describe("what is held of a taxpayer", () => {
  it("is gathered once, however often it is read", async () => {
    const { gather, asker } = gathering();
    const readings = [await gather(asker(), [wish]), await gather(asker(), [{ ...wish }])];
    const [first, second] = [readings[0]!(wish), (await gather(asker(), [wish]))(wish)];
    expect(second).toBe(first);
    expect(first.answered.map(({ answers: reported }) => reported[0]?.outcome)).toEqual(["FOUND", "FOUND", "FOUND"]);
  });

  it("counts as held each time", async () => {
    const { gather, asker } = gathering();
    await gather(asker(), [wish]);
    const again = asker();
    await gather(again, [wish]);
    expect(again.cost).toMatchObject({ heldAnswers: 3, upstreamCalls: 0 });
  });

  it("is written down as seen each time, with its consent", async () => {
    const { gather, asker, appended, clock } = gathering();
    await gather(asker(), [wish]);
    clock.advance(5);
    await gather(asker(), [wish]);
    const seen = { kind: "READ", documents: ["FILINGS", "COMPLIANCE"], fields: ["Taxpayer.filings"] };
    expect(appended).toMatchObject(
      [startMs, startMs + 5].map((atMs) => ["lender", { ...seen, atMs, consentIds: ["cn_1"], incomeYears: years }]),
    );
  });

  it("is written down as seen where a younger answer was fetched", async () => {
    const { gather, asker, appended } = gathering();
    await gather(asker(), [{ ...wish, wanted: [{ document: "COMPLIANCE", maxAgeMs: 0 }] }]);
    expect(appended).toMatchObject([["lender", { kind: "READ", documents: ["COMPLIANCE"] }]]);
  });

  it("is refused from the moment at which the consent has expired", async () => {
    const { gather, asker, clock, appended } = gathering();
    await gather(asker(), [wish]);
    clock.advance(hourMs);
    const { answered: gathered } = (await gather(asker(), [wish]))(wish);
    expect(gathered.map(({ answers: reported }) => reported[0])).toMatchObject(
      Array(3).fill({ outcome: "FAILED", fault: { code: "CONSENT_EXPIRED" } }),
    );
    expect(appended.at(-1)).toMatchObject(["lender", { kind: "REFUSED", code: "CONSENT_EXPIRED" }]);
  });

  it("is read from the moment at which a consent begins", async () => {
    const { gather, asker, clock } = gathering();
    const later = { ...consent, startsAtMs: startMs + 1 };
    const early: DocumentRequest = {
      taxpayer: taxpayer("A", { answers, consents: [later] }),
      wanted: wants,
      fields: [],
    };
    const outcomes = async () => (await gather(asker(), [early]))(early).answered[0]?.answers[0]?.outcome;
    expect(await outcomes()).not.toBe("FOUND");
    clock.advance(1);
    expect(await outcomes()).toBe("FOUND");
  });

  it("is passed over by whoever wants a younger answer, for all who ask together", async () => {
    const { gather, asker, asked } = gathering();
    await gather(asker(), [wish]);
    const impatient: DocumentRequest = { ...wish, wanted: [{ document: "COMPLIANCE", maxAgeMs: 0 }] };
    const gatheringOf = await gather(asker(), [wish, impatient]);
    expect(asked).toEqual([wish.taxpayer.pan]);
    expect(gatheringOf(wish).answered.at(-1)?.answers).toEqual(gatheringOf(impatient).answered[0]?.answers);
  });
});
