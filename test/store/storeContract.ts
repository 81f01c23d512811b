import { callSlotsContract } from "./callSlotsContract";
import { consentRecordsContract } from "./consentRecordsContract";
import { consentsContract } from "./consentsContract";
import { documentLinksContract } from "./documentLinksContract";
import { erasuresContract } from "./erasuresContract";
import { heldContract } from "./heldContract";
import { migrationsContract } from "./migrationsContract";
import { rateWindowsContract } from "./rateWindowsContract";
import { sealingContract } from "./sealingContract";
import { sharedSecretsContract } from "./sharedSecretsContract";
import { answer, met, sql, type StorePlace } from "./storePlace";

/** What is sealed, and what processes share. */
export function keysContract(newPlace: () => Promise<StorePlace>): void {
  sealingContract(newPlace);
  sharedSecretsContract(newPlace);
  callSlotsContract(newPlace);
  rateWindowsContract(newPlace);
}

/** What people have agreed to, what was done with it, and how they are forgotten. */
export function peopleContract(newPlace: () => Promise<StorePlace>): void {
  consentsContract(newPlace);
  consentRecordsContract(newPlace);
  documentLinksContract(newPlace);
  erasuresContract(newPlace);
}

/** What is held, and the engine that holds it. */
export function heldOnEngineContract(newPlace: () => Promise<StorePlace>): void {
  heldContract(newPlace);
  engineContract(newPlace);
}

/** What shows that a PostgreSQL is one, wherever it comes from: a server of our own takes a while to start for each. */
export function engineContract(newPlace: () => Promise<StorePlace>): void {
  migrationsContract(newPlace);

  it("brings back what was kept before it was closed", async () => {
    await using place = await newPlace();
    const first = await place.open();
    const { id } = await met(first);
    await first.taxpayers.keep("lender", id, [answer()]);
    await first[Symbol.asyncDispose]();
    await using second = await place.open();
    expect((await met(second)).answers).toEqual([answer()]);
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
