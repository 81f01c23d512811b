import { randomBytes } from "node:crypto";
import { Secret } from "../../src/kernel/secret";
import type { Store } from "../../src/store/store";
import { insertSubjects } from "../../src/store/taxpayers/subjects";
import { insideOf } from "./granting";
import { opened, placesOnOneServer } from "./sessionPlace";
import { answer, dayMs, masterKey, met, pan, sql, startMs, type StorePlace } from "./storePlace";

const newPlace = placesOnOneServer();

async function idsOf(store: Store, numbers: readonly number[], tenant = "lender") {
  const pans = numbers.map(pan);
  const heldByPan = await store.taxpayers.byPan(tenant, pans);
  return pans.map((each) => heldByPan.get(each)?.id);
}

async function subjects(place: StorePlace) {
  return sql<{ id: string; lookup: Buffer; tenant: string }>(
    await place.url(),
    "select tenant, id, lookup from aaygraph.subjects order by id",
  );
}

async function lookupOf(place: StorePlace, number: number): Promise<Buffer> {
  await using inside = await insideOf(await place.url());
  return inside.keyring.lookups("lender", pan(number))[0];
}

/** The last batch fails, as if the command were killed before it. */
async function stopHalfway(place: StorePlace): Promise<void> {
  await sql(
    await place.url(),
    `create function aaygraph.stop() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$;
     create trigger stop before update of lookup on aaygraph.subjects
       for each row when (new.id = '${(await subjects(place)).at(-1)!.id}') execute function aaygraph.stop();`,
  );
}

async function goOn(place: StorePlace): Promise<void> {
  await sql(await place.url(), "drop trigger stop on aaygraph.subjects");
}

const many = Array.from({ length: 700 }, (_, number) => number);

describe("a rotation of a tenant's look-up key", () => {
  it("keeps every taxpayer findable, past the end of a batch", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const ids = await idsOf(store, many);
    expect(await store.rotateLookupKey("lender")).toBe(many.length);
    expect(await idsOf(store, many)).toEqual(ids);
    expect(await subjects(place)).toHaveLength(many.length);
  });

  it("keeps every taxpayer findable in a process that opens the store afterwards", async () => {
    await using place = await newPlace();
    let id: string;
    {
      await using store = await place.open();
      ({ id } = await met(store));
      await store.rotateLookupKey("lender");
    }
    await using later = await place.open();
    expect(await met(later)).toMatchObject({ id });
  });

  it("keeps every taxpayer findable when it is done again", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const { id } = await met(store);
    const rotate = () => store.rotateLookupKey("lender");
    expect([await rotate(), await rotate(), await rotate()]).toEqual([1, 1, 1]);
    expect(await met(store)).toMatchObject({ id });
  });

  it("changes nothing for other tenants", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const { id } = await met(store, "broker");
    const before = await subjects(place);
    expect(await store.rotateLookupKey("lender")).toBe(0);
    expect(await subjects(place)).toEqual(before);
    expect(await met(store, "broker")).toMatchObject({ id });
  });

  it("leaves no look-up value of the earlier key, even of erased subjects", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await idsOf(store, [1, 2]);
    await store.erasures.erase("lender", pan(2), startMs);
    const before = await Promise.all([1, 2].map((number) => lookupOf(place, number)));
    await store.rotateLookupKey("lender");
    const after = await subjects(place);
    expect(after.filter(({ lookup }) => before.some((earlier) => earlier.equals(lookup)))).toEqual([]);
    expect(after).toHaveLength(2);
  });

  it("leaves the erased erased", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const { id } = await met(store);
    await store.erasures.erase("lender", pan(1), startMs);
    await store.rotateLookupKey("lender");
    expect(await met(store)).toMatchObject({ id, erased: true });
  });

  it("continues under another master key", async () => {
    await using place = await newPlace();
    const next = new Secret(randomBytes(32));
    let id: string;
    {
      await using store = await place.open();
      ({ id } = await met(store));
      await store.rotateLookupKey("lender");
    }
    {
      await using store = await place.open({ masterKey: next, oldMasterKeys: [masterKey] });
      expect(await store.rewrap()).toEqual({ lookupKeys: 2, subjectKeys: 1, unreadable: 0 });
    }
    await using later = await place.open({ masterKey: next });
    expect(await met(later)).toMatchObject({ id });
  });
});

describe("a process that has not noticed the rotation", () => {
  it("finds a cached taxpayer", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await using other = await place.open();
    const { id } = await met(other);
    await met(other);
    await store.rotateLookupKey("lender");
    expect(await met(other)).toMatchObject({ id });
  });

  it("finds a taxpayer that it has not cached", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await using other = await place.open();
    const ids = await idsOf(store, [1, 2, 3]);
    await store.rotateLookupKey("lender");
    expect(await idsOf(other, [1, 2, 3])).toEqual(ids);
    expect(await subjects(place)).toHaveLength(3);
  });

  it("finds taxpayers after two rotations", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await using other = await place.open();
    const ids = await idsOf(store, [1, 2, 3]);
    await store.rotateLookupKey("lender");
    await store.rotateLookupKey("lender");
    expect(await idsOf(other, [1, 2, 3])).toEqual(ids);
  });

  it("does not answer from its cache after a newer answer was stored", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await using other = await place.open();
    const { id } = await met(store);
    await store.taxpayers.keep("lender", id, [answer()]);
    expect((await met(other)).answers).toHaveLength(1);
    await store.rotateLookupKey("lender");
    await store.taxpayers.keep("lender", id, [answer({ period: "2023-24" })]);
    expect((await met(other)).answers).toHaveLength(2);
  });

  it("stores new taxpayers by the new key", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await using other = await place.open();
    await store.rotateLookupKey("lender");
    const { id } = await met(other);
    expect(await met(store)).toMatchObject({ id });
    expect(await store.rotateLookupKey("lender")).toBe(1);
  });

  it("finds the live sessions of a person", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await using other = await place.open();
    const session = await opened(store);
    await store.rotateLookupKey("lender");
    expect(await other.sessions.live("lender", { pan: pan(1) })).toEqual([session]);
  });

  it("lists the sessions of a person", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await using other = await place.open();
    const session = await opened(store);
    await store.rotateLookupKey("lender");
    const page = await other.sessions.list("lender", { pan: pan(1), first: 10 });
    expect(page).toEqual({ sessions: [session], hasNext: false });
  });

  it("opens a session for a known person", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await using other = await place.open();
    const { id } = await met(store);
    await store.rotateLookupKey("lender");
    expect(await opened(other)).toMatchObject({ taxpayerId: id });
  });

  it("erases a known person", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await using other = await place.open();
    const { id } = await met(store);
    await store.rotateLookupKey("lender");
    const erased = await other.erasures.erase("lender", pan(1), startMs + dayMs);
    expect(erased).toMatchObject({ receipt: { taxpayerId: id, destroyed: { keys: 1 } } });
  });

  it("erases an unknown person by the new key", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await using other = await place.open();
    await store.rotateLookupKey("lender");
    await other.erasures.erase("lender", pan(1), startMs);
    expect(await met(store)).toMatchObject({ erased: true });
    expect(await subjects(place)).toHaveLength(1);
  });
});

describe("a rotation that was cut short", () => {
  it("leaves everybody to be found, by the old or the new key", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await using other = await place.open();
    const ids = await idsOf(store, many);
    await stopHalfway(place);
    await expect(store.rotateLookupKey("lender")).rejects.toThrow("killed");
    await using later = await place.open();
    expect(await idsOf(store, many)).toEqual(ids);
    expect(await idsOf(other, many)).toEqual(ids);
    expect(await idsOf(later, many)).toEqual(ids);
    expect(await subjects(place)).toHaveLength(many.length);
  });

  it("leaves the erased erased for a process that starts then", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await idsOf(store, many);
    for (const number of many.slice(0, 2)) await store.erasures.erase("lender", pan(number), startMs);
    await stopHalfway(place);
    await expect(store.rotateLookupKey("lender")).rejects.toThrow("killed");
    await using other = await place.open();
    const heldByPan = await other.taxpayers.byPan("lender", many.map(pan));
    expect([...heldByPan.values()].filter(({ erased }) => erased)).toHaveLength(2);
    expect(await subjects(place)).toHaveLength(many.length);
  });

  it("lets a person who was erased under the earlier key give a new consent", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const { id } = await met(store);
    await store.erasures.erase("lender", pan(1), startMs);
    await stopHalfway(place);
    await expect(store.rotateLookupKey("lender")).rejects.toThrow("killed");
    await using other = await place.open();
    await goOn(place);
    const { taxpayerId } = await opened(other);
    expect(taxpayerId).not.toBe(id);
    await store.rotateLookupKey("lender");
    expect(await met(store)).toMatchObject({ id: taxpayerId, erased: false });
  });

  it("makes no second taxpayer of one that it has not re-keyed yet", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await met(store);
    await stopHalfway(place);
    await expect(store.rotateLookupKey("lender")).rejects.toThrow("killed");
    await using inside = await insideOf(await place.url());
    const people = { tenant: "lender", pans: [pan(1)], nowMs: startMs };
    expect(await insertSubjects(inside.database, inside.keyring, people)).toEqual([]);
  });

  it("is finished by the next run", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const ids = await idsOf(store, many);
    await stopHalfway(place);
    await expect(store.rotateLookupKey("lender")).rejects.toThrow("killed");
    await goOn(place);
    expect(await store.rotateLookupKey("lender")).toBe(many.length - 500);
    expect(await idsOf(store, many)).toEqual(ids);
    const keys = await sql(await place.url(), "select number, rotated_at from aaygraph.lookup_keys");
    expect(keys).toEqual([{ number: 1, rotated_at: new Date(startMs) }]);
  });
});

describe("two rotations of one tenant at once", () => {
  it("keep every taxpayer findable", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await using other = await place.open();
    const ids = await idsOf(store, many);
    await Promise.all([store.rotateLookupKey("lender"), other.rotateLookupKey("lender")]);
    expect(await idsOf(other, many)).toEqual(ids);
  });
});

describe("several processes at work during rotations", () => {
  it("find every person as one taxpayer", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await using other = await place.open();
    await using third = await place.open();
    const known = await idsOf(store, many);
    let isOver = false;
    let next = many.length;
    const strangers: string[][] = [];
    async function work(at: Store, from: Store) {
      while (!isOver) {
        const numbers = [next, next + 1, next + 2];
        next += 3;
        const [ours, theirs] = await Promise.all([idsOf(at, numbers), idsOf(from, numbers.toReversed())]);
        strangers.push([...ours.map(String), "=", ...theirs.toReversed().map(String)]);
        expect(await idsOf(at, many.slice(0, 50))).toEqual(known.slice(0, 50));
        expect(await opened(at, { pan: pan(numbers[0]!) })).toMatchObject({ taxpayerId: ours[0] });
      }
    }
    const working = Promise.all([work(other, third), work(third, other)]);
    const rotate = () => store.rotateLookupKey("lender");
    await rotate().then(rotate).then(rotate);
    isOver = true;
    await working;
    expect(strangers.length).toBeGreaterThan(0);
    for (const each of strangers) expect(each.slice(0, 3)).toEqual(each.slice(4));
    expect(await idsOf(store, many)).toEqual(known);
    expect(await subjects(place)).toHaveLength(next);
    const behind = "select from aaygraph.subjects where lookup_key <> 3";
    expect(await sql(await place.url(), behind)).toEqual([]);
  }, 60_000);
});
