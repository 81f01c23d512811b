import { randomBytes } from "node:crypto";
import { manualClock } from "../../src/kernel/clock";
import { Secret } from "../../src/kernel/secret";
import type { SharedValue } from "../../src/upstream/ports";
import { dayMs, masterKey, sql, startMs, type StorePlace } from "./storePlace";

const name = "token of DEEPVUE at 127.0.0.1";
const canary = "canary-token-5e1b";
const make = (text: string) => jest.fn(() => Promise.resolve(value(text)));
const unmade = () => Promise.reject(new Error("nobody was to make one"));

function value(text: string): SharedValue {
  return { secret: new Secret(text), expiresAtMs: startMs + dayMs };
}

/** One process makes a secret and all share it. The tables hold it encrypted. */
export function sharedSecretsContract(newPlace: () => Promise<StorePlace>): void {
  describe("a shared secret", () => {
    it("comes back to another process as it was made", async () => {
      await using place = await newPlace();
      await using one = await place.open();
      await one.sharedSecrets.obtain(name, startMs, make("the token"));
      await using two = await another(place);
      const shared = await two.sharedSecrets.obtain(name, startMs, unmade);
      expect([shared.secret.reveal(), shared.expiresAtMs]).toEqual(["the token", startMs + dayMs]);
    });

    it("is made by one of several processes that start together", async () => {
      await using place = await newPlace();
      await using first = await place.open();
      await using second = await another(place);
      let made = 0;
      const making = async () => {
        await new Promise(setImmediate);
        made += 1;
        return value(`token ${made}`);
      };
      const stores = Array.from({ length: 6 }, (_, turn) => (turn % 2 === 0 ? first : second));
      const shared = await Promise.all(stores.map((store) => store.sharedSecrets.obtain(name, startMs, making)));
      expect(new Set(shared.map(({ secret }) => secret.reveal()))).toEqual(new Set(["token 1"]));
    });

    it("is made by the next one when the first cannot", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await expect(store.sharedSecrets.obtain(name, startMs, unmade)).rejects.toThrow("nobody");
      expect((await store.sharedSecrets.obtain(name, startMs, make("second"))).secret.reveal()).toBe("second");
    });

    it("is made again when it expires too soon", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await store.sharedSecrets.obtain(name, startMs, make("old"));
      expect((await store.sharedSecrets.obtain(name, startMs + dayMs, make("new"))).secret.reveal()).toBe("new");
    });

    it("is made again once it has been discarded", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await store.sharedSecrets.obtain(name, startMs, make("refused"));
      await store.sharedSecrets.discard(name, new Secret("refused"));
      expect((await store.sharedSecrets.obtain(name, startMs, make("next"))).secret.reveal()).toBe("next");
    });

    it("is not discarded for an earlier one that was refused", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await store.sharedSecrets.obtain(name, startMs, make("current"));
      await store.sharedSecrets.discard(name, new Secret("refused"));
      expect((await store.sharedSecrets.obtain(name, startMs, unmade)).secret.reveal()).toBe("current");
    });

    it("is readable in no table", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await store.sharedSecrets.obtain(name, startMs, make(canary));
      const [row] = await sql<{ sealed: Buffer }>(await place.url(), "select sealed from aaygraph.shared_secrets");
      expect(row?.sealed.includes(canary)).toBe(false);
    });

    it("is made again when it was moved under another name", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await store.sharedSecrets.obtain("token of another", startMs, make("moved"));
      await sql(await place.url(), "update aaygraph.shared_secrets set name = $1", [name]);
      expect((await store.sharedSecrets.obtain(name, startMs, make("own"))).secret.reveal()).toBe("own");
    });

    it("is deleted by the sweep once it has expired", async () => {
      const clock = manualClock(startMs);
      await using place = await newPlace();
      await using store = await place.open({ clock });
      await store.sharedSecrets.obtain(name, startMs, make("old"));
      clock.advance(dayMs);
      await store.deleteExpired();
      expect(await sql(await place.url(), "select name from aaygraph.shared_secrets")).toEqual([]);
    });

    it("leaves nothing under an earlier master key after a rewrap", async () => {
      await using place = await newPlace();
      {
        await using store = await place.open();
        await store.sharedSecrets.obtain(name, startMs, make("old"));
      }
      const next = new Secret(randomBytes(32));
      await using store = await place.open({ masterKey: next, oldMasterKeys: [masterKey] });
      await store.rewrap();
      expect((await store.sharedSecrets.obtain(name, startMs, make("new"))).secret.reveal()).toBe("new");
    });
  });
}

async function another(place: StorePlace) {
  return place.open({ databaseUrl: await place.url() });
}
