import type { SessionFilter, SessionStore } from "../../src/sessions/ports";
import { change, ending, opened, placesOnOneServer } from "./sessionPlace";
import { pan, startMs } from "./storePlace";

const newPlace = placesOnOneServer();

interface Store {
  readonly sessions: SessionStore;
}

async function listed({ sessions }: Store, filter: Partial<SessionFilter> = {}, tenant = "lender") {
  const page = await sessions.list(tenant, { first: 10, ...filter });
  return page.sessions.map(({ id }) => id);
}

/** Five sessions of five people, two of them opened at the same moment; the ids of the newest first. */
async function five(store: Store): Promise<string[]> {
  const sessions = await Promise.all(
    [0, 1, 2, 2, 3].map((afterMs, number) => opened(store, { pan: pan(number), nowMs: startMs + afterMs })),
  );
  return sessions.toSorted((a, b) => b.openedAtMs - a.openedAtMs || (a.id < b.id ? 1 : -1)).map(({ id }) => id);
}

describe("the list of sessions", () => {
  it("has the newest first", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const ids = await five(store);
    expect(await listed(store)).toEqual(ids);
  });

  it("comes in pages that join without a gap", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const ids = await five(store);
    const first = await store.sessions.list("lender", { first: 2 });
    expect(first).toMatchObject({ hasNext: true });
    const second = await store.sessions.list("lender", { first: 2, after: first.sessions[1]!.id });
    const third = await store.sessions.list("lender", { first: 2, after: second.sessions[1]!.id });
    expect(third).toMatchObject({ hasNext: false });
    expect([first, second, third].flatMap(({ sessions }) => sessions.map(({ id }) => id))).toEqual(ids);
  });

  it("has no next page when the last one is full", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await five(store);
    expect(await store.sessions.list("lender", { first: 5 })).toMatchObject({ hasNext: false });
  });

  it("has the sessions of one person, if asked", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const ids = await five(store);
    expect(await listed(store, { pan: pan(0) })).toEqual(ids.slice(-1));
    expect(await listed(store, { pan: pan(99) })).toEqual([]);
  });

  it("has the sessions in certain states, if asked", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const waiting = (await store.sessions.change(await opened(store), change()))!;
    const other = await opened(store, { pan: pan(2) });
    expect(await listed(store, { states: ["AWAITING_OTP", "READY"] })).toEqual([waiting.id]);
    expect(await listed(store, { states: ["OPENING"] })).toEqual([other.id]);
    expect(await listed(store, { states: [] })).toEqual([]);
  });

  it("has no other tenant's sessions", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await five(store);
    expect(await listed(store, {}, "broker")).toEqual([]);
  });

  it.each(["an unknown", "another tenant's"])("is empty after %s session", async (whose) => {
    await using place = await newPlace();
    await using store = await place.open();
    await five(store);
    const foreign = await opened(store, { tenant: "broker", isAlone: false, nowMs: startMs + 60_000 });
    const after = whose === "an unknown" ? "ss_AAAAAAAAAAAAAAAAAAAAAA" : foreign.id;
    expect(await listed(store, { after })).toEqual([]);
  });
});

describe("finding sessions", () => {
  it("brings neither unknown ones nor another tenant's by their ids", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const { id } = await opened(store);
    expect((await store.sessions.byId("lender", [id, "ss_unknown", ""])).size).toBe(1);
    expect((await store.sessions.byId("broker", [id])).size).toBe(0);
  });

  it("brings the live ones of a person", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await store.sessions.change(await opened(store), ending("NONE"));
    const session = await opened(store, { provider: "TUTELAR" });
    await opened(store, { pan: pan(2) });
    expect(await store.sessions.live("lender", { pan: pan(1) })).toEqual([session]);
    expect(await store.sessions.live("broker", { pan: pan(1) })).toEqual([]);
  });

  it("brings the live ones under a consent", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await opened(store);
    const { consentId } = session;
    expect(await store.sessions.live("lender", { consentId })).toEqual([session]);
    expect(await store.sessions.live("broker", { consentId })).toEqual([]);
    await store.sessions.change(session, ending("NONE"));
    expect(await store.sessions.live("lender", { consentId })).toEqual([]);
  });
});
