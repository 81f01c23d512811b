import { Secret } from "../../src/kernel/secret";
import type { SessionStore } from "../../src/sessions/ports";
import type { Session } from "../../src/sessions/session";
import { change, ending, hourMs, opened, placesOnOneServer, ticket } from "./sessionPlace";
import { dayMs, pan, sql, startMs } from "./storePlace";

const newPlace = placesOnOneServer();

async function ticketOf({ sessions }: { sessions: SessionStore }, session: Session): Promise<string | undefined> {
  return (await sessions.secretsOf(session))?.ticket?.reveal();
}

describe("changing a session", () => {
  it("brings it to the next version", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await opened(store);
    const { progress } = change();
    const changed = { ...session, version: 2, progress, updatedAtMs: startMs + 1_000 };
    expect(await store.sessions.change(session, change())).toEqual(changed);
    expect((await store.sessions.byId("lender", [session.id])).get(session.id)).toEqual(changed);
  });

  it("is granted to one of two that know the same version", async () => {
    await using place = await newPlace();
    await using one = await place.open();
    await using two = await place.open();
    const session = await opened(one);
    const changed = await Promise.all(
      Array.from({ length: 10 }, (_, turn) => (turn % 2 === 0 ? one : two).sessions.change(session, change())),
    );
    expect(changed.filter((each) => each !== undefined)).toHaveLength(1);
  });

  it("leaves its steps behind, in order", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    let session = await opened(store);
    for (const polls of [1, 2, 3]) {
      const waiting = { phase: "WAITING", polls, pollMs: 1, nextPollAtMs: startMs, giveUpAtMs: startMs } as const;
      const next = change({ progress: waiting, state: "PROCESSING", nowMs: startMs + polls });
      session = (await store.sessions.change(session, next))!;
    }
    const all = await store.sessions.history("lender", session.id, 0);
    expect(all.map(({ version, atMs }) => [version, atMs - startMs])).toEqual([
      [1, 0],
      [2, 1],
      [3, 2],
      [4, 3],
    ]);
    expect(all[0]?.progress).toEqual({ phase: "OPENING" });
    expect(await store.sessions.history("lender", session.id, 3)).toEqual(all.slice(3));
    expect(await store.sessions.history("broker", session.id, 0)).toEqual([]);
  });

  it("reads READING where the release before has written BRINGING", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await opened(store);
    const older = { phase: "BRINGING", tries: 1, documents: ["FILINGS"], incomeYears: [2024], hasBrought: true };
    for (const table of ["sessions", "session_steps"]) {
      await sql(await place.url(), `update aaygraph.${table} set progress = '${JSON.stringify(older)}'`);
    }
    const progress = { phase: "READING", tries: 1, documents: ["FILINGS"], incomeYears: [2024], hasAnswers: true };
    expect((await store.sessions.byId("lender", [session.id])).get(session.id)).toEqual({ ...session, progress });
    expect(await store.sessions.history("lender", session.id, 0)).toMatchObject([{ progress }]);
  });

  it("tells when it ended", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const changed = await store.sessions.change(await opened(store), ending("NONE"));
    expect(changed?.endedAtMs).toBe(startMs + 1_000);
  });

  it("does nothing once the taxpayer has been erased", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await opened(store);
    await sql(await place.url(), "delete from aaygraph.subject_keys");
    expect(await store.sessions.change(session, change())).toBeUndefined();
    expect((await store.sessions.byId("lender", [session.id])).get(session.id)?.version).toBe(1);
  });
});

describe("what goes to the provider", () => {
  it("is the PAN alone until there is a ticket", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    expect(await store.sessions.secretsOf(await opened(store))).toEqual({ pan: pan(1), ticket: undefined });
  });

  it("is the ticket of the latest change that brought one", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const first = await store.sessions.change(await opened(store), change({ ticket: new Secret("an older one") }));
    const second = await store.sessions.change(first!, change({ ticket }));
    await store.sessions.change(second!, change());
    expect(await ticketOf(store, second!)).toBe("a ticket");
  });

  it("includes no ticket that has been destroyed", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await store.sessions.change(await opened(store), change({ ticket }));
    await store.sessions.change(session!, change({ ticket: "DESTROYED" }));
    expect(await ticketOf(store, session!)).toBeUndefined();
  });

  it("includes no ticket once a session is over of which the provider need not hear", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await store.sessions.change(await opened(store), change({ ticket }));
    await store.sessions.change(session!, ending("NONE"));
    expect(await ticketOf(store, session!)).toBeUndefined();
  });

  it("includes the ticket until the logout that is due has been sent", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await store.sessions.change(await opened(store), change({ ticket }));
    await store.sessions.change(session!, ending("DUE"));
    expect(await ticketOf(store, session!)).toBe("a ticket");
    await store.sessions.loggedOut(session!, "SENT");
    expect(await ticketOf(store, session!)).toBeUndefined();
  });

  it("is nothing once the taxpayer's key has been destroyed", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await store.sessions.change(await opened(store), change({ ticket }));
    await sql(await place.url(), "delete from aaygraph.subject_keys");
    expect(await store.sessions.secretsOf(session!)).toBeUndefined();
  });

  it("opens for no other session that it was moved to", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await store.sessions.change(await opened(store), change({ ticket }));
    const other = await opened(store, { provider: "TUTELAR" });
    const from = "from aaygraph.sessions o where o.provider = 'KWIKID' and s.provider = 'TUTELAR'";
    await sql(await place.url(), `update aaygraph.sessions s set sealed_ticket = o.sealed_ticket ${from}`);
    expect(await ticketOf(store, other)).toBeUndefined();
  });
});

describe("a logout", () => {
  it("is owed until it has been sent", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await opened(store);
    expect(await store.sessions.owesLogout(session)).toBe(false);
    await store.sessions.change(session, ending("DUE"));
    expect(await store.sessions.owesLogout(session)).toBe(true);
    await store.sessions.loggedOut(session, "SENT");
    expect(await store.sessions.owesLogout(session)).toBe(false);
  });

  it("is not owed where the provider need not hear", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await opened(store);
    await store.sessions.change(session, ending("NONE"));
    expect(await store.sessions.owesLogout(session)).toBe(false);
  });
});

describe("sessions that are overdue", () => {
  const due = async ({ sessions }: { sessions: SessionStore }, afterMs: number) =>
    (await sessions.overdue(startMs + afterMs)).map(({ id }) => id);

  it("are those whose time has come", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await store.sessions.change(await opened(store), change({ dueAtMs: startMs + 5_000 }));
    expect(await due(store, 4_999)).toEqual([]);
    expect(await store.sessions.overdue(startMs + 5_000)).toEqual([session]);
  });

  it("are those whose login has not come back in time", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const { id } = await opened(store);
    expect(await due(store, 299_999)).toEqual([]);
    expect(await due(store, 300_000)).toEqual([id]);
  });

  it("are those of all tenants, the longest overdue first, two hundred at a time", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const open = (number: number) =>
      opened(store, { tenant: `tenant ${number % 3}`, pan: pan(number), dueAtMs: startMs + hourMs - number });
    const sessions: Session[] = [];
    // Not all at once: a wait for a connection has an end.
    for (let number = 0; number < 205; number += 41) {
      sessions.push(...(await Promise.all(Array.from({ length: 41 }, (_, at) => open(number + at)))));
    }
    const longestFirst = sessions.toReversed().map(({ id }) => id);
    expect(await due(store, dayMs)).toEqual(longestFirst.slice(0, 200));
  });

  it("are not those that are over", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await store.sessions.change(await opened(store), ending("NONE"));
    expect(await due(store, 365 * dayMs)).toEqual([]);
  });

  it("are those whose logout has been due for ten minutes", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await opened(store);
    await store.sessions.change(session, ending("DUE", { nowMs: startMs }));
    expect(await due(store, 599_999)).toEqual([]);
    expect(await due(store, 600_000)).toEqual([session.id]);
    await store.sessions.loggedOut(session, "GIVEN_UP");
    expect(await due(store, 600_000)).toEqual([]);
  });
});

describe("a session whose taxpayer's key was not restored", () => {
  async function withoutKey(place: Awaited<ReturnType<typeof newPlace>>, store: { sessions: SessionStore }) {
    const session = await opened(store);
    await sql(await place.url(), "delete from aaygraph.subject_keys");
    return session;
  }

  it("can end", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await withoutKey(place, store);
    expect(await store.sessions.change(session, ending("DUE"))).toMatchObject({ progress: { phase: "ENDED" } });
  });

  it("can do nothing else", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await withoutKey(place, store);
    expect(await store.sessions.change(session, change())).toBeUndefined();
  });
});

describe("a session that is set back", () => {
  it("is overdue again later", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await opened(store);
    await store.sessions.setBack(session, startMs + hourMs);
    const due = async (afterMs: number) => (await store.sessions.overdue(startMs + afterMs)).map(({ id }) => id);
    expect(await due(hourMs - 1)).toEqual([]);
    expect(await due(hourMs)).toEqual([session.id]);
  });
});
