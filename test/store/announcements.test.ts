import { change, opened, placesOnOneServer, signal } from "./sessionPlace";
import { pan, sql } from "./storePlace";

const newPlace = placesOnOneServer();

describe("watching a session", () => {
  it("hears of a change that another process makes", async () => {
    await using place = await newPlace();
    await using one = await place.open();
    await using two = await place.open();
    const session = await opened(one);
    const heard = signal();
    two.announcements.watch(session.id, heard.give);
    await one.sessions.change(session, change());
    await heard.given;
    expect((await two.sessions.history("lender", session.id, 1)).map(({ version }) => version)).toEqual([2]);
  });

  it("hears of each change once", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const first = await opened(store);
    const last = await opened(store, { pan: pan(2) });
    let changes = 0;
    const heardLast = signal();
    store.announcements.watch(first.id, () => (changes += 1));
    store.announcements.watch(last.id, heardLast.give);
    const second = await store.sessions.change(first, change());
    await store.sessions.change(second!, change());
    await store.sessions.change(last, change());
    await heardLast.given;
    expect(changes).toBe(2);
  });

  it("hears nothing of a change that was not made", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await opened(store);
    const last = await opened(store, { pan: pan(2) });
    await store.sessions.change(session, change());
    const heardLast = signal();
    let changes = 0;
    store.announcements.watch(session.id, () => (changes += 1));
    store.announcements.watch(last.id, heardLast.give);
    await store.sessions.change(session, change());
    await store.sessions.change(last, change());
    await heardLast.given;
    expect(changes).toBeLessThanOrEqual(1);
  });

  it("ends when asked to, and disturbs no other watcher", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await opened(store);
    const heard = signal();
    let changes = 0;
    const onChange = () => (changes += 1);
    const leave = store.announcements.watch(session.id, onChange);
    store.announcements.watch(session.id, heard.give);
    leave();
    await store.sessions.change(session, change());
    await heard.given;
    expect(changes).toBe(0);
  });

  it("tells that changes may have been missed when the connection was cut", async () => {
    await using place = await newPlace();
    await using one = await place.open();
    await using two = await place.open();
    const session = await opened(one);
    const missed = signal();
    two.announcements.watch(session.id, missed.give);
    await cutListeners(await place.url());
    await missed.given;
    const heard = signal();
    two.announcements.watch(session.id, heard.give);
    await one.sessions.change(session, change());
    await heard.given;
  });
});

async function cutListeners(url: Parameters<typeof sql>[0]): Promise<void> {
  await sql(
    url,
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = 'aaygraph listener' and datname = current_database()`,
  );
}
