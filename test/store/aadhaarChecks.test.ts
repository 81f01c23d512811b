import { Secret } from "../../src/kernel/secret";
import type { NewAadhaarCheck } from "../../src/reading/ports";
import { terms } from "./granting";
import { dayMs, embeddedPlace, newDataDir, pan, sql, startMs, type StorePlace } from "./storePlace";

const dataDir = newDataDir();
let place: StorePlace;

beforeAll(async () => {
  place = await embeddedPlace(dataDir.path);
});

afterAll(() => dataDir[Symbol.asyncDispose]());

function asked(changes: Partial<NewAadhaarCheck> = {}): NewAadhaarCheck {
  return {
    tenant: "lender",
    by: { subject: "ann", requestId: "r1" },
    pan: pan(1),
    provider: "KWIKID",
    consent: terms({ expiresAtMs: startMs + 30 * dayMs }),
    idempotencyKey: "first",
    request: new Secret("ZZZP 9999"),
    nowMs: startMs,
    ...changes,
  };
}

describe("the key of an Aadhaar check", () => {
  it("is forgotten after a day", async () => {
    await using store = await place.open();
    expect(await store.aadhaarChecks.begin(asked())).toMatchObject({ outcome: "BEGUN" });
    expect(await store.aadhaarChecks.begin(asked({ nowMs: startMs + dayMs - 1 }))).toMatchObject({
      outcome: "UNDER_WAY",
    });
    expect(await store.aadhaarChecks.begin(asked({ nowMs: startMs + dayMs }))).toMatchObject({ outcome: "BEGUN" });
  });

  it("is deleted with its digest once it is forgotten", async () => {
    await using store = await place.open();
    await sql(await place.url(), "update aaygraph.aadhaar_checks set expires_at = $1", [new Date(startMs)]);
    await store.deleteExpired();
    expect(await sql(await place.url(), "select from aaygraph.aadhaar_checks")).toEqual([]);
  });

  it("makes another digest of the same request under another key", async () => {
    await using store = await place.open();
    for (const idempotencyKey of ["second", "third"]) await store.aadhaarChecks.begin(asked({ idempotencyKey }));
    const rows = await sql(await place.url(), "select distinct request_digest from aaygraph.aadhaar_checks");
    expect(rows).toHaveLength(2);
  });

  it("opens no result that was moved to another check", async () => {
    await using store = await place.open();
    const request = asked({ idempotencyKey: "fourth" });
    const begun = await store.aadhaarChecks.begin(request);
    if (begun.outcome !== "BEGUN") throw new Error(begun.outcome);
    await store.aadhaarChecks.finish(begun.check, { link: { linked: true } }, startMs);
    await store.aadhaarChecks.begin(asked({ idempotencyKey: "fifth" }));
    const moved =
      "update aaygraph.aadhaar_checks set sealed_result = (select sealed_result from aaygraph.aadhaar_checks";
    await sql(await place.url(), `${moved} where sealed_result is not null) where sealed_result is null`);
    expect(await store.aadhaarChecks.begin(request)).toMatchObject({ outcome: "DONE" });
    await expect(store.aadhaarChecks.begin(asked({ idempotencyKey: "fifth" }))).rejects.toMatchObject({
      code: "INTERNAL",
    });
  });
});
