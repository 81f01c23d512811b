import { openDatabase } from "../../src/store/database";
import { migrate } from "../../src/store/migrations";
import { callSlotsContract } from "./callSlotsContract";
import { heldContract } from "./heldContract";
import { sealingContract } from "./sealingContract";
import { sharedSecretsContract } from "./sharedSecretsContract";
import { ignore, met, sql, type StorePlace } from "./storePlace";

/** What every engine under the store must do. */
export function storeContract(newPlace: () => Promise<StorePlace>): void {
  heldContract(newPlace);
  sealingContract(newPlace);
  sharedSecretsContract(newPlace);
  callSlotsContract(newPlace);

  describe("migrations", () => {
    it("run once when several processes start together", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      expect(await store.ready()).toBe(true);
      const url = await place.url();
      await sql(url, "drop schema aaygraph cascade");
      await using databases = new AsyncDisposableStack();
      const opened = await Promise.all(Array.from({ length: 5 }, () => openDatabase(url, ignore)));
      for (const database of opened) databases.defer(() => database.close());
      await Promise.all(opened.map(migrate));
      expect(await sql(url, "select number from aaygraph.migrations")).toEqual([{ number: 1 }, { number: 2 }]);
    });

    it("of a newer release refuse this one", async () => {
      await using place = await newPlace();
      {
        await using store = await place.open();
        expect(await store.ready()).toBe(true);
        await sql(await place.url(), "insert into aaygraph.migrations values (9999)");
      }
      await expect(place.open()).rejects.toMatchObject({
        name: "StoreUnavailable",
        message: expect.stringContaining("newer release") as string,
      });
    });
  });

  it("goes on after the server has cut every connection", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const before = await met(store);
    await sql(
      await place.url(),
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'aaygraph'",
    );
    while (!(await store.ready())) continue;
    expect(await met(store)).toEqual(before);
  });
}
