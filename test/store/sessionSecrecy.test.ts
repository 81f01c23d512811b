import { Secret } from "../../src/kernel/secret";
import { everyRow, occurrences } from "./sealingContract";
import { change, ending, opened, opening, placesOnOneServer } from "./sessionPlace";
import { pan, sql } from "./storePlace";

const newPlace = placesOnOneServer();

const canaries = {
  PAN: pan(7),
  ticket: "canary-ticket-51c0",
  "idempotency key": "canary-key-8d2e",
  request: "canary-request-a94f",
  "consent's reference": "canary-reference-3b7c",
};

describe("a session", () => {
  it.each(Object.entries(canaries))("leaves no %s readable in any table", async (_, canary) => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await opened(store, {
      pan: canaries.PAN,
      idempotencyKey: canaries["idempotency key"],
      request: canaries.request,
      consent: { ...opening().consent, reference: canaries["consent's reference"] },
    });
    const waiting = await store.sessions.change(
      session,
      change({ ticket: new Secret(canaries.ticket), owner: "THIS_PROCESS", jobAfterMs: 60_000 }),
    );
    const dump = await everyRow(await place.url());
    expect(occurrences(dump, session.id)).toBeGreaterThan(5);
    expect(occurrences(dump, canary)).toBe(0);
    await store.sessions.change(waiting!, ending("DUE", { jobAfterMs: 0 }));
    expect(occurrences(await everyRow(await place.url()), canary)).toBe(0);
  });

  it("keeps nothing by which a key and a request of the same text are seen to be the same", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await opened(store, { idempotencyKey: "same", request: "same" });
    const kept = await sql(
      await place.url(),
      "select from aaygraph.idempotency_keys where key_digest = request_digest",
    );
    expect(kept).toEqual([]);
  });
});
