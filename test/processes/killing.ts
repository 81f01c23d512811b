import type { Secret } from "../../src/kernel/secret";
import {
  CloseSessionDocument,
  OpenSessionDocument,
  SubmitOtpDocument,
  type ProviderId,
  type SessionState,
} from "../../packages/client/src/operations";
import { sql } from "../store/storePlace";
import { openInput, type WatchedSession } from "../support/sessionCaller";
import { onOneDatabase, startSessionProcess, type SessionProcess } from "../support/sessionProcess";
import { openVendorGate, type Side, type VendorGate } from "../support/vendorGate";
import { providerOf } from "../support/vendors";

/** What a session is at when its process is killed. */
export interface Moment {
  readonly name: string;
  /** The call that is under way: the vendor has not seen it, or has answered it and nobody has heard. */
  readonly call?: readonly [name: string, side: Side];
  /** What the session has come to where no call is under way. */
  readonly atRest?: SessionState;
}

/** What became of a session whose process was killed. */
export interface Course {
  /** Whether the same request brings the same session, and no other one. */
  readonly isReplayed: boolean;
  /** What another process shows of it, from the first look to the end; undefined stands for an end that has not come. */
  readonly states: readonly (SessionState | undefined)[];
  readonly code: string | undefined;
  /** The documents that were kept when the process was killed, and that are kept in the end. */
  readonly keptBefore: readonly string[];
  readonly keptAfter: readonly string[];
  readonly submissions: number;
  /** How often the vendor has seen a call, all told. */
  readonly count: (call: string) => number;
}

const patienceMs = 25_000;

/** Brings a session to each of these moments, side by side in one process, kills it, and goes on in another. */
export async function killAt(moments: readonly Moment[], vendor: ProviderId, database: Secret): Promise<Course[]> {
  const provider = providerOf(vendor);
  await using gate = await openVendorGate(provider);
  const env = { ...onOneDatabase(database), ...gate.env(), [`${provider.settings.prefix}_POLL_MS`]: "100" };
  const callers = moments.map((moment) => createCaller(vendor, moment, gate));

  await using first = await startSessionProcess(env);
  // One after another, since the vendor's time is the same for all of them.
  for (const caller of callers) await caller.comeToTheMoment(first);
  const keptBefore = await allKept(database);
  await first.kill();

  await using second = await startSessionProcess(env);
  const courses = await Promise.all(callers.map((caller) => caller.goOn(second, database, keptBefore)));
  return courses;
}

/** Somebody with one session, who asks again for it when the service has been away. */
function createCaller(vendor: ProviderId, { call, atRest }: Moment, gate: VendorGate) {
  const input = openInput({ provider: vendor, documents: ["FILINGS"] });
  const { pan } = input;
  let submissions = 0;

  async function open(service: SessionProcess) {
    const { session, replayed, problem } = (await service.run(OpenSessionDocument, { input })).openSession;
    if (!session) throw new Error(`no session: ${problem?.message ?? ""}`);
    return { id: session.id, replayed };
  }

  async function takeStep(service: SessionProcess, { id, state, nextAction }: WatchedSession): Promise<void> {
    if (nextAction.kind === "SUBMIT_OTP") {
      submissions += 1;
      await service.run(SubmitOtpDocument, { input: { sessionId: id, otp: await gate.readOtp(pan) } });
    } else if (state === "PROCESSING") gate.letTimePass();
    else if (state === "READY") await service.run(CloseSessionDocument, { sessionId: id });
  }

  async function travel(service: SessionProcess): Promise<void> {
    const { id } = await open(service);
    for await (const session of service.watch(id)) {
      if (session.state === atRest) return;
      await takeStep(service, session);
    }
  }

  return {
    async comeToTheMoment(service: SessionProcess): Promise<void> {
      const held = call && gate.hold(pan, ...call).arrived;
      const travelled = travel(service);
      // What is asked of a process that is killed is never answered.
      travelled.catch(() => undefined);
      await (held ?? travelled);
    },

    async goOn(service: SessionProcess, database: Secret, before: readonly Kept[]): Promise<Course> {
      const { id, replayed: isReplayed } = await open(service);
      const states: (SessionState | undefined)[] = [];
      let code: string | undefined;
      const followed = (async () => {
        for await (const session of service.watch(id)) {
          if (session.state !== states.at(-1)) states.push(session.state);
          code = session.problem?.code;
          await takeStep(service, session);
        }
        if (vendor === "KWIKID") await gate.seen(pan, "POST logout");
      })();
      const outcome = await Promise.race([followed.then(() => "OVER"), waitAtMost(patienceMs)]);
      if (outcome !== "OVER") states.push(undefined);
      const keptAfter = whatIsOf(id, await allKept(database));
      const count = (name: string) => gate.count(pan, name);
      return { isReplayed, states, code, keptBefore: whatIsOf(id, before), keptAfter, submissions, count };
    },
  };
}

interface Kept {
  readonly what: string;
  /** The sessions of the person of whom it is. */
  readonly sessions: readonly string[];
}

function allKept(database: Secret): Promise<Kept[]> {
  return sql<{ what: string; sessions: string[] }>(
    database,
    `select a.document || ' ' || a.period as what, array_agg(s.id) as sessions
     from aaygraph.answers a join aaygraph.sessions s using (tenant, subject_id)
     group by a.tenant, a.subject_id, a.document, a.provider, a.period`,
  );
}

function whatIsOf(sessionId: string, kept: readonly Kept[]): string[] {
  return kept.filter(({ sessions }) => sessions.includes(sessionId)).map(({ what }) => what);
}

function waitAtMost(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
