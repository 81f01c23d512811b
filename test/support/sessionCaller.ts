import { randomUUID } from "node:crypto";
import type { DocumentNode } from "graphql";
import { print } from "graphql";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import {
  OpenSessionDocument,
  SubmitOtpDocument,
  WatchSessionDocument,
  type OpenSessionInput,
  type OpenSessionMutation,
  type ProviderId,
  type WatchSessionSubscription,
} from "../../packages/client/src/operations";
import type { FaultOrder } from "../../src/sandbox/faults";
import type { GraphAnswer, GraphError, TestService } from "./service";

type Caller = NonNullable<Parameters<TestService["token"]>[0]>;
export type OpenedSession = NonNullable<OpenSessionMutation["openSession"]["session"]>;
export type WatchedSession = WatchSessionSubscription["sessionChanged"];

let nextNumber = 1_000;

/** Somebody whom no other test logs in: a plain salaried person, for whom the sandbox has an account. */
export function newPerson(): { readonly pan: string; readonly password: string } {
  const number = nextNumber++;
  return { pan: `ZZZPN${number}S`, password: `Sandbox@${number}` };
}

const hourMs = 3_600_000;

export function openInput(changes: Partial<OpenSessionInput> = {}): OpenSessionInput {
  return {
    ...newPerson(),
    documents: ["FILINGS"],
    years: 2,
    consent: {
      purpose: "CREDIT_UNDERWRITING",
      startsAt: new Date(Date.now() - hourMs).toISOString(),
      expiresAt: new Date(Date.now() + 24 * hourMs).toISOString(),
      dataLifeDays: 30,
    },
    idempotencyKey: randomUUID(),
    ...changes,
  };
}

export async function open(service: TestService, input: OpenSessionInput, caller?: Caller): Promise<OpenedSession> {
  const { data, errors } = await service.ask(OpenSessionDocument, { input }, caller);
  const session = data?.openSession.session;
  if (!session) throw new Error(`no session was opened: ${JSON.stringify({ data, errors })}`);
  return session;
}

/** The newest one-time password that this person's phone has received. */
export async function readOtp({ service }: TestService, pan: string): Promise<string> {
  const response = await fetch(new URL(`phone.json?pan=${pan}`, service.controlUrl));
  const { messages } = (await response.json()) as { messages: readonly { otp: string }[] };
  return messages[0]?.otp ?? "";
}

export function wrongOtp(otp: string): string {
  return otp === "000000" ? "000001" : "000000";
}

/** Subscribes over a connection of its own, which is closed when the iteration ends. */
export async function* subscribe<Data>(
  service: Pick<TestService, "url" | "token">,
  operation: DocumentNode | string,
  variables: Record<string, unknown>,
  caller?: Caller,
): AsyncGenerator<GraphAnswer<Data>> {
  const client = createClient({
    url: `${service.url.replace("http", "ws")}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: { authorization: `Bearer ${await service.token(caller)}` },
  });
  try {
    const query = typeof operation === "string" ? operation : print(operation);
    for await (const answer of client.iterate({ query, variables })) yield answer as GraphAnswer<Data>;
  } finally {
    await client.dispose();
  }
}

/** Every state of the session, until it is over or the watcher leaves. */
export async function* watch(
  service: Pick<TestService, "url" | "token">,
  id: string,
  caller?: Caller,
): AsyncGenerator<WatchedSession> {
  for await (const { data, errors } of subscribe<WatchSessionSubscription>(
    service,
    WatchSessionDocument,
    { id },
    caller,
  )) {
    if (!data) throw new Error(`a session could not be watched: ${JSON.stringify(errors)}`);
    yield data.sessionChanged;
  }
}

/** Vendors that read the portal by themselves take their time; in the sandbox it can be made to pass at once. */
export async function letTimePass(service: TestService, advanceMs = 15_000): Promise<void> {
  await postControl(service, "clock", { advanceMs });
}

export async function orderFault(service: TestService, fault: Partial<FaultOrder>): Promise<void> {
  await postControl(service, "faults", fault);
}

async function postControl({ service }: TestService, control: string, order: object): Promise<void> {
  const { status } = await fetch(new URL(control, service.controlUrl), { method: "POST", body: JSON.stringify(order) });
  if (status >= 400) throw new Error(`the sandbox did not take this order: ${JSON.stringify(order)}`);
}

/** Watches until nobody but the taxpayer can go on, or nothing is left to be done. */
export async function whenSettled(service: TestService, id: string, caller?: Caller): Promise<WatchedSession> {
  for await (const session of watch(service, id, caller)) {
    if (session.nextAction.kind !== "WAIT") return session;
    if (session.state === "PROCESSING") await letTimePass(service);
  }
  throw new Error("the session was over before it was settled");
}

/** Opens a session and does what its nextAction says, until the documents can be read. */
export async function openToReady(
  service: TestService,
  provider: ProviderId,
  changes: Partial<OpenSessionInput> = {},
  caller?: Caller,
): Promise<{ readonly input: OpenSessionInput; readonly session: WatchedSession }> {
  const input = openInput({ provider, ...changes });
  const { id } = await open(service, input, caller);
  let session = await whenSettled(service, id, caller);
  if (session.nextAction.kind === "SUBMIT_OTP") {
    const otp = await readOtp(service, input.pan);
    await service.ask(SubmitOtpDocument, { input: { sessionId: id, otp } }, caller);
    session = await whenSettled(service, id, caller);
  }
  if (session.state !== "READY") throw new Error(`the session did not get READY: ${JSON.stringify(session)}`);
  return { input, session };
}

export function codesOf(errors: readonly GraphError[] | undefined): unknown[] {
  return (errors ?? []).map(({ extensions }) => extensions.code);
}
