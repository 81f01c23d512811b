import {
  type DocumentKind,
  type ProviderId,
  type CalendarDate,
  fromPaise,
  type Rupees,
  latestIncomeYears,
  type IncomeYear,
} from "../domain";
import {
  type ConnectedProvider,
  type LoginMethod,
  canLogIn,
  coverByLogins,
  isHealthy,
  type PlannedLogin,
} from "../providers";
import type { OpenLogin } from "../sessions";
import { errandsFor, type Errand, gapsOf, kindsOf, mostYears, yearsBackOf, type Gap } from "./missingDocuments";
import type { KeptTaxpayer } from "./ports";

/** Why a step of a plan is in it, in plain words. */
export const reasons = {
  underWay: "A session that is open is bringing this already.",
  openLogin: "Your open session brings it.",
  panOnly: "The PAN is enough for this: no login, and no consent.",
  login(onlyHere: readonly DocumentKind[], { isHealthy, isOpen }: LoginState): string {
    const why =
      onlyHere.length > 0
        ? `Nobody else who is set up here brings ${inWords(onlyHere)}.`
        : "Of those who bring this, it takes the fewest logins and then the fewest calls.";
    return [why, ...(isHealthy ? [] : ["It has been failing lately."]), ...(isOpen ? [closeFirst] : [])].join(" ");
  },
};

/** A second session of one person at one provider would be the first one again. */
const closeFirst = "Close the session that is open there first: it does not bring this.";

interface LoginState {
  readonly isHealthy: boolean;
  /** A session is open there that cannot bring it. */
  readonly isOpen: boolean;
}

function inWords(documents: readonly DocumentKind[]): string {
  const words = documents.map((document) => document.toLowerCase().replaceAll("_", " "));
  const [last, ...before] = words.toReversed();
  return before.length === 0 ? (last ?? "") : `${before.toReversed().join(", ")} and ${last ?? ""}`;
}

/** What one provider would be asked for. */
interface PlanStep {
  readonly provider: ProviderId;
  readonly documents: readonly DocumentKind[];
  readonly login: LoginMethod;
  readonly upstreamCalls: number;
  readonly reason: string;
}

/** What it would take to answer, before anything is spent. */
interface Plan {
  readonly steps: readonly PlanStep[];
  readonly portalLogins: number;
  readonly upstreamCalls: number;
  /** Null where somebody who would be asked publishes no price. */
  readonly priceRupees: Rupees | null;
  readonly unanswerable: readonly DocumentKind[];
}

/** A login that is open and not ready, and what it is bringing. */
type LoginUnderWay = Pick<OpenLogin, "provider" | "documents" | "incomeYears">;

export interface PlanWish {
  readonly taxpayer: KeptTaxpayer;
  readonly documents: readonly DocumentKind[];
  readonly incomeYears: readonly IncomeYear[];
  readonly logins: readonly OpenLogin[];
}

interface Surroundings {
  readonly connected: readonly ConnectedProvider[];
  readonly nowMs: number;
  readonly today: CalendarDate;
}

export function planFor(wish: PlanWish, { connected, nowMs, today }: Surroundings): Plan {
  const missing = gapsOf(wish, nowMs);
  const underWay = wish.logins.filter(({ isReady }) => !isReady);
  const isComing = (gap: Gap) => underWay.some((login) => brings(login, gap));
  const notComing = missing.filter((gap) => !isComing(gap));
  const errands = errandsFor(wish.taxpayer, notComing, wish.logins, { connected, nowMs }).filter(isAllowed);
  const brought = new Set(errands.flatMap(({ gaps }) => gaps));
  const open = notComing.filter((gap) => !brought.has(gap));

  const reachable = latestIncomeYears(mostYears, today);
  const canBeBrought = ({ document, incomeYear }: Gap) =>
    connected.some(({ client, provider }) => client !== undefined && provider.documents.includes(document)) &&
    (incomeYear === undefined || reachable.includes(incomeYear));
  const years = yearsBackOf(open.filter(canBeBrought), reachable);

  const askable = [...years.keys()].filter((document) => askedByPan(connected, document) !== undefined);
  const forLogins = [...years.keys()].filter((document) => !askable.includes(document));
  const steps = [
    ...underWay.flatMap((login) => stepUnderWay(login, missing)),
    ...errands.map(stepOfErrand),
    ...askedSteps(connected, askable),
    ...newLogins(connected, forLogins, { years, logins: wish.logins }).map((login) =>
      loginStep(login, connected, wish.logins),
    ),
  ];
  return {
    steps,
    portalLogins: steps.filter(({ login }) => login !== "NONE").length,
    upstreamCalls: steps.reduce((sum, { upstreamCalls }) => sum + upstreamCalls, 0),
    priceRupees: priceOf(steps, connected),
    unanswerable: kindsOf(open.filter((gap) => !canBeBrought(gap))),
  };
}

function brings({ documents, incomeYears }: LoginUnderWay, { document, incomeYear }: Gap): boolean {
  return documents.includes(document) && (incomeYear === undefined || incomeYears.includes(incomeYear));
}

/** Its calls were spent on with the session; nothing is added by waiting for what it brings. */
function stepUnderWay(login: LoginUnderWay, missing: readonly Gap[]): PlanStep[] {
  const documents = kindsOf(missing.filter((gap) => brings(login, gap)));
  if (documents.length === 0) return [];
  return [{ provider: login.provider, documents, login: "NONE", upstreamCalls: 0, reason: reasons.underWay }];
}

/** Each takes one fetch of those that its consent allows. */
function isAllowed({ consent: { id, fetches, mostFetches = Infinity } }: Errand, at: number, all: readonly Errand[]) {
  const before = all.slice(0, at).filter(({ consent }) => consent.id === id).length;
  return fetches + before < mostFetches;
}

function stepOfErrand({ login: { provider }, documents, calls }: Errand): PlanStep {
  return { provider, documents, login: "NONE", upstreamCalls: calls, reason: reasons.openLogin };
}

/** Where a session is open that does not bring it, no other can be opened: whoever else carries it comes before. */
function newLogins(
  connected: readonly ConnectedProvider[],
  documents: readonly DocumentKind[],
  { years, logins }: { readonly years: ReadonlyMap<DocumentKind, number> } & Pick<PlanWish, "logins">,
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
