import { randomUUID } from "node:crypto";
import {
  CreateWebhookEndpointDocument,
  type CreateWebhookEndpointMutationVariables,
  DeleteWebhookEndpointDocument,
  EraseTaxpayerDocument,
  EventsDocument,
  RedeliverDocument,
  RevokeConsentDocument,
  RotateWebhookSecretDocument,
  WebhookEndpointsDocument,
} from "../../packages/client/src/operations";
import { isSignedBy, startReceiver, type Received, type Receiver } from "../support/receiver";
import { startTestService, type TestService } from "../support/service";
import { codesOf, letTimePass, openToReady } from "../support/sessionCaller";

let service: TestService;

beforeAll(async () => {
  service = await startTestService({ TUTELAR_POLL_MS: "20" });
});

afterAll(() => service[Symbol.asyncDispose]());

type Caller = NonNullable<Parameters<TestService["token"]>[0]>;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

function create(caller: Caller, changes: Partial<CreateWebhookEndpointMutationVariables>) {
  const asked = { url: "https://backend.example/hooks", idempotencyKey: randomUUID(), ...changes };
  return service.ask(CreateWebhookEndpointDocument, asked, caller);
}

async function endpointAt(receiver: Pick<Receiver, "url">, caller: Caller, document?: string) {
  const { data, errors } = await create(caller, { url: receiver.url, document });
  const { endpoint, secret } = data?.createWebhookEndpoint ?? {};
  if (!endpoint || !secret) throw new Error(JSON.stringify(errors));
  return { endpointId: endpoint.id, secret };
}

async function endpointsOf(caller: Caller) {
  const { data } = await service.ask(WebhookEndpointsDocument, { first: 100 }, caller);
  return data!.webhookEndpoints;
}

async function eventsOf(caller: Caller) {
  const { data } = await service.ask(EventsDocument, {}, caller);
  return data!.events.nodes;
}

/** What became of a delivery is written after the receiver has answered. */
async function whenSettled(caller: Caller, isSettled: (state: string) => boolean = (state) => state !== "PENDING") {
  for (;;) {
    const [endpoint] = await endpointsOf(caller);
    if (endpoint!.deliveries.nodes.every(({ state }) => isSettled(state))) return endpoint!;
  }
}

function ready(caller: Caller) {
  return openToReady(service, "TUTELAR", {}, caller);
}

function idsIn(received: readonly Received[]): string[] {
  return received.map(({ id }) => id);
}

const isBrought = ({ body }: Received) => body.type === "DATA_BROUGHT";

/** The scopes of a backend that reads what it is told of. */
const reader = ["income:read", "session:write", "events:read", "webhooks:write", "subject:erase"];
const filingsOf = `query ($event: ID!) {
  node(id: $event) { ... on Event { kind taxpayer { id pan filings { nodes { assessmentYear } } } } }
}`;

describe("a delivery", () => {
  it("is verified by the library that receivers use", async () => {
    const caller = { tenant: "verifier" };
    await using receiver = await startReceiver();
    const { secret } = await endpointAt(receiver, caller);
    await ready(caller);
    const received = await receiver.first(() => true);
    expect(isSignedBy(secret, received)).toBe(true);
    expect(isSignedBy(secret, { ...received, text: received.text.replace("SESSION", "session") })).toBe(false);
  });

  it("holds ids alone where there is no document", async () => {
    const caller = { tenant: "id-reader" };
    await using receiver = await startReceiver();
    await endpointAt(receiver, caller);
    const { session } = await ready(caller);
    const { id, body } = await receiver.first(isBrought);
    const [event] = (await eventsOf(caller)).filter(({ kind }) => kind === "DATA_BROUGHT");
    const { sequence, at, taxpayer, consent } = event!;
    const data = { id, kind: "DATA_BROUGHT", sequence, taxpayer: taxpayer!.id, session: session.id };
    expect(body).toEqual({ type: "DATA_BROUGHT", timestamp: at, data: { ...data, consent: consent!.id } });
  });

  it("comes for each event of the feed, in the order of its session", async () => {
    const caller = { tenant: "orderly" };
    await using receiver = await startReceiver();
    receiver.answerBy(({ id }, before) => (before.some((earlier) => earlier.id === id) ? 204 : 503));
    await endpointAt(receiver, caller);
    await ready(caller);
    const events = await eventsOf(caller);
    while (receiver.all.length < 2 * events.length) {
      await letTimePass(service, minuteMs);
      await receiver.count(receiver.all.length + 1);
    }
    // Each is tried a second time before the next one of its session is tried at all.
    expect(idsIn(receiver.all)).toEqual(events.flatMap(({ id }) => [id, id]));
    expect(await whenSettled(caller)).toMatchObject({ state: "ENABLED" });
  });

  it("holds what the endpoint's document answers", async () => {
    const caller = { tenant: "document-reader", scopes: reader };
    await using receiver = await startReceiver();
    await endpointAt(receiver, caller, filingsOf);
    await ready(caller);
    const { body } = await receiver.first(isBrought);
    expect(body).toMatchObject({
      data: {
        node: {
          kind: "DATA_BROUGHT",
          taxpayer: {
            pan: expect.stringContaining("****") as string,
            filings: { nodes: expect.arrayContaining([{ assessmentYear: expect.any(String) as string }]) as object[] },
          },
        },
      },
    });
    expect(body).not.toHaveProperty("errors");
  });

  it("holds the refusal in place of the data once the consent has ended", async () => {
    const caller = { tenant: "withdrawn", scopes: reader };
    await using receiver = await startReceiver();
    receiver.answerBy(() => 503);
    await endpointAt(receiver, caller, filingsOf);
    await ready(caller);
    const [consent] = (await eventsOf(caller)).flatMap((event) => event.consent ?? []);
    await service.ask(RevokeConsentDocument, { consentId: consent!.id }, caller);
    receiver.answerBy(() => 204);
    await letTimePass(service, minuteMs);
    const { body } = await receiver.first(isBrought);
    expect(body.errors!.map(({ extensions }) => extensions.code)).toEqual(["CONSENT_REVOKED"]);
    expect(body.data).toMatchObject({ node: { taxpayer: { filings: { nodes: null } } } });
  });

  it("names no taxpayer who has been erased, except to say so", async () => {
    const caller = { tenant: "forgetful" };
    await using receiver = await startReceiver();
    receiver.answerBy(() => 503);
    await endpointAt(receiver, caller);
    const { input } = await ready(caller);
    const { taxpayer } = (await eventsOf(caller))[0]!;
    await service.ask(EraseTaxpayerDocument, { pan: input.pan, reason: "asked for it" }, caller);
    receiver.answerBy(() => 204);
    const from = receiver.all.length;
    await letTimePass(service, minuteMs);
    const erased = await receiver.first(({ body }) => body.type === "TAXPAYER_ERASED");
    await receiver.first(isBrought);
    expect(erased.body.data).toMatchObject({ taxpayer: taxpayer!.id });
    const others = receiver.all.slice(from).filter(({ body }) => body.type !== "TAXPAYER_ERASED");
    for (const { body } of others) expect(body.data).not.toHaveProperty("taxpayer");
  });

  it("holds up no other endpoint where a receiver never answers", async () => {
    const caller = { tenant: "patient" };
    await using dead = await startReceiver();
    await using alive = await startReceiver();
    dead.answerBy(() => undefined);
    await endpointAt(dead, caller);
    await endpointAt(alive, caller);
    await ready(caller);
    const events = await eventsOf(caller);
    await alive.count(events.length);
    expect(idsIn(alive.all)).toEqual(events.map(({ id }) => id));
    expect(idsIn(dead.all)).toEqual([events[0]!.id]);
  });

  it("is tried again within a minute under the same id", async () => {
    const caller = { tenant: "trier" };
    await using receiver = await startReceiver();
    receiver.answerBy(() => 500);
    await endpointAt(receiver, caller);
    await ready(caller);
    const [first] = await receiver.count(1);
    for (;;) {
      const [delivery] = (await endpointsOf(caller))[0]!.deliveries.nodes.slice(-1);
      if (delivery!.lastStatus === null) continue;
      expect(delivery).toMatchObject({ state: "PENDING", attempts: 1, lastStatus: 500 });
      expect(Date.parse(delivery!.nextAttemptAt!) - Date.parse(delivery!.lastAttemptAt!)).toBeLessThan(minuteMs);
      break;
    }
    await letTimePass(service, minuteMs);
    const [, second] = await receiver.count(2);
    expect(second!.id).toBe(first!.id);
  });

  it("follows no redirect", async () => {
    const caller = { tenant: "redirected" };
    await using receiver = await startReceiver();
    receiver.answerBy(() => 307);
    await endpointAt(receiver, caller);
    await ready(caller);
    await receiver.count(1);
    for (;;) {
      const [delivery] = (await endpointsOf(caller))[0]!.deliveries.nodes.slice(-1);
      if (delivery!.lastStatus === 307) break;
    }
    expect(receiver.all).toHaveLength(1);
  });
});

describe("an endpoint", () => {
  it("is disabled by 410 Gone", async () => {
    const caller = { tenant: "gone" };
    await using receiver = await startReceiver();
    receiver.answerBy(() => 410);
    const { endpointId } = await endpointAt(receiver, caller);
    await ready(caller);
    const endpoint = await whenSettled(caller, (state) => state === "FAILED");
    expect(endpoint).toMatchObject({ state: "DISABLED" });
    expect(receiver.all).toHaveLength(1);
    const line = service.log.find((each) => each.includes("webhook disabled") && each.includes(endpointId));
    expect(JSON.parse(line!)).toMatchObject({ tenant: "gone", isGone: true });
  });

  it("gets everything after a cursor again, and is enabled by that", async () => {
    const caller = { tenant: "again" };
    await using receiver = await startReceiver();
    const { endpointId } = await endpointAt(receiver, caller);
    await ready(caller);
    const events = await eventsOf(caller);
    await receiver.count(events.length);
    receiver.answerBy(() => 410);
    await ready(caller);
    await whenSettled(caller);
    receiver.answerBy(() => 204);
    const from = receiver.all.length;
    const { data } = await service.ask(RedeliverDocument, { endpointId, after: events[0]!.id }, caller);
    const all = await eventsOf(caller);
    expect(data!.redeliver).toEqual({ queued: all.length - 1, problem: null });
    await receiver.count(from + all.length - 1);
    expect(new Set(idsIn(receiver.all.slice(from)))).toEqual(new Set(all.slice(1).map(({ id }) => id)));
    expect(await whenSettled(caller)).toMatchObject({ state: "ENABLED" });
  });

  it("is signed for by both secrets for a day after the rotation", async () => {
    const caller = { tenant: "rotator" };
    await using receiver = await startReceiver();
    const { endpointId, secret: earlier } = await endpointAt(receiver, caller);
    const { data } = await service.ask(RotateWebhookSecretDocument, { endpointId }, caller);
    const { secret: newer } = data!.rotateWebhookSecret;
    await ready(caller);
    const [first] = await receiver.count(1);
    expect([earlier, newer!].map((secret) => isSignedBy(secret, first!))).toEqual([true, true]);
    await receiver.count((await eventsOf(caller)).length);
    await letTimePass(service, 24 * hourMs);
    const from = receiver.all.length;
    await service.ask(RedeliverDocument, { endpointId }, caller);
    const late = (await receiver.count(from + 1))[from];
    expect([earlier, newer!].map((secret) => isSignedBy(secret, late!))).toEqual([false, true]);
  });

  it("gets nothing once it is deleted", async () => {
    const caller = { tenant: "deleter" };
    const { endpointId } = await endpointAt({ url: "http://127.0.0.1:1/" }, caller);
    const { data } = await service.ask(DeleteWebhookEndpointDocument, { endpointId }, caller);
    expect(data!.deleteWebhookEndpoint).toEqual({ endpoint: { id: endpointId }, problem: null });
    expect(await endpointsOf(caller)).toEqual([]);
    const { errors } = await service.ask(DeleteWebhookEndpointDocument, { endpointId }, caller);
    expect(codesOf(errors)).toEqual(["NOT_FOUND"]);
  });

  it("tells its secret once", async () => {
    const caller = { tenant: "replayer" };
    const idempotencyKey = randomUUID();
    const made = (await create(caller, { idempotencyKey })).data!.createWebhookEndpoint;
    const again = (await create(caller, { idempotencyKey })).data!.createWebhookEndpoint;
    expect(made).toMatchObject({ replayed: false, secret: expect.stringMatching(/^whsec_/) as string });
    expect(again).toEqual({ ...made, replayed: true, secret: null });
    const other = (await create(caller, { idempotencyKey, kinds: ["DATA_BROUGHT"] })).data!.createWebhookEndpoint;
    expect(other).toMatchObject({ endpoint: null, secret: null, problem: { code: "CONFLICT" } });
  });

  it("is no other tenant's", async () => {
    const { endpointId } = await endpointAt({ url: "https://backend.example/" }, { tenant: "owner" });
    const stranger = { tenant: "stranger" };
    expect(await endpointsOf(stranger)).toEqual([]);
    for (const document of [RotateWebhookSecretDocument, RedeliverDocument, DeleteWebhookEndpointDocument]) {
      const { errors } = await service.ask(document as typeof RedeliverDocument, { endpointId }, stranger);
      expect(codesOf(errors)).toEqual(["NOT_FOUND"]);
    }
  });

  it("has an audit record of its making", async () => {
    const caller = { tenant: "audited", subject: "the-backend" };
    await endpointAt({ url: "https://backend.example/" }, caller);
    const { data } = await service.ask<{ auditRecords: { nodes: object[] } }, object>(
      "{ auditRecords { nodes { kind caller } } }",
      {},
      caller,
    );
    expect(data!.auditRecords.nodes).toEqual([{ kind: "WEBHOOK_CREATED", caller: "the-backend" }]);
  });
});

describe("an address for webhooks", () => {
  it.each([
    ["is plain http elsewhere", "http://backend.example/"],
    ["is private", "https://10.0.0.1/"],
    ["is the cloud's own", "https://169.254.169.254/"],
    ["carries a password", "https://someone:word@backend.example/"],
    ["is no address", "backend.example"],
    ["is a file", "file:///etc/passwd"],
  ])("that %s is refused", async (_, url) => {
    const { errors } = await create({}, { url });
    expect(codesOf(errors)).toEqual(["BAD_INPUT"]);
    expect(JSON.stringify(errors)).not.toContain(url);
  });
});

describe("the document of an endpoint", () => {
  const ofEvent = (selection: string) => `query ($event: ID!) { node(id: $event) { ... on Event { ${selection} } } }`;

  it.each([
    ["the income without its scope", ofEvent("taxpayer { profile { name } }"), "income:read"],
    [
      "the income in a fragment",
      `${ofEvent("...E")} fragment E on Event { taxpayer { demands { id } } }`,
      "income:read",
    ],
    ["a whole PAN", ofEvent("taxpayer { pan(reveal: true) }"), "pii:reveal"],
    ["the audit trail", "query ($event: ID!) { node(id: $event) { id } auditRecords { nodes { id } } }", "audit:read"],
  ])("that asks for %s is refused", async (_, document, scope) => {
    const scopes = ["events:read", "webhooks:write", "session:write"];
    const { errors } = await create({ scopes }, { document: document.replace("demands { id }", "demands { amount }") });
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN", scopes: [scope] } }]);
  });

  it.each([
    ["is no GraphQL", "query {"],
    ["does not fit the schema", ofEvent("nothing")],
    ["has no event", "{ providers { id } }"],
    ["has other variables", "query ($event: ID!, $pan: Pan!) { node(id: $event) { id } taxpayer(pan: $pan) { id } }"],
    ["writes", "mutation ($event: ID!) { redeliver(input: { endpointId: $event }) { queued } }"],
    ["holds a PAN", 'query ($event: ID!) { node(id: $event) { id } taxpayer(pan: "ZZZPA1234C") { id } }'],
  ])("that %s is refused", async (_, document) => {
    const { errors } = await create({}, { document });
    expect(codesOf(errors)).toEqual(["BAD_INPUT"]);
    expect(JSON.stringify(errors)).not.toContain("ZZZPA1234C");
  });
});
