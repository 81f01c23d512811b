import {
  isOfYear,
  type IncomeYear,
  type DocumentKind,
  type ProviderId,
  type CalendarDate,
  fromPaise,
  type Rupees,
  latestIncomeYears,
} from "../domain";
import {
  type ConnectedProvider,
  type LoginMethod,
  canLogIn,
  coverByLogins,
  isHealthy,
  type PlannedLogin,
} from "../providers";
import type { DocumentOfYear, OpenLogin } from "../sessions";
import { judge } from "./answerFromStore";
import type { StoredTaxpayer } from "./ports";
import { includes, kindsOf, mostYears, type SessionRead, sessionReadsFor, yearsBackOf } from "./sessionReads";

/** Why a step is in the plan, for people to read. */
const reasons = {
  underWay: "A session that is open is bringing this already.",
  openLogin: "Your open session brings it.",
  panOnly: "The PAN is enough for this: no login, and no consent.",
  login(onlyHere: readonly DocumentKind[], { isHealthy, isOpen }: LoginState): string {
    const why =
      onlyHere.length > 0
        ? `No other provider that is set up here has ${inWords(onlyHere)}.`
        : "Of those who bring this, it takes the fewest logins and then the fewest calls.";
    return [why, ...(isHealthy ? [] : ["It has been failing lately."]), ...(isOpen ? [closeFirst] : [])].join(" ");
  },
};

/** A provider has one session of a person at a time. */
const closeFirst = "Close the session that is open there first: it does not bring this.";

interface LoginState {
  readonly isHealthy: boolean;
  /** A session is open there that cannot read it. */
  readonly isOpen: boolean;
}

function inWords(documents: readonly DocumentKind[]): string {
  const words = documents.map((document) => document.toLowerCase().replaceAll("_", " "));
  const [last, ...before] = words.toReversed();
  return before.length === 0 ? (last ?? "") : `${before.toReversed().join(", ")} and ${last ?? ""}`;
}

/** What one provider is asked for. */
interface PlanStep {
  readonly provider: ProviderId;
  readonly documents: readonly DocumentKind[];
  readonly login: LoginMethod;
  readonly upstreamCalls: number;
  readonly reason: string;
}

/** The plan of an answer, before anything is spent. */
interface Plan {
  readonly steps: readonly PlanStep[];
  readonly portalLogins: number;
  readonly upstreamCalls: number;
  /** Null where a provider of the plan publishes no price. */
  readonly priceRupees: Rupees | null;
  readonly unanswerable: readonly DocumentKind[];
}

export interface PlanRequest extends PlannedDocuments {
  readonly logins: readonly OpenLogin[];
}

interface Surroundings {
  readonly connected: readonly ConnectedProvider[];
  readonly nowMs: number;
  readonly today: CalendarDate;
}

export function planFor(request: PlanRequest, { connected, nowMs, today }: Surroundings): Plan {
  const { taxpayer, logins } = request;
  const missing = missingDocuments(request, nowMs);
  const underWay = logins.filter(({ isReady }) => !isReady);
  const notUnderWay = missing.filter((each) => !underWay.some((login) => includes(login, each)));
  const reads = sessionReadsFor(taxpayer, notUnderWay, logins, { connected, nowMs }).filter(isAllowed);
  const readThere = new Set(reads.flatMap((read) => read.missing));
  const open = notUnderWay.filter((each) => !readThere.has(each));

  const reachable = latestIncomeYears(mostYears, today);
  const isCarried = ({ document, incomeYear }: DocumentOfYear) =>
    connected.some(({ client, provider }) => client !== undefined && provider.documents.includes(document)) &&
    (incomeYear === undefined || reachable.includes(incomeYear));
  const years = yearsBackOf(open.filter(isCarried), reachable);

  const askable = [...years.keys()].filter((document) => askedByPan(connected, document) !== undefined);
  const forLogins = [...years.keys()].filter((document) => !askable.includes(document));
  const steps = [
    ...underWay.flatMap((login) => stepUnderWay(login, missing)),
    ...reads.map(stepOfRead),
    ...askedSteps(connected, askable),
    ...newLogins(connected, forLogins, { years, logins }).map((login) => loginStep(login, connected, logins)),
  ];
  return {
    steps,
    portalLogins: steps.filter(({ login }) => login !== "NONE").length,
    upstreamCalls: steps.reduce((sum, { upstreamCalls }) => sum + upstreamCalls, 0),
    priceRupees: priceOf(steps, connected),
    unanswerable: kindsOf(open.filter((each) => !isCarried(each))),
  };
}

/** The session has been paid for: to wait for it costs nothing more. */
function stepUnderWay(login: OpenLogin, missing: readonly DocumentOfYear[]): PlanStep[] {
  const documents = kindsOf(missing.filter((each) => includes(login, each)));
  if (documents.length === 0) return [];
  return [{ provider: login.provider, documents, login: "NONE", upstreamCalls: 0, reason: reasons.underWay }];
}

/** Each reading is one of the fetches that its consent allows. */
function isAllowed(
  { consent: { id, fetches, mostFetches = Infinity } }: SessionRead,
  at: number,
  all: readonly SessionRead[],
) {
  const before = all.slice(0, at).filter(({ consent }) => consent.id === id).length;
  return fetches + before < mostFetches;
}

function stepOfRead({ login: { provider }, documents, calls }: SessionRead): PlanStep {
  return { provider, documents, login: "NONE", upstreamCalls: calls, reason: reasons.openLogin };
}

/** A provider with an open session takes no second one, so that any other carrier comes first. */
function newLogins(
  connected: readonly ConnectedProvider[],
  documents: readonly DocumentKind[],
  { years, logins }: { readonly years: ReadonlyMap<DocumentKind, number> } & Pick<PlanRequest, "logins">,
): readonly PlannedLogin[] {
  const yearsOf = (document: DocumentKind) => years.get(document) ?? 1;
  const free = connected.filter((each) => !hasLogin(each, logins));
  const isCarried = (document: DocumentKind) =>
    free.some((each) => canLogIn(each) && each.provider.documents.includes(document));
  return [
    ...coverByLogins(free, documents.filter(isCarried), yearsOf),
    ...coverByLogins(
      connected,
      documents.filter((document) => !isCarried(document)),
      yearsOf,
    ),
  ];
}

function hasLogin({ provider }: ConnectedProvider, logins: readonly OpenLogin[]): boolean {
  return logins.some((login) => login.provider === provider.id);
}

function askedByPan(connected: readonly ConnectedProvider[], document: DocumentKind): ConnectedProvider | undefined {
  const carriers = connected.filter(
    ({ client, provider }) => client?.needs === "PAN" && provider.documents.includes(document),
  );
  return carriers.find(isHealthy) ?? carriers[0];
}

function askedSteps(connected: readonly ConnectedProvider[], askable: readonly DocumentKind[]): readonly PlanStep[] {
  const documentsByProvider = Map.groupBy(askable, (document) => askedByPan(connected, document)?.provider);
  return [...documentsByProvider].flatMap(([provider, documents]) =>
    provider === undefined
      ? []
      : {
          provider: provider.id,
          documents,
          login: "NONE" as const,
          upstreamCalls: provider.callsFor(documents, 1),
          reason: reasons.panOnly,
        },
  );
}

function loginStep(
  { by, documents, calls }: PlannedLogin,
  connected: readonly ConnectedProvider[],
  logins: readonly OpenLogin[],
): PlanStep {
  const isOnlyCarrier = (document: DocumentKind) =>
    connected.every((each) => each === by || !canLogIn(each) || !each.provider.documents.includes(document));
  return {
    provider: by.provider.id,
    documents,
    login: by.provider.login,
    upstreamCalls: calls,
    reason: reasons.login(documents.filter(isOnlyCarrier), { isHealthy: isHealthy(by), isOpen: hasLogin(by, logins) }),
  };
}

function priceOf(steps: readonly PlanStep[], connected: readonly ConnectedProvider[]): Rupees | null {
  let paise = 0;
  for (const { provider: id, upstreamCalls } of steps) {
    if (upstreamCalls === 0) continue;
    const price = connected.find(({ provider }) => provider.id === id)?.provider.priceRupeesPerCall;
    if (price === undefined) return null;
    paise += Math.round(price * 100) * upstreamCalls;
  }
  return fromPaise(paise);
}

/** The documents of a taxpayer to plan for. */
interface PlannedDocuments {
  readonly taxpayer: StoredTaxpayer;
  readonly documents: readonly DocumentKind[];
  readonly incomeYears: readonly IncomeYear[];
}

/** The documents that are not stored, or that no consent lets be read. */
function missingDocuments(
  { taxpayer, documents, incomeYears }: PlannedDocuments,
  nowMs: number,
): readonly DocumentOfYear[] {
  return [...new Set(documents)]
    .flatMap((document): DocumentOfYear[] =>
      isOfYear(document)
        ? incomeYears.map((incomeYear) => ({ document, incomeYear }))
        : [{ document, incomeYear: undefined }],
    )
    .filter((each) => {
      const judgement = judge({ taxpayer, ...each }, nowMs);
      return judgement.kind !== "ALLOWED" || judgement.readable.length === 0;
    });
}
