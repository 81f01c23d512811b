import type { Attempt } from "./callers";
import type { Journey, Load } from "./load";
import type { Service } from "./services";
import type { LoginCall, StandIns } from "./standIns";
import { ask, type LifeWatch, type SeenHead, type StoreWatch } from "./watchers";

/** A process that was killed takes the passwords along that it had in memory. */
export interface Killed {
  readonly service: number;
  readonly atMs: number;
}

/** All that is known about one fault once it is over. */
export interface Evidence {
  readonly storePort: number;
  readonly standIns: StandIns;
  readonly services: readonly Service[];
  readonly load: Load;
  readonly store: StoreWatch;
  readonly life: LifeWatch;
  readonly faultAtMs: number;
  /** Until then callers asked as often as ever. */
  readonly steadyUntilMs: number;
  /** When the last of them had gone. */
  readonly endedAtMs: number;
  readonly killed: Killed | undefined;
}

/** What must not be: the name of the invariant, and each case against it. */
export type Violations = Readonly<Record<string, readonly string[]>>;

interface SessionRow {
  readonly id: string;
  readonly state: string;
  readonly phase: string;
  readonly code: string | null;
  readonly reason: string | null;
  readonly is_over: boolean;
  readonly logout: string | null;
}

/** What may follow a fault by some time: it is looked at again and again until it holds, or the time is over. */
export async function violationsLeft(evidence: Evidence): Promise<Violations> {
  const { storePort, standIns, load, killed } = evidence;
  const rows = await ask<SessionRow>(
    storePort,
    `select id, state, progress->>'phase' as phase, progress->'problem'->>'code' as code, progress->>'reason' as reason,
       ended_at is not null as is_over, logout from aaygraph.sessions where id = any($1)`,
    [load.journeys.flatMap(({ sessionIds }) => [...sessionIds])],
  );
  const rowById = new Map(rows.map((row) => [row.id, row]));
  const pairs = load.journeys.flatMap((journey) =>
    [...journey.sessionIds].flatMap((id) => ({ journey, id, row: rowById.get(id) })),
  );
  const failed = pairs.filter(({ row }) => row?.state === "FAILED" || row?.reason === "FAILED");
  const logoutsOwed = pairs.filter(({ journey, row }) => row?.is_over && journey.provider === "KWIKID");
  const tell = ({ journey, id, row }: (typeof pairs)[number]) =>
    `${id} ${journey.provider} ${row?.phase ?? "gone"} ${row?.code ?? ""} logout ${row?.logout ?? "-"} ${callsOf(evidence, journey)}`;
  const inPhase = (...phases: string[]) => pairs.filter(({ row }) => phases.includes(row?.phase ?? "")).map(tell);
  return nonEmpty({
    "acknowledged session missing": pairs.filter(({ row }) => row === undefined).map(tell),
    "acknowledged consent, revocation or erasure missing": await recordsMissing(storePort, load.journeys),
    "audit head missing": await headsMissing(storePort, [...evidence.store.heads.values()]),
    "stuck in a call": inPhase("OPENING", "CHECKING_OTP"),
    "stuck on its way": inPhase("WAITING", "READING"),
    "failed though vendor and process were well": failed
      .filter(({ journey }) => !killed || !isExcused(journey, standIns, killed))
      .map(tell),
    "still logged in": logoutsOwed.filter(({ journey }) => isLoggedIn(standIns.callsOf(journey.pan))).map(tell),
  });
}

/** What has happened, and does not get better with time. */
export function violationsSeen(evidence: Evidence): Violations {
  const { load, standIns, services, life, faultAtMs, endedAtMs } = evidence;
  const wrong = load.attempts.filter((attempt) => !isAllowed(attempt, services));
  const { storeMs, callersMs } = outages(evidence);
  const slow = life.looks.filter(
    (look) =>
      look.atMs >= faultAtMs &&
      look.atMs <= endedAtMs &&
      look.tookMs > 100 &&
      !isAbsent(services[look.service], look.atMs - 200, look.atMs + look.tookMs),
  );
  return nonEmpty({
    "second login": load.journeys
      .filter(({ pan }) => standIns.count(pan, "LOGIN") > 1)
      .map((journey) => callsOf(evidence, journey)),
    "second session for one key": load.journeys.filter(({ sessionIds }) => sessionIds.size > 1).map(({ pan }) => pan),
    "an answer that is no answer": load.journeys.flatMap(({ refusal, pan }) => (refusal ? [`${pan} ${refusal}`] : [])),
    "error other than STORE_UNAVAILABLE": talliesOf(wrong),
    "outage longer than the store's":
      callersMs <= storeMs + 5_000 ? [] : [`${callersMs} ms, the store's ${storeMs} ms`],
    "not alive within 100 ms": slow.map(
      ({ service, atMs, tookMs }) => `service ${service}, ${atMs - faultAtMs} ms after: ${Math.round(tookMs)} ms`,
    ),
  });
}

const mostShown = 12;

function nonEmpty(found: Violations): Violations {
  const wrong = Object.entries(found).filter(([, cases]) => cases.length > 0);
  return Object.fromEntries(
    wrong.map(([name, cases]) => [
      name,
      cases.length > mostShown ? [...cases.slice(0, mostShown), `and ${cases.length - mostShown} more`] : cases,
    ]),
  );
}

/** The longest that the store, and the longest that a service which was there, did nothing that was asked of it. */
export function outages({ store, load, services, faultAtMs, steadyUntilMs }: Evidence) {
  const fromMs = faultAtMs - 1_000;
  const within = (times: readonly number[]) => [
    fromMs,
    ...times.filter((ms) => ms > fromMs && ms < steadyUntilMs),
    steadyUntilMs,
  ];
  const ofServices = services.map((service) => {
    const done = load.attempts.filter((attempt) => attempt.service === service.number && attempt.outcome === "OK");
    const gaps = gapsOf(within(done.map(({ endedAtMs: ms }) => ms)));
    return Math.max(0, ...gaps.filter(([a, b]) => !isAbsent(service, a, b)).map(([a, b]) => b - a));
  });
  const ofStore = gapsOf(within(store.writtenAtMs)).map(([a, b]) => b - a);
  return { storeMs: Math.max(...ofStore), callersMs: Math.max(...ofServices) };
}

function gapsOf(times: readonly number[]): (readonly [number, number])[] {
  const inOrder = times.toSorted((one, other) => one - other);
  return inOrder.slice(1).map((ms, at) => [inOrder[at] ?? ms, ms] as const);
}

/** What callers saw: each outcome, and how often. */
export function talliesOf(attempts: readonly Attempt[]): string[] {
  const groups = Map.groupBy(attempts, ({ outcome, operation }) => `${outcome} ${operation}`);
  return [...groups].map(([name, group]) => `${name} ×${group.length}`);
}

function isAllowed(
  { outcome, operation, service, beganAtMs, endedAtMs }: Attempt,
  services: readonly Service[],
): boolean {
  if (outcome === "OK" || outcome === "STORE_UNAVAILABLE") return true;
  // The answer before it got lost, and its work was done.
  if (outcome === "STEP_OUT_OF_ORDER" && operation === "submitOtp") return true;
  return ["REFUSED", "RESET"].includes(outcome) && isAbsent(services[service], beganAtMs, endedAtMs);
}

function isAbsent(service: Service | undefined, fromMs: number, untilMs: number): boolean {
  return service?.absences.some((absence) => absence.fromMs <= untilMs && absence.untilMs >= fromMs) ?? false;
}

/** The password, or what came of it, was in the memory of the process that was killed. */
function isExcused({ pan, askedAtMs, openers }: Journey, standIns: StandIns, killed: Killed) {
  const calls = standIns.callsOf(pan);
  if (calls.length === 0) return openers.has(killed.service) && askedAtMs < killed.atMs;
  return calls.some(
    ({ door, beganAtMs, endedAtMs = Infinity }) =>
      door === killed.service && beganAtMs <= killed.atMs && endedAtMs >= killed.atMs - 2_000,
  );
}

/** A logout that overtakes its login ends nothing. */
function isLoggedIn(calls: readonly LoginCall[]): boolean {
  const endOf = (kinds: readonly LoginCall["kind"][], whereNone: number) =>
    Math.max(
      ...calls.filter(({ kind }) => kinds.includes(kind)).map(({ endedAtMs = Infinity }) => endedAtMs),
      whereNone,
    );
  return endOf(["LOGIN", "OTP"], -1) > endOf(["LOGOUT"], 0);
}

function callsOf({ standIns, faultAtMs }: Evidence, { pan }: Journey): string {
  const calls = standIns.callsOf(pan).map(({ kind, door, beganAtMs, endedAtMs }) => {
    const end = endedAtMs === undefined ? "?" : String(endedAtMs - faultAtMs);
    return `${kind}@${door} ${beganAtMs - faultAtMs}..${end}`;
  });
  return `[${calls.join(", ")}]`;
}

async function recordsMissing(port: number, journeys: readonly Journey[]): Promise<string[]> {
  const consents = await ask<{ id: string; is_revoked: boolean }>(
    port,
    "select id, revoked_at is not null as is_revoked from aaygraph.consents",
  );
  const erasures = await ask<{ id: string }>(port, "select id from aaygraph.erasures");
  const isRevokedById = new Map(consents.map((row) => [row.id, row.is_revoked]));
  const receiptIds = new Set(erasures.map(({ id }) => id));
  return journeys.flatMap(({ consentId, acknowledged: { revoked, receiptId } }) => [
    ...(consentId !== undefined && !isRevokedById.has(consentId) ? [`consent ${consentId}`] : []),
    ...(revoked && consentId !== undefined && !isRevokedById.get(consentId) ? [`revocation of ${consentId}`] : []),
    ...(receiptId !== undefined && !receiptIds.has(receiptId) ? [`erasure ${receiptId}`] : []),
  ]);
}

async function headsMissing(port: number, seen: readonly SeenHead[]): Promise<string[]> {
  const rows = await ask<SeenHead>(
    port,
    "select tenant, sequence, encode(hash, 'hex') as hash from aaygraph.audit_records where sequence = any($1)",
    [seen.map(({ sequence }) => sequence)],
  );
  const kept = new Set(rows.map(({ tenant, sequence, hash }) => `${tenant} ${sequence} ${hash}`));
  return seen
    .filter(({ tenant, sequence, hash }) => !kept.has(`${tenant} ${sequence} ${hash}`))
    .map((head) => head.sequence);
}
