import type { Consent } from "../../src/domain/consent";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import { finpass } from "../../src/providers/finpass";
import type { Question, ReadingTools } from "../../src/reading/question";
import type { OpenLogin } from "../../src/sessions/session";
import { answerTo, gathering, startMs, taxpayer } from "./gathering";

const hourMs = 3_600_000;
const years = [2024] as IncomeYear[];

const consent: Consent = {
  id: "cn_1",
  taxpayerId: "taxpayer-A",
  purpose: "KYC",
  documents: ["FILINGS"],
  incomeYears: years,
  startsAtMs: startMs - 1,
  expiresAtMs: startMs + hourMs,
  dataLifeDays: 30,
  mostFetches: undefined,
  grantedAtMs: startMs - 1,
  revokedAtMs: undefined,
  fetches: 1,
};

const login: OpenLogin = {
  sessionId: "se_1",
  version: 1,
  taxpayerId: "taxpayer-A",
  provider: finpass.id,
  consentId: "cn_1",
  documents: ["FILINGS"],
  incomeYears: years,
  expiresAtMs: startMs + hourMs,
  isReady: true,
  unsupported: [],
};

const about = taxpayer("A", { consents: [consent] });
const asked: Question = { taxpayer: about, document: "FILINGS", incomeYear: 2024 as IncomeYear };

type ReadMore = ReadingTools["sessions"]["readMore"];

function throughSession(readMore: ReadMore, known = about) {
  return gathering({
    sessions: { openLogins: () => Promise.resolve([login]), readMore },
    byId: () => Promise.resolve(new Map([[known.id, known]])),
  });
}

const busy = { outcome: "FAILED", fault: { code: "PROVIDER_TIMEOUT", retryable: true } };

describe("a session that always reads for others", () => {
  it("is given up after some rounds", async () => {
    let rounds = 0;
    const { askAll, asker } = throughSession(() => {
      rounds += 1;
      return Promise.resolve("LOOK_AGAIN");
    });
    expect(answerTo(await askAll(asker(), [asked]), asked)).toMatchObject(busy);
    expect(rounds).toBe(20);
  });

  it("costs the caller nothing", async () => {
    const { askAll, asker } = throughSession(() => Promise.resolve("LOOK_AGAIN"));
    const who = asker();
    await askAll(who, [asked]);
    expect(who.cost).toMatchObject({ upstreamCalls: 0, paise: 0 });
  });
});

describe("a consent whose fetches are used up", () => {
  it("leaves the reading to an older one of its purpose", async () => {
    const usedUp = { ...consent, id: "cn_2", grantedAtMs: startMs, mostFetches: 1 };
    const readUnder: string[] = [];
    const readMore: ReadMore = ({ consentId }) => {
      readUnder.push(consentId);
      return Promise.resolve({ fault: undefined });
    };
    const { askAll, asker } = throughSession(readMore, taxpayer("A", { consents: [usedUp, consent] }));
    await askAll(asker(), [asked]);
    expect(readUnder).toEqual(["cn_1"]);
  });
});

describe("a session that never answers", () => {
  it("is given up after a minute", async () => {
    const { askAll, asker, clock } = throughSession(() => new Promise(() => undefined));
    const answering = askAll(asker(), [asked]);
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(60_000);
    expect(answerTo(await answering, asked)).toMatchObject(busy);
  });
});

describe("an internal fault of a reading", () => {
  it("is logged with the request of its caller", async () => {
    const { askAll, asker, events } = throughSession(() => Promise.reject(new Error("odd")));
    const masked: unknown[] = [];
    events.on("fault masked", ({ requestId }) => masked.push(requestId));
    expect(answerTo(await askAll(asker(), [asked]), asked)).toMatchObject({ fault: { code: "INTERNAL" } });
    expect(masked).toEqual(["request-1"]);
  });

  it("is logged with the request of its caller where a provider is asked by PAN", async () => {
    const { askAll, asker, events } = gathering({ answer: () => Promise.reject(new Error("odd")) });
    const masked: unknown[] = [];
    events.on("fault masked", ({ requestId }) => masked.push(requestId));
    await askAll(asker(), [{ taxpayer: about, document: "COMPLIANCE" }]);
    expect(masked).toEqual(["request-1"]);
  });
});
