import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createEvents } from "../../src/kernel/events";
import { openDatabase } from "../../src/store/database";
import { appendEvents } from "../../src/store/events/outbox";
import { type EmbeddedServer, startEmbedded } from "../../src/store/postgres/embedded";
import { findPostmaster } from "../../src/store/postgres/postmaster";
import { join } from "node:path";
import {
  CreateWebhookEndpointDocument,
  EventsDocument,
  WebhookEndpointsDocument,
  type EventKind,
  type EventsQuery,
} from "../../packages/client/src/operations";
import { newDataDir } from "../store/storePlace";
import { launch } from "../support/process";
import { isSignedBy, startReceiver } from "../support/receiver";
import { onOneDatabase, startSessionProcess, type SessionProcess } from "../support/sessionProcess";

const eventCount = Number(process.env.EVENTS ?? 600);
const eventsOfSession = 5;
const dataDir = newDataDir();
let server: EmbeddedServer;
let env: Record<string, string>;

beforeAll(async () => {
  server = await startEmbedded({ dataDir: dataDir.path });
  env = onOneDatabase(server.url);
});

afterAll(async () => {
  await server.stop();
  await dataDir[Symbol.asyncDispose]();
});

/** Written as changes of sessions write them, five of each, in turns. */
async function happen(count: number): Promise<void> {
  const database = await openDatabase({ url: server.url, events: createEvents() });
  const sessions = count / eventsOfSession;
  const events = Array.from({ length: count }, (_, at) => {
    return { kind: "SESSION_CHANGED", atMs: Date.now(), sessionId: `ss_${at % sessions}` } as const;
  });
  await appendEvents(database, "sandbox", events);
  await database.close();
}

type Event = EventsQuery["events"]["nodes"][number];

async function wholeFeed(service: SessionProcess): Promise<readonly Event[]> {
  const all: Event[] = [];
  for (;;) {
    const { nodes, pageInfo } = (await service.run(EventsDocument, { after: all.at(-1)?.id, kinds })).events;
    all.push(...nodes);
    if (!pageInfo.hasNextPage) return all;
  }
}

async function letTimePass({ output }: SessionProcess, advanceMs: number): Promise<void> {
  const [phone = ""] = /http\S+\/phone/.exec(output()) ?? [];
  await fetch(new URL("clock", phone), { method: "POST", body: JSON.stringify({ advanceMs }) });
}

/** The sandbox makes a link to try, which is an event of another kind. */
const kinds: EventKind[] = ["SESSION_CHANGED"];

describe("two processes that deliver", () => {
  it("deliver every event in the order of its session, though one is killed, and the database with it", async () => {
    await using one = await startSessionProcess(env);
    await using other = await startSessionProcess(env);
    await using receiver = await startReceiver();
    let isDown = true;
    const answered = new Set<string>();
    const order = new Map<string, number[]>();
    const wrong: string[] = [];
    let secret = "";
    receiver.answerBy((received) => {
      if (isDown) return 503;
      const { session, sequence } = received.body.data as { session: string; sequence: number };
      const before = order.get(session) ?? [];
      if ((before.at(-1) ?? 0) > sequence) wrong.push(received.id);
      order.set(session, [...before, sequence]);
      if (!isSignedBy(secret, received)) wrong.push(received.id);
      answered.add(received.id);
      return 204;
    });
    const asked = { url: receiver.url, kinds, idempotencyKey: randomUUID() };
    const { createWebhookEndpoint: made } = await one.run(CreateWebhookEndpointDocument, asked);
    secret = made.secret!;
    await happen(eventCount);
    await receiver.count(eventCount / eventsOfSession / 2);
    isDown = false;
    await letTimePass(other, 60_000);
    await receiver.count(receiver.all.length + eventCount / 10);
    await one.kill();
    process.kill((await findPostmaster(join(dataDir.path, "postgres")))!.pid, "SIGKILL");
    while (answered.size < eventCount) await receiver.count(receiver.all.length + 1);
    const feed = await wholeFeed(other);
    expect(feed).toHaveLength(eventCount);
    expect(answered).toEqual(new Set(feed.map(({ id }) => id)));
    expect(wrong).toEqual([]);
  }, 600_000);
});

describe("the command listen", () => {
  it("verifies what comes, prints it, and leaves no endpoint behind", async () => {
    await using service = await startSessionProcess(env);
    const address = service.url.replace("/graphql", "");
    const { child, printed, ended } = launch(env, ["listen", "0", address]);
    while (!printed.out.includes("Listening")) await once(child.stdout, "data");
    await happen(eventsOfSession);
    while (!/^verified {2}ev_\S+ {2}\{"type":"SESSION_CHANGED"/m.test(printed.out)) await once(child.stdout, "data");
    expect(printed.out).not.toContain("NOT VERIFIED");
    child.kill("SIGINT");
    expect(await ended).toEqual([0, null]);
    const { webhookEndpoints } = await service.run(WebhookEndpointsDocument, {});
    expect(webhookEndpoints.filter(({ url }) => printed.out.includes(url))).toEqual([]);
  });

  it.each([
    [["listen"], "Give the port"],
    [["listen", "0", "http://127.0.0.1:1"], "No service answers"],
  ])("with %j says what is wrong", async (args, message) => {
    const { printed, ended } = launch(env, args);
    expect(await ended).toEqual([1, null]);
    expect(printed.err).toContain(message);
  });
});
