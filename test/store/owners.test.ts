import type { Session } from "../../src/sessions/session";
import type { Store } from "../../src/store/store";
import { startScript } from "./serviceProcess";
import { change, opened, placesOnOneServer } from "./sessionPlace";
import { masterKey, sql, startMs, type StorePlace } from "./storePlace";

const newPlace = placesOnOneServer();

async function found(store: Store, id: string): Promise<Session> {
  return (await store.sessions.byId("lender", [id])).get(id)!;
}

async function overdue(store: Store): Promise<string[]> {
  return (await store.sessions.overdue(startMs)).map(({ id }) => id);
}

async function startElsewhere(place: StorePlace) {
  const key = masterKey.reveal().toString("base64");
  const service = startScript("workingService.ts", (await place.url()).reveal(), key);
  await service.printed(1);
  return service;
}

describe("a session that a process works on", () => {
  it("is not claimed by another one", async () => {
    await using place = await newPlace();
    await using one = await place.open();
    await using two = await place.open();
    const session = await opened(one);
    expect(await two.sessions.claim(session)).toBe("NOT_OURS");
    expect(await one.sessions.claim(session)).toBe("CLAIMED");
  });

  it("is not overdue", async () => {
    await using place = await newPlace();
    await using one = await place.open();
    await using two = await place.open();
    await opened(one);
    expect(await overdue(two)).toEqual([]);
  });

  it("is taken over when that process is killed", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await using service = await startElsewhere(place);
    const session = await found(store, service.lines[0]!);
    expect(await store.sessions.claim(session)).toBe("NOT_OURS");
    await service.kill();
    let claim = await store.sessions.claim(session);
    while (claim === "NOT_OURS") claim = await store.sessions.claim(session);
    expect(claim).toBe("TAKEN_OVER");
  });

  it("is overdue when that process is killed", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await using service = await startElsewhere(place);
    expect(await overdue(store)).toEqual([]);
    await service.kill();
    let ids = await overdue(store);
    while (ids.length === 0) ids = await overdue(store);
    expect(ids).toEqual(service.lines);
  });

  it("stays its own when its connection is cut", async () => {
    await using place = await newPlace();
    await using one = await place.open();
    await using two = await place.open();
    const session = await opened(one);
    let misses = 0;
    one.announcements.watch(session.id, () => (misses += 1));
    await sql(await place.url(), "select pg_terminate_backend(pid) from pg_locks where classid = 4711007");
    while (misses === 0) await one.ready();
    expect(await two.sessions.claim(session)).toBe("NOT_OURS");
  });
});

describe("a session that nobody works on", () => {
  it("is claimed by one of two processes", async () => {
    await using place = await newPlace();
    await using one = await place.open();
    await using two = await place.open();
    const session = (await one.sessions.change(await opened(one), change()))!;
    const claims = await Promise.all([one.sessions.claim(session), two.sessions.claim(session)]);
    expect(claims.sort()).toEqual(["CLAIMED", "NOT_OURS"]);
  });

  it("is not claimed by who knows an older version", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await opened(store);
    await store.sessions.change(session, change());
    expect(await store.sessions.claim(session)).toBe("NOT_OURS");
  });

  it("becomes the own of a process that changes it and says so", async () => {
    await using place = await newPlace();
    await using one = await place.open();
    await using two = await place.open();
    const session = (await one.sessions.change(await opened(one), change({ owner: "THIS_PROCESS" })))!;
    expect(await two.sessions.claim(session)).toBe("NOT_OURS");
  });
});
