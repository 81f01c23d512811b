import { EraseTaxpayerDocument, EventsDocument, RevokeConsentDocument } from "../../packages/client/src/operations";
import { createLink } from "../support/linkVisitor";
import { isFinished, pansFrom, runUntil, startRun } from "../support/runCaller";
import { startTestService, type TestService } from "../support/service";
import { codesOf, letTimePass, openToReady } from "../support/sessionCaller";

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
});

afterAll(() => service[Symbol.asyncDispose]());

type Caller = NonNullable<Parameters<TestService["token"]>[0]>;

async function eventsOf(tenant: string, variables: object = {}, caller: Caller = {}) {
  const { data, errors } = await service.ask(EventsDocument, variables, { tenant, ...caller });
  if (!data) throw new Error(JSON.stringify(errors));
  return { ...data.events, errors };
}

describe("the feed of events", () => {
  it("tells how a session came to bring its data", async () => {
    const caller = { tenant: "teller" };
    const { session } = await openToReady(service, "TUTELAR", {}, caller);
    const { nodes } = await eventsOf("teller");
    const kinds = nodes.map(({ kind }) => kind);
    expect(kinds.slice(0, 2)).toEqual(["SESSION_CHANGED", "CONSENT_GRANTED"]);
    expect(kinds).toContain("DATA_BROUGHT");
    expect(nodes.map(({ sequence }) => sequence)).toEqual(nodes.map((_, at) => at + 1));
    // A session is shown as it is now, whatever it was then.
    for (const event of nodes) expect(event.session).toEqual({ id: session.id, state: "READY" });
    expect(nodes[1]!.consent).toMatchObject({ standing: "LIVE" });
  });

  it("is read on from a cursor, kind by kind", async () => {
    const caller = { tenant: "reader" };
    await openToReady(service, "TUTELAR", {}, caller);
    const whole = await eventsOf("reader");
    const [first] = (await eventsOf("reader", { first: 1 })).nodes;
    const rest = await eventsOf("reader", { after: first!.id });
    expect([first, ...rest.nodes]).toEqual(whole.nodes);
    expect(await eventsOf("reader", { kinds: ["DATA_BROUGHT"] })).toMatchObject({
      nodes: whole.nodes.filter(({ kind }) => kind === "DATA_BROUGHT"),
    });
  });

  it("has an event again by its id", async () => {
    const caller = { tenant: "finder" };
    await openToReady(service, "TUTELAR", {}, caller);
    const [{ id } = { id: "" }] = (await eventsOf("finder")).nodes;
    const again = "query ($id: ID!) { node(id: $id) { id ... on Event { kind } } }";
    expect((await service.ask(again, { id }, caller)).data).toEqual({ node: { id, kind: "SESSION_CHANGED" } });
    const elsewhere = await service.ask(again, { id }, { tenant: "stranger" });
    expect([elsewhere.data, codesOf(elsewhere.errors)]).toEqual([{ node: null }, ["NOT_FOUND"]]);
  });

  it("tells of a consent that is withdrawn", async () => {
    const caller = { tenant: "withdrawer" };
    await openToReady(service, "TUTELAR", {}, caller);
    const { consent } = (await eventsOf("withdrawer")).nodes[1]!;
    await service.ask(RevokeConsentDocument, { consentId: consent!.id }, caller);
    const { nodes } = await eventsOf("withdrawer", { kinds: ["CONSENT_REVOKED"] });
    expect(nodes).toMatchObject([{ consent: { id: consent!.id, standing: "REVOKED" } }]);
  });

  it("shows no erased taxpayer", async () => {
    const caller = { tenant: "forgetter" };
    const { input } = await openToReady(service, "TUTELAR", {}, caller);
    const before = await eventsOf("forgetter");
    expect(before.nodes.every(({ taxpayer }) => taxpayer !== null)).toBe(true);
    await service.ask(EraseTaxpayerDocument, { pan: input.pan, reason: "asked for it" }, caller);
    const { nodes, errors } = await eventsOf("forgetter");
    expect(nodes.at(-1)).toMatchObject({ kind: "TAXPAYER_ERASED" });
    expect(nodes.every(({ taxpayer }) => taxpayer === null)).toBe(true);
    expect(errors).toBeUndefined();
  });

  it("is another tenant's alone", async () => {
    await openToReady(service, "TUTELAR", {}, { tenant: "owner" });
    const { nodes } = await eventsOf("owner");
    expect((await eventsOf("neighbour")).nodes).toEqual([]);
    const { errors } = await service.ask(EventsDocument, { after: nodes[0]!.id }, { tenant: "neighbour" });
    expect(codesOf(errors)).toEqual(["BAD_INPUT"]);
  });

  it("needs its own scope", async () => {
    const { errors } = await service.ask(EventsDocument, {}, { scopes: ["income:read", "session:write"] });
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN", scopes: ["events:read"] } }]);
  });

  it("tells of a link that is made, then cancelled", async () => {
    const caller = { tenant: "linker" };
    const { id } = await createLink(service, {}, caller);
    await service.ask("mutation ($id: ID!) { cancelLink(input: { linkId: $id }) { link { id } } }", { id }, caller);
    const { nodes } = await eventsOf("linker", { kinds: ["LINK_CHANGED"] });
    expect(nodes.map(({ link }) => link)).toEqual([
      { id, state: "CANCELLED" },
      { id, state: "CANCELLED" },
    ]);
  });

  it("tells once of a run that is finished", async () => {
    const caller = { tenant: "runner" };
    const { run } = await startRun(service, { pans: pansFrom(0, 3) }, caller);
    await runUntil(service, run!.id, isFinished, caller);
    const { nodes } = await eventsOf("runner");
    expect(nodes).toMatchObject([{ kind: "RUN_FINISHED", run: { id: run!.id, state: "FINISHED" }, taxpayer: null }]);
  });

  it("tells of a consent that has expired by itself", async () => {
    const caller = { tenant: "waiter" };
    await openToReady(service, "TUTELAR", {}, caller);
    // The last test of this file: later consents would have expired before they begin.
    await letTimePass(service, 25 * 3_600_000);
    for (;;) {
      const { nodes } = await eventsOf("waiter", { kinds: ["CONSENT_EXPIRED"] });
      if (nodes.length === 0) continue;
      expect(nodes).toMatchObject([{ consent: { standing: "EXPIRED" } }]);
      break;
    }
  });
});
