import type { Clock } from "../kernel/clock";
import type { Events } from "../kernel/events";
import type { Secret } from "../kernel/secret";
import type { TaxpayerStore } from "../sources/taxpayerStore";
import type { CallSlotStore } from "../upstream/callSlotStore";
import type { SecretStore } from "../upstream/secretStore";
import { createCallSlots } from "./callSlots";
import { openDatabase } from "./database";
import { startEmbedded } from "./embedded";
import { openKeyring } from "./keyring";
import { masterKeysOf } from "./masterKeys";
import { migrate } from "./migrations";
import { rewrapKeys, type Rewrapped } from "./rewrap";
import { createSharedSecrets } from "./sharedSecrets";
import { createTaxpayers } from "./taxpayers";

interface StoreSettings {
  /** Unset starts the embedded PostgreSQL in the data folder. */
  readonly databaseUrl?: Secret | undefined;
  readonly dataDir: string;
  readonly masterKey: Secret<Buffer>;
  readonly oldMasterKeys: readonly Secret<Buffer>[];
  readonly clock: Clock;
  readonly events: Events;
}

export interface Store extends AsyncDisposable {
  readonly taxpayers: TaxpayerStore;
  readonly sharedSecrets: SecretStore;
  readonly callSlots: CallSlotStore;
  /** Seals every key anew under the current master key. */
  rewrap(): Promise<Rewrapped>;
  ready(): Promise<boolean>;
  /** Returns how many answers are gone. */
  deleteExpired(): Promise<number>;
}

/** Opens everything, or nothing: when a step fails, those before it are closed again. */
export async function openStore(settings: StoreSettings): Promise<Store> {
  const { clock, events } = settings;
  const masterKeys = masterKeysOf(settings.masterKey, settings.oldMasterKeys);
  await using opening = new AsyncDisposableStack();

  let url = settings.databaseUrl;
  if (url === undefined) {
    const server = await startEmbedded(settings);
    opening.defer(() => server.stop());
    url = server.url;
  }
  const database = await openDatabase(url, (error) => {
    events.emit("background failed", { what: "an idle connection to PostgreSQL", error });
  });
  opening.defer(() => database.close());
  await migrate(database);
  const keyring = await openKeyring(database, masterKeys);
  const taxpayers = createTaxpayers(database, keyring, clock, (what) => {
    events.emit("background failed", { what: "reading what is held", error: new Error(what) });
  });
  const sharedSecrets = createSharedSecrets(database, masterKeys);
  const callSlots = createCallSlots(database);

  const opened = opening.move();
  return {
    taxpayers,
    sharedSecrets,
    callSlots,
    rewrap: () => rewrapKeys(database, masterKeys),
    ready: () =>
      database.ping().then(
        () => true,
        () => false,
      ),
    async deleteExpired() {
      const nowMs = clock.now();
      await Promise.all([sharedSecrets.deleteExpired(nowMs), callSlots.deleteExpired(nowMs)]);
      return taxpayers.deleteExpired(nowMs);
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
