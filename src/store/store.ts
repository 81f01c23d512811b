import type { ProviderId } from "../domain";
import type { RateWindowStore } from "../guard/ports";
import type { Clock, Events, Secret, Tracer } from "../kernel";
import type { LinkStore } from "../links/ports";
import type { Announcements, ConsentStore, ErasureStore, Jobs, SessionStore } from "../sessions/ports";
import type {
  AadhaarCheckStore,
  AuditStore,
  FileStore,
  HealthHistory,
  DocumentLinkStore,
  Ledger,
  TaxpayerStore,
} from "../reading/ports";
import type { RunStore, UploadStore } from "../runs/ports";
import type { CallSlotStore, HealthLog, SecretStore } from "../upstream/ports";
import type { DeliveryQueue, EndpointStore, EventFeed, StoredEvent } from "../webhooks/ports";
import { createAnnouncements, deleteDeadProcesses, openListener, openJobs, startHeart } from "./queue";
import {
  acceptSetBack,
  type Anchor,
  type AnchoredTrail,
  anchorTrails,
  type AuditHead,
  createAuditTrail,
  type DetachedRecord,
  type DetachedTrail,
  detachTrail,
  makeCheckpoints,
  type Verification,
  type VerifiedTrail,
  verifyTrails,
} from "./audit";
import { createCallSlots, createRateWindows } from "./counters";
import { createAadhaarChecks, createConsents } from "./consents";
import { openDatabase } from "./database";
import { createDocumentLinks } from "./documentLinks";
import { createDurability } from "./durability";
import {
  createDeliveryQueue,
  createEndpoints,
  createEventFeed,
  deleteExpiredWebhookKeys,
  deleteOldEvents,
} from "./events";
import { createReadiness, databaseFigures, type StoreFigures } from "./health";
import { startEmbedded } from "./postgres";
import { createLedger, type Ceilings } from "./ledger";
import { createFiles, createTaxpayers } from "./taxpayers";
import { createProviderHealth } from "./providerHealth";
import { createErasures } from "./erasures";
import {
  createSharedSecrets,
  masterKeysOf,
  openKeyring,
  publicReceiptKeys,
  rewrapKeys,
  rotateLookupKey,
  rotateReceiptKey,
} from "./keys";
import { createLinks } from "./links";
import { migrate } from "./migrations";
import { createSessions } from "./sessions";
import { createRuns, createUploads } from "./runs";
import { createInvalidate, withInvalidation } from "./freshness";

interface StoreSettings {
  /** Undefined starts the embedded PostgreSQL in the data folder. */
  readonly databaseUrl?: Secret | undefined;
  /** A direct connection for LISTEN, where `databaseUrl` goes through a pooler. */
  readonly databaseListenUrl?: Secret | undefined;
  readonly databaseConnections?: number | undefined;
  /** The jobs of each have workers of their own. */
  readonly vendors?: readonly ProviderId[] | undefined;
  /** `replicated`: nothing is acknowledged without a synchronous standby. */
  readonly durability?: "replicated" | "local" | undefined;
  /** In live mode a store without a standby is worth a warning. */
  readonly isLive?: boolean | undefined;
  /** The embedded PostgreSQL has died and could not be started again. */
  readonly onLost?: ((reason: Error) => void) | undefined;
  /** What a tenant may spend in a day. */
  readonly limits?: Ceilings | undefined;
  /** How long events are kept. */
  readonly eventDays?: number | undefined;
  readonly dataDir: string;
  readonly masterKey: Secret<Buffer>;
  readonly oldMasterKeys: readonly Secret<Buffer>[];
  /** Reads the master keys again, from files that may change while the service runs. */
  readonly rereadMasterKeys?: () => readonly Secret<Buffer>[];
  readonly clock: Clock;
  readonly events: Events;
  readonly tracer?: Tracer | undefined;
}

/** The open store: one part for each port that it implements. */
export interface Store extends AsyncDisposable {
  readonly taxpayers: TaxpayerStore;
  readonly sharedSecrets: SecretStore;
  readonly callSlots: CallSlotStore;
  readonly rateWindows: RateWindowStore;
  readonly ledger: Ledger;
  readonly providerHealth: HealthLog & HealthHistory;
  readonly sessions: SessionStore;
  readonly consents: ConsentStore;
  readonly erasures: ErasureStore;
  readonly documentLinks: DocumentLinkStore;
  readonly files: FileStore;
  readonly audit: AuditStore;
  readonly feed: EventFeed;
  readonly endpoints: EndpointStore;
  readonly deliveries: DeliveryQueue;
  readonly aadhaarChecks: AadhaarCheckStore;
  readonly links: LinkStore;
  readonly runs: RunStore;
  readonly uploads: UploadStore;
  readonly announcements: Announcements;
  readonly jobs: Jobs;
  /** Seals every key again, under the newest master key. */
  rewrap(): ReturnType<typeof rewrapKeys>;
  /** Puts a new look-up key in use for this tenant; returns how many subjects were re-keyed. */
  rotateLookupKey(tenant: string): Promise<number>;
  /** The public keys of receipts, as a JWK set. */
  receiptKeys(): ReturnType<typeof publicReceiptKeys>;
  /** Puts a new key for receipts in use; returns its id. */
  rotateReceiptKey(): Promise<string>;
  /** Verifies the audit trail of this tenant, or of every tenant. */
  verifyAudit(asked?: Verification): Promise<readonly VerifiedTrail[]>;
  /** Verifies from the newest checkpoints, and makes new ones. */
  checkpointAudit(asked?: Pick<Verification, "tenant">): Promise<readonly VerifiedTrail[]>;
  /** All heads, to be kept elsewhere, held against those that were kept last. */
  anchorAudit(lastByTenant: ReadonlyMap<string, Anchor>): Promise<readonly AnchoredTrail[]>;
  /** An operator accepts that the tail of this tenant's trail is lost. */
  acceptAuditSetBack(tenant: string): Promise<AuditHead>;
  /** Hands over this tenant's audit records from before then, and deletes them. */
  detachAudit(
    tenant: string,
    beforeMs: number,
    keep: (records: readonly DetachedRecord[]) => Promise<void>,
  ): Promise<DetachedTrail>;
  ready(): Promise<boolean>;
  figures(): Promise<StoreFigures>;
  /** Returns how many answers were deleted. */
  deleteExpired(): Promise<number>;
}

const dayMs = 86_400_000;
const usualEventDays = 30;
/** Longer than any process trusts its cache. */
const newsForMs = 10_000;

/** Opens everything or nothing: when a step fails, the steps before it are undone. */
export async function openStore(settings: StoreSettings): Promise<Store> {
  const { clock, events, tracer } = settings;
  const masterKeys = masterKeysOf(settings.masterKey, settings.oldMasterKeys, settings.rereadMasterKeys);
  await using opening = new AsyncDisposableStack();

  let url = settings.databaseUrl;
  if (url === undefined) {
    const server = await startEmbedded(settings);
    opening.defer(() => server.stop());
    url = server.url;
  }
  const { databaseListenUrl, databaseConnections: connections } = settings;
  const database = await openDatabase({ url, events, tracer, connections, isPooled: databaseListenUrl !== undefined });
  opening.defer(() => database.close());
  await migrate(database);
  const keyring = await openKeyring(database, masterKeys);
  const onUnreadable = (what: string) => {
    events.emit("background failed", { what: "reading stored answers", error: new Error(what) });
  };
  const taxpayers = createTaxpayers(database, keyring, clock, onUnreadable);
  const consents = createConsents(database, keyring, onUnreadable);
  const erasures = createErasures(database, keyring, (error) => {
    events.emit("background failed", { what: "vacuuming after an erasure", error });
  });
  const files = createFiles(database, keyring);
  const sharedSecrets = createSharedSecrets(database, masterKeys);
  const callSlots = createCallSlots(database);
  const rateWindows = createRateWindows(database);
  const listener = opening.use(await openListener({ url: databaseListenUrl ?? url, events }));
  const durability = createDurability(settings, database);
  const onBeat = (isReplicated: boolean) => {
    listener.expectBeat();
    durability.note(isReplicated);
  };
  const isAlone = settings.databaseUrl === undefined;
  const { owner } = opening.use(await startHeart({ url, database, isAlone, onBeat }));
  await listener.takeOwner(owner);
  durability.requireAtStart();
  const jobs = opening.use(
    await openJobs({ database, listener, events, tracer, owner, vendors: settings.vendors ?? [] }),
  );
  const providerHealth = createProviderHealth(database, owner);
  const ceilings = settings.limits ?? { rupeesPerDay: Infinity, portalLoginsPerDay: Infinity };
  const sessions = createSessions({ database, keyring, jobs, owner, ceilings });

  const invalidate = createInvalidate(database, (tenant, taxpayerId) => {
    taxpayers.invalidate(tenant, taxpayerId);
  });
  const aadhaarChecks = createAadhaarChecks(database, keyring, invalidate);

  const links = createLinks(database, keyring);

  const runs = createRuns({ database, keyring, owner, ceilings });

  /** Another process may have written what an event is about: this one's cache must not hide it. */
  const onNews = (tenant: string, { taxpayerId, atMs }: StoredEvent) => {
    const isNews = clock.now() - atMs < newsForMs;
    if (isNews && taxpayerId !== undefined) taxpayers.invalidate(tenant, taxpayerId);
  };
  const { eventDays = usualEventDays } = settings;

  const opened = opening.move();
  return {
    ...withInvalidation({ taxpayers, sessions, consents, erasures }, invalidate),
    sharedSecrets,
    callSlots,
    rateWindows,
    ledger: createLedger(database, ceilings),
    providerHealth,
    documentLinks: createDocumentLinks(database, keyring),
    files,
    aadhaarChecks,
    links,
    runs,
    uploads: createUploads(database, keyring),
    audit: createAuditTrail(database, keyring, events),
    feed: createEventFeed(database, keyring, clock, onNews),
    endpoints: createEndpoints(database, keyring),
    deliveries: createDeliveryQueue({ database, keyring, owner, onNews }),
    announcements: createAnnouncements(listener),
    jobs,
    rewrap: () => rewrapKeys(database, masterKeys),
    rotateLookupKey: (tenant) => rotateLookupKey(database, masterKeys, tenant, clock.now()),
    receiptKeys: () => publicReceiptKeys(database),
    rotateReceiptKey: () => rotateReceiptKey(database, masterKeys),
    verifyAudit: (asked = {}) => verifyTrails(database, keyring, asked),
    checkpointAudit: (asked = {}) => makeCheckpoints(database, keyring, asked, clock.now()),
    anchorAudit: (lastByTenant) => anchorTrails(database, keyring, lastByTenant, clock.now()),
    acceptAuditSetBack: (tenant) => acceptSetBack(database, keyring, tenant, clock.now()),
    detachAudit: (tenant, beforeMs, keep) =>
      detachTrail(database, keyring, { tenant, beforeMs, nowMs: clock.now() }, keep),
    ready: createReadiness(database),
    async figures() {
      const { size, idle, waiting } = database.pool;
      return {
        connections: { inUse: size - idle, idle, waiting },
        isListening: listener.isHearing,
        isReplicated: durability.isReplicated(),
        database: await databaseFigures(database, clock.now()),
      };
    },
    async deleteExpired() {
      const nowMs = clock.now();
      await Promise.all(
        [sharedSecrets, callSlots, rateWindows, sessions, files, aadhaarChecks, links, runs, providerHealth].map(
          (expiring) => expiring.deleteExpired(nowMs),
        ),
      );
      await deleteDeadProcesses(database);
      await deleteExpiredWebhookKeys(database, nowMs);
      await deleteOldEvents(database, nowMs - eventDays * dayMs);
      return taxpayers.deleteExpired(nowMs);
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

const sweepEveryMs = 10 * 60_000;

/** Deletes what has expired, again and again, until the returned function is called. */
export function sweepExpired(store: Pick<Store, "deleteExpired">, clock: Clock, events: Events): () => void {
  let cancel: (() => void) | undefined;
  const sweepLater = () => {
    cancel = clock.after(sweepEveryMs, () => {
      store
        .deleteExpired()
        .catch((error: unknown) => {
          events.emit("background failed", { what: "deleting what has expired", error });
        })
        .finally(sweepLater);
    });
  };
  sweepLater();
  return () => cancel?.();
}
