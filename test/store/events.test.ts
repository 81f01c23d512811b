import { createEvents } from "../../src/kernel/events";
import { openDatabase } from "../../src/store/database";
import { appendEvents } from "../../src/store/events/outbox";
import type { Store } from "../../src/store/store";
import { manualClock } from "../../src/kernel/clock";
import type { Secret } from "../../src/kernel/secret";
import { change, ending, opened, placesOnOneServer } from "./sessionPlace";
import { answer, dayMs, pan, sql, startMs } from "./storePlace";

const newPlace = placesOnOneServer();

async function all(store: Store, tenant = "lender") {
  return (await store.feed.page(tenant, { first: 1_000 })).events;
}

async function kindsOf(store: Store, tenant?: string) {
  return (await all(store, tenant)).map(({ kind }) => kind);
}

function databaseAt(url: Secret) {
  return openDatabase({ url, events: createEvents() });
}

function happened(consentId: string) {
  return { kind: "CONSENT_GRANTED", atMs: startMs, consentId } as const;
}

describe("the outbox", () => {
  it("has an event for each change of a session, in the order of the changes", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await opened(store);
    const changed = await store.sessions.change(session, change());
    await store.sessions.change(changed!, ending("NONE"));
    const about = { sessionId: session.id, taxpayerId: session.taxpayerId, consentId: session.consentId };
    expect(await all(store)).toMatchObject([
      { kind: "SESSION_CHANGED", sequence: 1, atMs: startMs, ...about },
      { kind: "CONSENT_GRANTED", sequence: 2, atMs: startMs, ...about },
      { kind: "SESSION_CHANGED", sequence: 3, atMs: startMs + 1_000, ...about },
      { kind: "SESSION_CHANGED", sequence: 4, ...about },
    ]);
  });

  it("has no event of a change that did not happen", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await opened(store);
    const before = await kindsOf(store);
    expect(await store.sessions.change({ ...session, version: 7 }, change())).toBeUndefined();
    expect(await kindsOf(store)).toEqual(before);
  });

  it("says once that a session has brought answers, however many they are", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const { taxpayerId, consentId, id } = await opened(store);
    const under = { consentId, purpose: "CREDIT_UNDERWRITING" } as const;
    const answers = ["2024-25", "2023-24"].map((period) => answer({ period, ...under }));
    await store.taxpayers.keep("lender", taxpayerId, answers, id);
    const { events } = await store.feed.page("lender", { first: 10, kinds: ["DATA_BROUGHT"] });
    expect(events).toMatchObject([{ kind: "DATA_BROUGHT", taxpayerId, sessionId: id, consentId }]);
  });

  it("has no event of an answer by PAN alone", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const { taxpayerId } = await opened(store);
    const before = await kindsOf(store);
    await store.taxpayers.keep("lender", taxpayerId, [answer({ document: "COMPLIANCE", period: "" })]);
    expect(await kindsOf(store)).toEqual(before);
  });

  it("has no event of answers that come after the revocation", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const { taxpayerId, consentId, id } = await opened(store);
    await store.consents.revoke("lender", consentId, startMs);
    await store.taxpayers.keep("lender", taxpayerId, [answer({ consentId, purpose: "CREDIT_UNDERWRITING" })], id);
    expect((await kindsOf(store)).slice(2)).toEqual(["CONSENT_REVOKED"]);
  });

  it("says once that a consent has expired", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const { taxpayerId, consentId } = await opened(store);
    await store.consents.recordExpired(startMs + 30 * dayMs - 1);
    expect(await kindsOf(store)).toHaveLength(2);
    await Promise.all([1, 2, 3].map(() => store.consents.recordExpired(startMs + 30 * dayMs)));
    const { events } = await store.feed.page("lender", { first: 10, kinds: ["CONSENT_EXPIRED"] });
    expect(events).toMatchObject([{ atMs: startMs + 30 * dayMs, taxpayerId, consentId }]);
  });

  it("says of an erased taxpayer that they are erased", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await opened(store);
    await store.sessions.change(session, ending("NONE"));
    await store.erasures.erase("lender", pan(1), startMs);
    const events = await all(store);
    expect(events.at(-1)).toMatchObject({ kind: "TAXPAYER_ERASED", taxpayerId: session.taxpayerId });
    expect(events.every(({ isOfErased }) => isOfErased)).toBe(true);
  });

  it("holds no PAN", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await opened(store);
    await store.sessions.change(session, ending("NONE"));
    await store.erasures.erase("lender", pan(1), startMs);
    const rows = await sql<{ text: string }>(await place.url(), "select e::text as text from aaygraph.events e");
    expect(rows).toHaveLength(4);
    for (const { text } of rows) expect(text).not.toContain(pan(1));
  });
});

describe("the numbers of events", () => {
  it("have no hole where a transaction was rolled back", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const database = await databaseAt(await place.url());
    await appendEvents(database, "lender", [happened("cn_1")]);
    const undone = database.transaction(async (queries) => {
      await appendEvents(queries, "lender", [happened("cn_2")]);
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    await appendEvents(database, "lender", [happened("cn_3")]);
    expect(await all(store)).toMatchObject([
      { sequence: 1, consentId: "cn_1" },
      { sequence: 2, consentId: "cn_3" },
    ]);
    await database.close();
  });

  it("have no hole and no double where several processes number at once", async () => {
    await using place = await newPlace();
    await using one = await place.open();
    await using other = await place.open();
    const database = await databaseAt(await place.url());
    const ids = Array.from({ length: 60 }, (_, number) => `cn_${number}`);
    await Promise.all(
      ids.map(async (id) => {
        await appendEvents(database, "lender", [happened(id)]);
        await Promise.all([all(one), all(other)]);
      }),
    );
    const events = await all(one);
    expect(events.map(({ sequence }) => sequence)).toEqual(ids.map((_, at) => at + 1));
    expect(new Set(events.map(({ consentId }) => consentId))).toEqual(new Set(ids));
    await database.close();
  });

  it("are never taken by an event that is committed after a reader has passed", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const database = await databaseAt(await place.url());
    const [written, readOn] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    const slow = database.transaction(async (queries) => {
      await appendEvents(queries, "lender", [happened("cn_slow")]);
      written.resolve(undefined);
      await readOn.promise;
    });
    await written.promise;
    await appendEvents(database, "lender", [happened("cn_quick")]);
    const first = await store.feed.page("lender", { first: 10 });
    readOn.resolve(undefined);
    await slow;
    const second = await store.feed.page("lender", { first: 10, after: first.events.at(-1)!.id });
    expect([first, second].map(({ events }) => events.map(({ consentId }) => consentId))).toEqual([
      ["cn_quick"],
      ["cn_slow"],
    ]);
    await database.close();
  });

  it("count each tenant by itself", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await opened(store);
    await opened(store, { tenant: "broker", pan: pan(2) });
    expect((await all(store, "broker")).map(({ sequence }) => sequence)).toEqual([1, 2]);
  });
});

describe("the feed", () => {
  it("goes on from its cursor", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await opened(store);
    await store.sessions.change(session, change());
    const first = await store.feed.page("lender", { first: 2 });
    const second = await store.feed.page("lender", { first: 2, after: first.events.at(-1)!.id });
    expect([first, second].map(({ events, hasNext }) => [events.map(({ sequence }) => sequence), hasNext])).toEqual([
      [[1, 2], true],
      [[3], false],
    ]);
  });

  it("finds an event again by its id", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await opened(store);
    const [event] = await all(store);
    expect(await store.feed.byId("lender", event!.id)).toEqual(event);
    expect(await store.feed.byId("broker", event!.id)).toBeUndefined();
  });

  it("refuses the cursor of another tenant", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await opened(store);
    const [event] = await all(store);
    const page = store.feed.page("broker", { first: 2, after: event!.id });
    await expect(page).rejects.toMatchObject({ code: "BAD_INPUT", context: { field: "after" } });
  });

  it("refuses a cursor after which events have been deleted", async () => {
    const clock = manualClock(startMs);
    await using place = await newPlace();
    await using store = await place.open({ clock, eventDays: 30 });
    const session = await opened(store);
    const [first, second] = await all(store);
    clock.advance(29 * dayMs);
    await store.sessions.change(session, change({ nowMs: clock.now() }));
    const [, , third] = await all(store);
    clock.advance(2 * dayMs);
    await store.deleteExpired();
    await expect(store.feed.page("lender", { first: 2, after: first!.id })).rejects.toMatchObject({
      code: "BAD_INPUT",
    });
    // Nothing is missing after the second.
    expect((await store.feed.page("lender", { first: 2, after: second!.id })).events).toEqual([third]);
    clock.advance(30 * dayMs);
    await store.deleteExpired();
    expect((await store.feed.page("lender", { first: 2, after: third!.id })).events).toEqual([]);
  });
});
