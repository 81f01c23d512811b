import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { parse } from "graphql";
import { startEmbedded, type EmbeddedServer } from "../../src/store/postgres/embedded";
import { OpenSessionDocument, SubmitOtpDocument } from "../../packages/client/src/operations";
import { externalPlace, newDataDir, sql, type StorePlace } from "../store/storePlace";
import { openInput } from "../support/sessionCaller";
import { onOneDatabase, startSessionProcess, type SessionProcess } from "../support/sessionProcess";
import { openVendorGate, type VendorGate } from "../support/vendorGate";
import { providerOf } from "../support/vendors";

interface Answer {
  readonly taxpayer: {
    readonly filings: { readonly nodes: readonly object[] };
    readonly sources: readonly { readonly outcome: string; readonly provider: string }[];
  };
}

const question = parse(`query Filings($pan: Pan!) {
  taxpayer(pan: $pan) { filings { nodes { form } } sources { outcome provider } }
}`) as TypedDocumentNode<Answer, { pan: string }>;
const reading = "POST get_data_by_assessment_year";

const dataDir = newDataDir();
let server: EmbeddedServer;

beforeAll(async () => {
  server = await startEmbedded({ dataDir: dataDir.path });
}, 60_000);

afterAll(async () => {
  await server.stop();
  await dataDir[Symbol.asyncDispose]();
});

/** Two processes on one database, and a person whose session is READY and of whom nothing is held any more. */
async function startTwo() {
  await using opening = new AsyncDisposableStack();
  const place: StorePlace = opening.use(await externalPlace(server.url));
  const url = await place.url();
  const gate: VendorGate = opening.use(await openVendorGate(providerOf("KWIKID")));
  const shared = onOneDatabase(url);
  const start = async (door: number) => opening.use(await startSessionProcess({ ...shared, ...gate.env(door) }));
  const [one, other] = await Promise.all([start(0), start(1)] as const);

  const input = openInput({ provider: "KWIKID", documents: ["FILINGS"], years: 1 });
  const { session } = (await one.run(OpenSessionDocument, { input })).openSession;
  await one.run(SubmitOtpDocument, { input: { sessionId: session!.id, otp: await gate.readOtp(input.pan) } });
  for await (const { state } of other.watch(session!.id)) if (state === "READY") break;
  await sql(url, "delete from aaygraph.answers", []);
  const open = opening.move();
  const ask = async (service: SessionProcess) => (await service.run(question, { pan: input.pan })).taxpayer;
  return { gate, pan: input.pan, one, other, ask, [Symbol.asyncDispose]: () => open.disposeAsync() };
}

const isFound = ({ filings, sources }: Answer["taxpayer"]) =>
  filings.nodes.length === 1 && sources[0]!.outcome === "FOUND";

describe("what an open session is asked for on two processes", () => {
  it("is read once, however many ask", async () => {
    await using two = await startTwo();
    const { gate, pan, one, other, ask } = two;
    const asked = Array.from({ length: 20 }, (_, at) => ask(at % 2 === 0 ? one : other));
    expect((await Promise.all(asked)).every(isFound)).toBe(true);
    expect(gate.count(pan, reading)).toBe(1);
  });

  it("is read by the other when the one that was at it is killed", async () => {
    await using two = await startTwo();
    const { gate, pan, one, other, ask } = two;
    const held = gate.hold(pan, reading, "AFTER");
    ask(one).catch(() => undefined);
    await held.arrived;
    const answer = ask(other);
    await one.kill();
    expect(isFound(await answer)).toBe(true);
    expect(gate.count(pan, reading)).toBe(2);
  });

  it("is not read again by those who have waited for the other", async () => {
    await using two = await startTwo();
    const { gate, pan, one, other, ask } = two;
    const held = gate.hold(pan, reading, "AFTER");
    const first = ask(one);
    await held.arrived;
    const second = ask(other);
    held.release();
    expect([await first, await second].every(isFound)).toBe(true);
    expect(gate.count(pan, reading)).toBe(1);
  });
});
