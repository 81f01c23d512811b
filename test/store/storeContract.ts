import { callSlotsContract } from "./callSlotsContract";
import { consentRecordsContract } from "./consentRecordsContract";
import { consentsContract } from "./consentsContract";
import { documentLinksContract } from "./documentLinksContract";
import { erasuresContract } from "./erasuresContract";
import { heldContract } from "./heldContract";
import { migrationsContract } from "./migrationsContract";
import { sealingContract } from "./sealingContract";
import { sharedSecretsContract } from "./sharedSecretsContract";
import { met, sql, type StorePlace } from "./storePlace";

/** All that the store must do. */
export function storeContract(newPlace: () => Promise<StorePlace>): void {
  engineContract(newPlace);
  sealingContract(newPlace);
  sharedSecretsContract(newPlace);
  callSlotsContract(newPlace);
  consentsContract(newPlace);
  consentRecordsContract(newPlace);
  documentLinksContract(newPlace);
  erasuresContract(newPlace);
}

/** What shows that a PostgreSQL is one, wherever it comes from: a server of our own takes a while to start for each. */
export function engineContract(newPlace: () => Promise<StorePlace>): void {
  heldContract(newPlace);
  migrationsContract(newPlace);

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
