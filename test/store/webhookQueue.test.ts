import { Secret } from "../../src/kernel/secret";
import { appendEvents } from "../../src/store/events/outbox";
import type { Store } from "../../src/store/store";
import type { AttemptResult, Endpoint, EndpointPlace } from "../../src/webhooks/ports";
import type { TenantEvent } from "../../src/domain/tenantEvent";
import { insideOf } from "./granting";
import { placesOnOneServer } from "./sessionPlace";
import { dayMs, sql, startMs, type StorePlace } from "./storePlace";

const newPlace = placesOnOneServer();

const minuteMs = 60_000;
const secret = new Secret("whsec_c2VjcmV0LW9mLXRoaXJ0eS10d28tYnl0ZXMtLi4uLi4=");

async function made(store: Store, changes: Partial<Pick<Endpoint, "kinds" | "url">> = {}): Promise<EndpointPlace> {
  const created = await store.endpoints.create({
    createdBy: { tenant: "lender", subject: "backend", scopes: ["events:read"] },
    url: "https://backend.example/",
    kinds: ["SESSION_CHANGED", "CONSENT_GRANTED"],
    document: undefined,
    secret,
    idempotencyKey: JSON.stringify(changes),
    by: { subject: "backend", requestId: "one" },
    nowMs: startMs,
    ...changes,
  });
  if (!("endpoint" in created)) throw new Error(created.outcome);
  return { tenant: "lender", endpointId: created.endpoint.id };
}

function changed(sessionId: string): TenantEvent {
  return { kind: "SESSION_CHANGED", atMs: startMs, sessionId };
}

async function happen(place: StorePlace, events: readonly TenantEvent[]): Promise<void> {
  await using inside = await insideOf(await place.url());
  await appendEvents(inside.database, "lender", events);
}

function claimAt(store: Store, endpoint: EndpointPlace, nowMs = startMs, most = 100) {
  return store.deliveries.claim(endpoint, { nowMs, untilMs: nowMs + minuteMs, most });
}

function finishAt(nowMs: number) {
  return { nowMs, failingBeforeMs: nowMs - 5 * dayMs };
}

const delivered: AttemptResult = { outcome: "DELIVERED", status: 204 };

describe("the queue of deliveries", () => {
  it("has a delivery for each event of a wanted kind", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const endpoint = await made(store);
    await happen(place, [changed("ss_1"), { kind: "DATA_BROUGHT", atMs: startMs, sessionId: "ss_2" }, changed("ss_3")]);
    expect(await store.deliveries.due(startMs)).toEqual([endpoint]);
    expect(await claimAt(store, endpoint)).toMatchObject([
      { event: { sequence: 1, sessionId: "ss_1" }, number: 1, url: "https://backend.example/" },
      { event: { sequence: 3, sessionId: "ss_3" } },
    ]);
  });

  it("has none for what had been numbered before the endpoint was made", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await happen(place, [changed("ss_1")]);
    await store.deliveries.due(startMs);
    await made(store);
    expect(await store.deliveries.due(startMs)).toEqual([]);
  });

  it("lends a session's next event only once the one before is settled", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const endpoint = await made(store);
    await happen(place, [changed("ss_1"), changed("ss_1"), changed("ss_2")]);
    await store.deliveries.due(startMs);
    const [first, other, ...none] = await claimAt(store, endpoint);
    expect([first, other].map((attempt) => attempt!.event.sequence)).toEqual([1, 3]);
    expect(none).toEqual([]);
    const nextAtMs = startMs + minuteMs;
    await store.deliveries.finish(first!, { outcome: "FAILED", status: 500, nextAtMs }, finishAt(startMs));
    expect(await claimAt(store, endpoint, nextAtMs - 1)).toEqual([]);
    const [again] = await claimAt(store, endpoint, nextAtMs);
    expect(again).toMatchObject({ event: { id: first!.event.id }, number: 2 });
    await store.deliveries.finish(again!, delivered, finishAt(nextAtMs));
    expect(await claimAt(store, endpoint, nextAtMs)).toMatchObject([{ event: { sequence: 2 } }]);
  });

  it("goes on past an event that has failed for good", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const endpoint = await made(store);
    await happen(place, [changed("ss_1"), changed("ss_1")]);
    await store.deliveries.due(startMs);
    const [first] = await claimAt(store, endpoint);
    await store.deliveries.finish(first!, { outcome: "FAILED", status: 500, nextAtMs: undefined }, finishAt(startMs));
    expect(await claimAt(store, endpoint)).toMatchObject([{ event: { sequence: 2 } }]);
  });

  it("lends each delivery to one of several processes", async () => {
    await using place = await newPlace();
    await using one = await place.open();
    await using other = await place.open();
    const endpoint = await made(one);
    await happen(
      place,
      Array.from({ length: 40 }, (_, number) => changed(`ss_${number}`)),
    );
    await one.deliveries.due(startMs);
    const claims = await Promise.all([one, other, one, other].map((store) => claimAt(store, endpoint, startMs, 10)));
    const sequences = claims.flat().map(({ event }) => event.sequence);
    expect(new Set(sequences).size).toBe(sequences.length);
  });

  it("lends what a dead process had claimed", async () => {
    await using place = await newPlace();
    const dead = await place.open();
    const endpoint = await made(dead);
    await happen(place, [changed("ss_1")]);
    await dead.deliveries.due(startMs);
    expect(await claimAt(dead, endpoint)).toHaveLength(1);
    await using store = await place.open();
    expect(await claimAt(store, endpoint)).toEqual([]);
    await dead[Symbol.asyncDispose]();
    await store.deliveries.freeClaims();
    expect(await claimAt(store, endpoint)).toMatchObject([{ number: 2 }]);
  });

  it("lends what was claimed for too long", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const endpoint = await made(store);
    await happen(place, [changed("ss_1")]);
    await store.deliveries.due(startMs);
    await claimAt(store, endpoint);
    expect(await claimAt(store, endpoint, startMs + minuteMs - 1)).toEqual([]);
    expect(await claimAt(store, endpoint, startMs + minuteMs)).toHaveLength(1);
  });

  it("does not count what was put off", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const endpoint = await made(store);
    await happen(place, [changed("ss_1")]);
    await store.deliveries.due(startMs);
    const [attempt] = await claimAt(store, endpoint);
    await store.deliveries.finish(attempt!, { outcome: "PUT_OFF", nextAtMs: startMs + 1 }, finishAt(startMs));
    expect(await claimAt(store, endpoint)).toEqual([]);
    expect(await claimAt(store, endpoint, startMs + 1)).toMatchObject([{ number: 1 }]);
  });

  it("lends nothing of an endpoint that has failed for five days", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const endpoint = await made(store);
    await happen(place, [changed("ss_1"), changed("ss_2")]);
    await store.deliveries.due(startMs);
    const [first, second] = await claimAt(store, endpoint);
    const failed: AttemptResult = { outcome: "FAILED", status: undefined, nextAtMs: startMs + 5 * dayMs };
    expect(await store.deliveries.finish(first!, failed, finishAt(startMs))).toEqual({ isDisabled: false });
    const late = startMs + 5 * dayMs;
    expect(await store.deliveries.finish(second!, failed, finishAt(late - 1))).toEqual({ isDisabled: false });
    const [again] = await claimAt(store, endpoint, late);
    expect(await store.deliveries.finish(again!, failed, finishAt(late))).toEqual({ isDisabled: true });
    expect(await store.deliveries.due(late)).toEqual([]);
    const { deliveries } = await store.endpoints.deliveries(endpoint, { first: 10 });
    expect(deliveries).toMatchObject([{ state: "FAILED" }, { state: "FAILED" }]);
  });

  it("counts the days of failing from the last success", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const endpoint = await made(store);
    await happen(place, [changed("ss_1"), changed("ss_2"), changed("ss_3")]);
    await store.deliveries.due(startMs);
    const [first, second, third] = await claimAt(store, endpoint);
    const failed: AttemptResult = { outcome: "FAILED", status: 500, nextAtMs: undefined };
    await store.deliveries.finish(first!, failed, finishAt(startMs));
    await store.deliveries.finish(second!, delivered, finishAt(startMs + dayMs));
    const finished = await store.deliveries.finish(third!, failed, finishAt(startMs + 6 * dayMs));
    expect(finished).toEqual({ isDisabled: false });
  });

  it("keeps no secret in the clear", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const endpoint = await made(store);
    await happen(place, [changed("ss_1")]);
    await store.deliveries.due(startMs);
    const [attempt] = await claimAt(store, endpoint);
    expect(attempt!.secrets.map((each) => each.reveal())).toEqual([secret.reveal()]);
    const url = await place.url();
    const [row] = await sql<{ sealed: Buffer }>(url, "select sealed from aaygraph.webhook_secrets");
    expect(row!.sealed.toString("latin1")).not.toContain(secret.reveal().slice(6, 20));
  });

  it("has no more endpoints of a tenant than twenty", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    for (let number = 0; number < 20; number += 1) await made(store, { url: `https://backend.example/${number}` });
    await expect(made(store, { url: "https://backend.example/20" })).rejects.toThrow("TOO_MANY");
  });
});
