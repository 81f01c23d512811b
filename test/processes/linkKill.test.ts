import { type EmbeddedServer, startEmbedded } from "../../src/store/postgres/embedded";
import { externalPlace, newDataDir } from "../store/storePlace";
import { createLinkText, linkInput, linkVisitor, type LinkVisitor } from "../support/linkVisitor";
import { ask } from "../support/process";
import { newPerson } from "../support/sessionCaller";
import { onOneDatabase, startSessionProcess, type SessionProcess } from "../support/sessionProcess";
import { openVendorGate, type VendorGate } from "../support/vendorGate";
import { providerOf } from "../support/vendors";

const dataDir = newDataDir();
let server: EmbeddedServer;
let env: Record<string, string>;
let gate: VendorGate;
const opened = new AsyncDisposableStack();

beforeAll(async () => {
  server = await startEmbedded({ dataDir: dataDir.path });
  const place = opened.use(await externalPlace(server.url));
  gate = opened.use(await openVendorGate(providerOf("KWIKID")));
  env = { ...onOneDatabase(await place.url()), ...gate.env() };
}, 60_000);

afterAll(async () => {
  await opened.disposeAsync();
  await server.stop();
  await dataDir[Symbol.asyncDispose]();
});

function originOf({ url }: SessionProcess): string {
  return new URL(url).origin;
}

interface Made {
  readonly createLink: { readonly link: { readonly id: string; readonly url: string } };
}

async function create(service: SessionProcess): Promise<{ readonly id: string; readonly path: string }> {
  const { data } = await ask(service, createLinkText, { input: linkInput({ provider: "KWIKID" }) });
  const { id, url } = (data as Made).createLink.link;
  return { id, path: new URL(url).pathname };
}

async function stateOf(service: SessionProcess, id: string): Promise<string> {
  const { data } = await ask(service, "query ($id: ID!) { link(id: $id) { state } }", { id });
  return (data as { link: { state: string } }).link.state;
}

async function logIn(visitor: LinkVisitor, person: Record<"pan" | "password", string>): Promise<void> {
  await visitor.press("continue", person);
  await visitor.settle();
}

it("a link goes on in another process after a kill -9, in the same browser and in no other", async () => {
  const person = newPerson();
  const visitor = linkVisitor();
  let link: Awaited<ReturnType<typeof create>>;
  {
    await using first = await startSessionProcess(env);
    link = await create(first);
    await visitor.open(originOf(first) + link.path);
    await visitor.press("agree");
    await logIn(visitor, person);
    await first.kill();
  }
  await using second = await startSessionProcess(env);
  const url = originOf(second) + link.path;
  expect((await linkVisitor().open(url)).status).toBe(403);
  expect((await visitor.open(url)).has("otp")).toBe(true);
  await visitor.press("continue", { otp: await gate.readOtp(person.pan) });
  expect((await visitor.settle()).has("done")).toBe(true);
  expect(await stateOf(second, link.id)).toBe("CONNECTED");
}, 60_000);

it("each step of a link may be taken in another one of two processes", async () => {
  await using one = await startSessionProcess(env);
  await using other = await startSessionProcess(env);
  const person = newPerson();
  const visitor = linkVisitor();
  const { id, path } = await create(one);
  await visitor.open(originOf(other) + path);
  await visitor.press("agree");
  await visitor.open(originOf(one) + path);
  await logIn(visitor, person);
  await visitor.open(originOf(other) + path);
  await visitor.press("continue", { otp: await gate.readOtp(person.pan) });
  expect((await visitor.settle()).has("done")).toBe(true);
  expect(await stateOf(one, id)).toBe("CONNECTED");
}, 60_000);
