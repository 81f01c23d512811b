import type { Opened } from "../../src/sessions/ports";
import { change, ending, hourMs, opened, opening, placesOnOneServer } from "./sessionPlace";
import { dayMs, pan, sql, startMs } from "./storePlace";

const newPlace = placesOnOneServer();

function outcomes(all: readonly Opened[]): string[] {
  return all.map(({ outcome }) => outcome).sort();
}

function idOf(outcome: Opened): string | undefined {
  return "session" in outcome ? outcome.session.id : undefined;
}

describe("opening a session", () => {
  it("brings one in which nothing has happened yet", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await opened(store);
    expect(session).toEqual({
      id: expect.stringMatching(/^ss_[\w-]{22}$/) as string,
      tenant: "lender",
      taxpayerId: expect.stringMatching(/^tp_/) as string,
      provider: "KWIKID",
      consentId: expect.stringMatching(/^cn_[\w-]{22}$/) as string,
      documents: ["FILINGS", "TAX_CREDITS"],
      incomeYears: [2024, 2023],
      version: 1,
      progress: { phase: "OPENING" },
      openedAtMs: startMs,
      updatedAtMs: startMs,
      expiresAtMs: startMs + hourMs,
      endedAtMs: undefined,
    });
    expect(await store.sessions.byId("lender", [session.id])).toEqual(new Map([[session.id, session]]));
  });

  it("leaves a record of the consent that was granted", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const { id, consentId } = await opened(store);
    const records = await sql(
      await place.url(),
      "select tenant, kind, consent_id, session_id, provider, income_years from aaygraph.consent_records",
    );
    expect(records).toEqual([
      {
        tenant: "lender",
        kind: "GRANTED",
        consent_id: consentId,
        session_id: id,
        provider: "KWIKID",
        income_years: [2024, 2023],
      },
    ]);
  });

  it("leads to the session of this person that is open already", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await opened(store);
    expect(await store.sessions.open(opening())).toEqual({ outcome: "ALREADY_OPEN", session });
  });

  it("is free again once the session before is over", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await store.sessions.change(await opened(store), ending("NONE"));
    expect(await store.sessions.open(opening())).toMatchObject({ outcome: "OPENED" });
  });

  it.each([
    ["another provider", { provider: "TUTELAR" }],
    ["another person", { pan: pan(2) }],
  ] as const)("is free at %s", async (_, changes) => {
    await using place = await newPlace();
    await using store = await place.open();
    await opened(store);
    expect(await store.sessions.open(opening(changes))).toMatchObject({ outcome: "OPENED" });
  });

  it("opens once when several callers ask at once, each with a key of their own", async () => {
    await using place = await newPlace();
    await using one = await place.open();
    await using two = await place.open();
    const asked = await Promise.all(
      Array.from({ length: 10 }, (_, turn) =>
        (turn % 2 === 0 ? one : two).sessions.open(opening({ idempotencyKey: `key-${turn}` })),
      ),
    );
    expect(outcomes(asked)).toEqual([...Array<string>(9).fill("ALREADY_OPEN"), "OPENED"]);
    expect(new Set(asked.map(idOf)).size).toBe(1);
  });
});

describe("an idempotency key", () => {
  it("brings the same session for the same request, as it is by then", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await store.sessions.change(await opened(store, { idempotencyKey: "key-1" }), change());
    expect(await store.sessions.open(opening())).toEqual({ outcome: "REPLAYED", session });
  });

  it("brings a session that is over, rather than another login", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await opened(store, { idempotencyKey: "key-1" });
    await store.sessions.change(session, ending("NONE"));
    expect(await store.sessions.open(opening())).toMatchObject({ outcome: "REPLAYED", session: { id: session.id } });
  });

  it.each([
    ["of the same person", {}],
    ["of another person", { pan: pan(2) }],
  ])("is refused to another request %s", async (_, changes) => {
    await using place = await newPlace();
    await using store = await place.open();
    await opened(store, { idempotencyKey: "key-1" });
    const outcome = await store.sessions.open(opening({ request: "another request", ...changes }));
    expect(outcome).toEqual({ outcome: "CONFLICT" });
  });

  it("is no concern of another tenant's", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await opened(store, { idempotencyKey: "key-1" });
    const outcome = await store.sessions.open(
      opening({ tenant: "broker", isAlone: false, request: "another request" }),
    );
    expect(outcome.outcome).toBe("OPENED");
  });

  it("brings nothing yet where a session was open already", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await opened(store);
    await store.sessions.open(opening());
    expect(await store.sessions.open(opening())).toMatchObject({ outcome: "ALREADY_OPEN" });
  });

  it("brings the session that was open already once that is remembered", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await opened(store);
    const { id } = session;
    await store.sessions.remember(opening(), session);
    expect(await store.sessions.open(opening())).toMatchObject({ outcome: "REPLAYED", session: { id } });
    expect(await store.sessions.open(opening({ request: "another request" }))).toEqual({ outcome: "CONFLICT" });
  });

  it("stays with the request that was first to use it for an open session", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const ours = await opened(store);
    const theirs = await opened(store, { pan: pan(2) });
    const remembered = await Promise.all([
      store.sessions.remember(opening(), ours),
      store.sessions.remember(opening({ pan: pan(2), request: "another request" }), theirs),
    ]);
    expect(remembered.filter((each) => each === "CONFLICT")).toHaveLength(1);
    const kept = remembered.find((each) => each !== "CONFLICT");
    const request = remembered[0] === "CONFLICT" ? { pan: pan(2), request: "another request" } : {};
    expect(await store.sessions.open(opening(request))).toEqual({ outcome: "REPLAYED", session: kept });
  });

  it("keeps the consent of the request that is given an open session, once", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await opened(store);
    const { consent } = opening();
    const narrower = opening({ documents: ["FILINGS"], consent: { ...consent, dataLifeDays: 7 } });
    for (let times = 1; times <= 2; times += 1) await store.sessions.remember(narrower, session);
    const taxpayer = (await store.taxpayers.byPan("lender", [pan(1)])).get(pan(1));
    expect(taxpayer?.consents.map(({ documents, dataLifeDays }) => [documents, dataLifeDays])).toEqual([
      [["FILINGS", "TAX_CREDITS"], 30],
      [["FILINGS"], 7],
    ]);
    const { records } = await store.consents.records("lender", { first: 5 });
    expect(records).toMatchObject([
      { kind: "GRANTED", documents: ["FILINGS"], sessionId: session.id },
      { kind: "GRANTED", consentId: session.consentId },
    ]);
  });

  it("executes once when the same request comes many times at once", async () => {
    await using place = await newPlace();
    await using one = await place.open();
    await using two = await place.open();
    const asked = await Promise.all(
      Array.from({ length: 10 }, (_, turn) => (turn % 2 === 0 ? one : two).sessions.open(opening())),
    );
    expect(outcomes(asked)).toEqual(["OPENED", ...Array<string>(9).fill("REPLAYED")]);
    expect(new Set(asked.map(idOf)).size).toBe(1);
  });

  it("executes one of two requests that bring it for different people at once", async () => {
    await using place = await newPlace();
    await using one = await place.open();
    await using two = await place.open();
    const asked = await Promise.all([
      one.sessions.open(opening()),
      two.sessions.open(opening({ pan: pan(2), request: "another request" })),
    ]);
    expect(outcomes(asked)).toEqual(["CONFLICT", "OPENED"]);
  });

  it("is not remembered for a request that found the person busy", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await opened(store, { tenant: "broker" });
    expect(await store.sessions.open(opening())).toMatchObject({ outcome: "BUSY" });
    await store.sessions.change(session, ending("NONE"));
    expect(await store.sessions.open(opening())).toMatchObject({ outcome: "OPENED" });
  });

  it("is forgotten after a day", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await opened(store, { idempotencyKey: "key-1" });
    await store.sessions.change(session, ending("NONE"));
    const dayLater = opening({ nowMs: startMs + dayMs, request: "another request" });
    expect(await store.sessions.open({ ...dayLater, nowMs: dayLater.nowMs - 1 })).toEqual({ outcome: "CONFLICT" });
    expect(await store.sessions.open(dayLater)).toMatchObject({ outcome: "OPENED" });
  });

  it("is deleted once it is forgotten", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await opened(store);
    const count = async () => (await sql(await place.url(), "select from aaygraph.idempotency_keys")).length;
    await store.sessions.deleteExpired(startMs + dayMs - 1);
    expect(await count()).toBe(1);
    await store.sessions.deleteExpired(startMs + dayMs);
    expect(await count()).toBe(0);
  });
});

/** A late logout is tried for so long. */
const patienceMs = 600_000;

describe("the lease on a person's login", () => {
  const broker = { tenant: "broker" } as const;
  const busy = { outcome: "BUSY", freeAtMs: startMs + hourMs };

  it("keeps another tenant away, and says until when", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await opened(store);
    expect(await store.sessions.open(opening(broker))).toEqual(busy);
  });

  it("goes to one of two tenants that ask at once", async () => {
    await using place = await newPlace();
    await using one = await place.open();
    await using two = await place.open();
    const asked = await Promise.all([one.sessions.open(opening()), two.sessions.open(opening(broker))]);
    expect(outcomes(asked)).toEqual(["BUSY", "OPENED"]);
  });

  it.each([
    ["of another person", { pan: pan(2) }],
    ["at another provider", { provider: "TUTELAR" }],
    ["where logins do not disturb each other", { isAlone: false }],
  ] as const)("leaves a login %s free", async (_, changes) => {
    await using place = await newPlace();
    await using store = await place.open();
    await opened(store);
    expect(await store.sessions.open(opening({ ...broker, ...changes }))).toMatchObject({ outcome: "OPENED" });
  });

  it("ends with a session of which the provider need not hear", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await store.sessions.change(await opened(store), ending("NONE"));
    expect(await store.sessions.open(opening(broker))).toMatchObject({ outcome: "OPENED" });
  });

  it.each(["SENT", "GIVEN_UP"] as const)("lasts until the logout that is due is %s", async (logout) => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await opened(store);
    await store.sessions.change(session, ending("DUE"));
    expect(await store.sessions.open(opening(broker))).toEqual(busy);
    await store.sessions.loggedOut(session, logout);
    expect(await store.sessions.open(opening(broker))).toMatchObject({ outcome: "OPENED" });
  });

  it("outlives the session by the time that a logout is given", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await opened(store);
    expect(await store.sessions.open(opening({ ...broker, nowMs: startMs + hourMs - 1 }))).toEqual(busy);
    const outcome = await store.sessions.open(
      opening({ ...broker, nowMs: startMs + hourMs, expiresAtMs: startMs + 2 * hourMs }),
    );
    expect(outcome).toEqual({ outcome: "BUSY", freeAtMs: startMs + hourMs + 5_000 });
    const nowMs = startMs + hourMs + patienceMs;
    expect(await store.sessions.open(opening({ ...broker, nowMs, expiresAtMs: nowMs + hourMs }))).toMatchObject({
      outcome: "OPENED",
    });
  });

  it("is not freed by the late logout of a session whose lease another one has by now", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const first = await opened(store);
    await store.sessions.change(first, ending("DUE"));
    const nowMs = startMs + hourMs + patienceMs;
    await opened(store, { nowMs, expiresAtMs: nowMs + hourMs });
    await store.sessions.loggedOut(first, "SENT");
    expect(await store.sessions.open(opening({ ...broker, nowMs }))).toEqual({
      outcome: "BUSY",
      freeAtMs: nowMs + hourMs,
    });
  });

  it("is deleted once it has expired", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await opened(store);
    const count = async () => (await sql(await place.url(), "select from aaygraph.leases")).length;
    await store.sessions.deleteExpired(startMs + hourMs + patienceMs - 1);
    expect(await count()).toBe(1);
    await store.sessions.deleteExpired(startMs + hourMs + patienceMs);
    expect(await count()).toBe(0);
  });
});
