import {
  CloseSessionDocument,
  SubmitOtpDocument,
  type DocumentKind,
  type ProviderId,
} from "../../packages/client/src/operations";
import type { Persona } from "../../src/providers/persona";
import type { TestService } from "./service";
import { letTimePass, open, openInput, readOtp, watch } from "./sessionCaller";

type Caller = NonNullable<Parameters<TestService["token"]>[0]>;

interface Wish {
  readonly provider: ProviderId;
  readonly people: readonly Persona[];
  readonly documents?: DocumentKind[];
  readonly years?: number;
  readonly caller?: Caller;
}

const atOnce = 8;
/** Longer than any vendor of the sandbox works on anybody whose portal is not slow. */
const workMs = 60_000;

/** Logs all these people in side by side, and waits until everything has been brought: their sessions, by PAN. */
export async function bringAll(
  service: TestService,
  { provider, people, documents, years = 3, caller }: Wish,
): Promise<ReadonlyMap<string, string>> {
  const sessionByPan = new Map<string, string>();
  await sideBySide(people, async ({ pan, password }) => {
    const input = openInput({
      provider,
      pan,
      password,
      documents: documents ?? null,
      years,
      consent: consentFor(service),
    });
    sessionByPan.set(pan, (await open(service, input, caller)).id);
  });
  // Once for all: time that passed for each by itself would end the sessions of the others.
  if (provider === "TUTELAR" || provider === "FINPASS") await letTimePass(service, workMs);
  await sideBySide([...sessionByPan], ([pan, id]) => follow(service, pan, id, caller));
  return sessionByPan;
}

export async function closeAll(service: TestService, sessions: Iterable<string>, caller?: Caller): Promise<void> {
  await sideBySide([...sessions], (sessionId) => service.ask(CloseSessionDocument, { sessionId }, caller));
}

/** Closing a session is one thing, and telling its provider another, which a job does as soon as it can. */
export async function whenLoggedOut(service: TestService, sessions: Iterable<string>): Promise<void> {
  for (const id of sessions) {
    const isOut = () => service.log.some((line) => line.includes("logout ended") && line.includes(id));
    while (!isOut()) await service.fetch("/health/live");
  }
}

async function follow(service: TestService, pan: string, id: string, caller?: Caller): Promise<void> {
  for await (const { state, nextAction, problem } of watch(service, id, caller)) {
    if (state === "READY") return;
    if (nextAction.kind === "SUBMIT_OTP") {
      const otp = await readOtp(service, pan);
      await service.ask(SubmitOtpDocument, { input: { sessionId: id, otp } }, caller);
    }
    if (state === "FAILED" || state === "ENDED") throw new Error(`a session ended as ${problem?.code ?? state}`);
  }
}

/** So many at a time, as fast as they come. */
export async function sideBySide<T>(all: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  const waiting = [...all];
  const worker = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

const dayMs = 86_400_000;

/** By the service's own clock, which may stand on another day than ours. */
function consentFor(service: TestService) {
  const nowMs = service.now();
  return {
    purpose: "CREDIT_UNDERWRITING" as const,
    startsAt: new Date(nowMs - dayMs).toISOString(),
    expiresAt: new Date(nowMs + 30 * dayMs).toISOString(),
    dataLifeDays: 30,
  };
}
