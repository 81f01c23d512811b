import type { Pan } from "../../src/domain/identifiers";
import { manualClock, type ManualClock } from "../../src/kernel/clock";
import { createEvents } from "../../src/kernel/events";
import { Fault } from "../../src/kernel/fault";
import { Secret } from "../../src/kernel/secret";
import { createSessions, type Sessions } from "../../src/sessions/lifecycle";
import type { OpenRequest } from "../../src/sessions/opening";
import type { SessionOutcome, Phase, Session } from "../../src/sessions/session";
import type { SessionStore } from "../../src/sessions/ports";
import { createKeepReadings } from "../../src/reading/storedAnswer";
import { startEmbedded, type EmbeddedServer } from "../../src/store/postgres/embedded";
import { openStore, type Store } from "../../src/store/store";
import { scriptedLogin, type ScriptedLogin } from "../support/scriptedLogin";
import { jobsOnClock } from "./jobsOnClock";
import { dayMs, newDataDir, pan, settingsFor, startMs } from "../store/storePlace";

/** The lifecycle of sessions over the real store, with a vendor and a clock that belong to the test. */
export interface SessionsUnderTest {
  readonly sessions: Sessions;
  readonly store: Store;
  readonly clock: ManualClock;
  readonly login: ScriptedLogin;
  readonly tenant: string;
  readonly pan: Pan;
  /** What went wrong where nobody waits for it. */
  readonly failures: readonly unknown[];
  request(changes?: Partial<OpenRequest>): OpenRequest;
  open(changes?: Partial<OpenRequest>): Promise<SessionOutcome>;
  /** Opens, and waits for nothing but the session. */
  begin(changes?: Partial<OpenRequest>): Promise<Session>;
  submitOtp(session: Session, accessToken?: string): Promise<SessionOutcome>;
  now(session: Session): Promise<Session>;
  /** The session once it is in one of these phases. */
  reached(session: Session, ...phases: Phase[]): Promise<Session>;
  /** Brings time to where the next sweep finds what is due. */
  sweepAfter(ms: number): Promise<void>;
  /** From now on no job is done but by the sweep. */
  loseJobs(): void;
  /** From now on the store fails to write down changes to these phases. */
  breakChangesTo(...phases: Phase[]): void;
  /** The store is away, or back. What it is asked meanwhile may be `lost`, or `done` without an answer. */
  takeStoreAway(manner: "lost" | "done" | undefined): void;
  /** Only the question whether a logout is owed finds the store away. */
  failLogoutQuestions(fails: boolean): void;
  /** The next opening is committed, and its answer is lost. */
  loseNextOpening(): void;
  /** The next change is committed, and its answer is lost. */
  loseNextChange(): void;
  /** Lets the pauses between attempts pass, as many of them. */
  letPausesPass(count: number): Promise<void>;
  /** Once the jobs under way are done. */
  jobsDone(): Promise<void>;
  records(): Promise<readonly string[]>;
  /** What is kept of the person, as "document period". */
  kept(): Promise<readonly string[]>;
}

interface Surroundings {
  readonly login?: ScriptedLogin;
  /** Vendors besides. */
  readonly others?: readonly ScriptedLogin[];
}

let people = 0;

/** One server and one store for the tests of a file; each test has a tenant and a person of its own. */
export function sessionsOnOneServer(): (surroundings?: Surroundings) => Promise<SessionsUnderTest> {
  const dataDir = newDataDir();
  let server: EmbeddedServer;
  let store: Store;

  beforeAll(async () => {
    server = await startEmbedded({ dataDir: dataDir.path });
    store = await openStore(settingsFor({ databaseUrl: server.url }));
  });

  afterAll(async () => {
    await store[Symbol.asyncDispose]();
    await server.stop();
    await dataDir[Symbol.asyncDispose]();
  });

  return (surroundings) => sessionsOver(store, surroundings);
}

export async function sessionsOver(
  store: Store,
  { login = scriptedLogin(), others = [] }: Surroundings = {},
): Promise<SessionsUnderTest> {
  const number = (people += 1);
  const tenant = `lender ${number}`;
  const clock = manualClock(startMs);
  const events = createEvents();
  const failures: unknown[] = [];
  events.on("background failed", ({ error }) => failures.push(error));
  let broken: readonly Phase[] = [];
  let losesOpening = false;
  let losesChange = false;
  let failsLogouts = false;
  let manner: "lost" | "done" | undefined;
  const away = () => new Fault("STORE_UNAVAILABLE");
  const fragile: SessionStore = {
    ...store.sessions,
    async open(opening) {
      const opened = await store.sessions.open(opening);
      if (losesOpening) {
        losesOpening = false;
        throw away();
      }
      return opened;
    },
    async owesLogout(session) {
      if (failsLogouts) throw away();
      return store.sessions.owesLogout(session);
    },
    async byId(...asked) {
      if (manner) throw away();
      return store.sessions.byId(...asked);
    },
    async change(session, change) {
      if (manner) {
        if (manner === "done") await store.sessions.change(session, change);
        throw away();
      }
      if (broken.includes(change.progress.phase)) throw new Error("the store is away");
      const changed = await store.sessions.change(session, change);
      if (losesChange) {
        losesChange = false;
        throw away();
      }
      return changed;
    },
  };
  const jobs = jobsOnClock(fragile, clock, failures, tenant);
  const sessions = createSessions({
    store: jobs.sessions,
    consents: store.consents,
    erasures: store.erasures,
    announcements: store.announcements,
    keepReadings: createKeepReadings(store.taxpayers, store.files, clock),
    connected: [login, ...others].map(({ connected }) => connected),
    clock,
    events,
  });
  await sessions.runJobs(jobs);
  let keys = 0;

  const bench: SessionsUnderTest = {
    sessions,
    store,
    clock,
    login,
    tenant,
    pan: pan(number),
    failures,

    request: (changes) => ({
      tenant,
      pan: pan(number),
      password: new Secret("the password"),
      provider: undefined,
      documents: undefined,
      years: 2,
      consent: {
        purpose: "CREDIT_UNDERWRITING",
        reference: undefined,
        startsAtMs: startMs,
        expiresAtMs: startMs + 30 * dayMs,
        dataLifeDays: 30,
        mostFetches: undefined,
      },
      idempotencyKey: `key ${(keys += 1)}`,
      ...changes,
    }),

    open: (changes) => sessions.open(bench.request(changes)),

    async begin(changes) {
      const request = bench.request(changes);
      const opening = sessions.open(request);
      await Promise.race([login.called("open", login.count("open") + 1), opening]);
      const [session] = await store.sessions.live(request.tenant, { pan: request.pan });
      void opening.catch((error: unknown) => failures.push(error));
      return session ?? (await opening).session!;
    },

    submitOtp: (session, accessToken) =>
      sessions.submitOtp(session.tenant, session.id, {
        otp: new Secret("123456"),
        accessToken: accessToken === undefined ? undefined : new Secret(accessToken),
      }),

    now: async (session) => (await store.sessions.byId(session.tenant, [session.id])).get(session.id)!,

    async reached({ tenant: of, id }, ...phases) {
      const seen: Phase[] = [];
      for await (const session of await sessions.watch(of, id)) {
        seen.push(session.progress.phase);
        if (phases.includes(session.progress.phase)) return session;
      }
      throw new Error(`came to ${seen.join(", ")} instead of ${phases.join(" or ")}`);
    },

    sweepAfter: (ms) => {
      clock.advance(ms);
      return jobs.runSweep();
    },

    loseJobs: () => {
      jobs.lose();
    },

    breakChangesTo: (...phases) => {
      broken = phases;
    },

    takeStoreAway: (how) => {
      manner = how;
    },

    loseNextOpening: () => {
      losesOpening = true;
    },

    loseNextChange: () => {
      losesChange = true;
    },

    failLogoutQuestions: (fails) => {
      failsLogouts = fails;
    },

    async letPausesPass(count) {
      for (let passed = 0; passed < count; passed += 1) {
        // The attempt before asks the real store, and then pauses.
        for (let turn = 0; turn < 3; turn += 1) await store.ready();
        clock.advance(4_000);
      }
    },

    jobsDone: () => jobs.done(),

    async records() {
      const { records } = await store.consents.records(tenant, { first: 50 });
      return records.map(({ kind, code }) => (code === undefined ? kind : `${kind} ${code}`)).toReversed();
    },

    async kept() {
      const answers = (await store.taxpayers.byPan(tenant, [bench.pan])).get(bench.pan)?.answers ?? [];
      return answers.map(({ document, period }) => `${document} ${period}`.trim()).sort();
    },
  };
  return bench;
}
