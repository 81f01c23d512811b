import { callSlotsContract } from "./callSlotsContract";
import { consentRecordsContract } from "./consentRecordsContract";
import { consentsContract } from "./consentsContract";
import { documentLinksContract } from "./documentLinksContract";
import { erasuresContract } from "./erasuresContract";
import { heldContract } from "./heldContract";
import { migrationsContract } from "./migrationsContract";
import { purposesContract } from "./purposesContract";
import { rateWindowsContract } from "./rateWindowsContract";
import { sealingContract } from "./sealingContract";
import { sharedSecretsContract } from "./sharedSecretsContract";
import { answer, met, sql, type StorePlace } from "./storePlace";

/** Sealing, and what processes share. */
export function keysContract(newPlace: () => Promise<StorePlace>): void {
  sealingContract(newPlace);
  sharedSecretsContract(newPlace);
  callSlotsContract(newPlace);
  rateWindowsContract(newPlace);
}

/** Consents, their records, and erasure. */
export function peopleContract(newPlace: () => Promise<StorePlace>): void {
  consentsContract(newPlace);
  purposesContract(newPlace);
  consentRecordsContract(newPlace);
  documentLinksContract(newPlace);
  erasuresContract(newPlace);
}

/** Stored answers, and the database. */
export function heldOnEngineContract(newPlace: () => Promise<StorePlace>): void {
  heldContract(newPlace);
  engineContract(newPlace);
}

/** A small part of the contract, for the embedded server too: starting one for each test takes time. */
export function engineContract(newPlace: () => Promise<StorePlace>): void {
  migrationsContract(newPlace);

  it("reads what was stored before it was closed", async () => {
    await using place = await newPlace();
    const first = await place.open();
    const { id } = await met(first);
    await first.taxpayers.keep("lender", id, [answer()]);
    await first[Symbol.asyncDispose]();
    await using second = await place.open();
    expect((await met(second)).answers).toEqual([answer()]);
  });

  it("continues after the server has cut every connection", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const before = await met(store);
    await sql(
      await place.url(),
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'aaygraph store %'",
    );
    while (!(await store.ready())) continue;
    expect(await met(store)).toEqual(before);
  });
}
