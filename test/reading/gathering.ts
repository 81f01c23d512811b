import { found, type Answer } from "../../src/domain/answer";
import { instantAt } from "../../src/domain/calendarDate";
import type { ComplianceStatus } from "../../src/domain/compliance";
import type { AuditRecord } from "../../src/domain/auditRecord";
import type { Pan } from "../../src/domain/identifiers";
import { manualClock } from "../../src/kernel/clock";
import { createEvents } from "../../src/kernel/events";
import { eko } from "../../src/providers/eko";
import { finpass } from "../../src/providers/finpass";
import type { LoginClient, PanClient, ConnectedProvider } from "../../src/providers/provider";
import {
  type Answers,
  type Asker,
  type DocumentRequest,
  keyOf,
  type Question,
  type ReadingTools,
  type SourceAnswer,
} from "../../src/reading/question";
import { createGather } from "../../src/reading/gather";
import type { AppendAudit, StoredAnswer, StoredTaxpayer, TaxpayerStore } from "../../src/reading/ports";
import { SingleFlight } from "../../src/upstream/singleFlight";

export const startMs = 1_750_000_000_000;
export const provenance = { provider: "EKO", method: "REPORTED", fetchedAt: instantAt(startMs) } as const;

/** Names the PAN it is about, so that a test sees whose answer came back. */
export function statusOf(pan: string): ComplianceStatus {
  return {
    itrFiled: true,
    standing: "COMPLIANT",
    standingLabel: pan,
    filingStatus: "FILED",
    checkedAt: instantAt(startMs),
  };
}

export function taxpayer(letter: string, changes: Partial<StoredTaxpayer> = {}): StoredTaxpayer {
  return {
    id: `taxpayer-${letter}`,
    pan: `ZZZP${letter}1234C` as Pan,
    erased: false,
    answers: [],
    consents: [],
    ...changes,
  };
}

export function question(about: StoredTaxpayer, maxAgeMs?: number): Question {
  return { taxpayer: about, document: "COMPLIANCE", maxAgeMs };
}

/** An answer in the shape in which it was kept some time ago. */
export function held(
  ageMs: number,
  body: object = { outcome: "FOUND", value: statusOf("held"), provenance, reader: 2 },
): StoredAnswer {
  const fetchedAtMs = startMs - ageMs;
  return {
    document: "COMPLIANCE",
    provider: "EKO",
    period: "",
    body,
    fetchedAtMs,
    expiresAtMs: startMs + 1,
    consentId: undefined,
    purpose: undefined,
  };
}

/** The first answer to a question. */
export function answerTo(answers: ReadonlyMap<string, Answers>, asked: Question): SourceAnswer | undefined {
  return answers.get(keyOf(asked))?.[0];
}

/** No session is open. */
const noSessions: ReadingTools["sessions"] = {
  openLogins: () => Promise.resolve([]),
  readMore: () => Promise.reject(new Error("there is no session to read through")),
};

interface Surroundings extends Partial<Pick<ReadingTools, "limits" | "sessions">> {
  readonly answer?: (pan: Pan, signal: AbortSignal) => Promise<Answer<ComplianceStatus>>;
  readonly isOff?: boolean;
  readonly keep?: TaxpayerStore["keep"];
  readonly byId?: TaxpayerStore["byId"];
}

export function gathering({
  answer = (pan) => Promise.resolve(found(statusOf(pan), provenance)),
  isOff = false,
  keep = () => Promise.resolve(),
  byId = () => Promise.reject(new Error("no taxpayer is read again")),
  limits = { upstreamCalls: 100, rupees: 500 },
  sessions = noSessions,
}: Surroundings = {}) {
  const clock = manualClock(startMs);
  const events = createEvents();
  const asked: string[] = [];
  const kept: [tenant: string, taxpayerId: string, StoredAnswer][] = [];
  const store: TaxpayerStore = {
    byPan: () => Promise.reject(new Error("nobody gathers by PAN")),
    byId,
    keep: async (tenant, taxpayerId, answers) => {
      await keep(tenant, taxpayerId, answers);
      kept.push(...answers.map((each): [string, string, StoredAnswer] => [tenant, taxpayerId, each]));
    },
  };
  const client: PanClient = {
    needs: "PAN",
    ask: (_document, pan, signal) => {
      asked.push(pan);
      return answer(pan, signal);
    },
  };
  const connected: ConnectedProvider = {
    provider: eko,
    mode: isOff ? "OFF" : "LIVE",
    client: isOff ? undefined : client,
    pollMs: undefined,
    health: () => [],
  };
  const flights = new SingleFlight(clock);
  const loginOnly: ConnectedProvider = { ...connected, provider: finpass, client: { needs: "LOGIN" } as LoginClient };
  const appended: [tenant: string, AuditRecord][] = [];
  const append: AppendAudit = (tenant, records) => {
    appended.push(...records.map((record): [string, AuditRecord] => [tenant, record]));
    return Promise.resolve();
  };
  const ledger = { claim: () => Promise.resolve() };
  const tools = { store, connected: [connected, loginOnly], flights, sessions, append, ledger, clock, events, limits };
  const gather = createGather(tools);
  /** Asks each question as a request of its own, all of them at once. */
  const askAll = async (who: Asker, questions: readonly Question[]): Promise<ReadonlyMap<string, Answers>> => {
    const requests = questions.map(({ taxpayer: about, ...wanted }): DocumentRequest => {
      return { taxpayer: about, wanted: [wanted], fields: [] };
    });
    const documentsOf = await gather(who, requests);
    return new Map(
      requests.flatMap((request) =>
        documentsOf(request).answered.map((each) => [keyOf({ taxpayer: request.taxpayer, ...each }), each.answers]),
      ),
    );
  };
  const asker = (changes: Partial<Asker> = {}): Asker => ({
    tenant: "lender",
    by: { subject: "clerk", requestId: "request-1" },
    askedAtMs: clock.now(),
    signal: new AbortController().signal,
    cost: { upstreamCalls: 0, portalLogins: 0, paise: 0, heldAnswers: 0, sharedFlights: 0 },
    ...changes,
  });
  return { gather, askAll, asker, clock, events, asked, kept, appended };
}
