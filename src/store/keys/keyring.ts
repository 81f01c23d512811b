import { createHmac, createSecretKey, type KeyObject } from "node:crypto";
import type { Pan } from "../../domain";
import { Fault } from "../../kernel";
import type { Database, Queries } from "../database";
import { StoreUnavailable } from "../storeUnavailable";
import type { MasterKeys, SealedKey } from "./masterKeys";
import { openReceiptKeys, type ReceiptKeys } from "./receiptKeys";
import { placeOf } from "./seal";

type DigestedText =
  | "lease"
  | "idempotency key"
  | "request"
  | "Aadhaar check key"
  | "Aadhaar check"
  | "link token"
  | "link browser"
  | "link key"
  | "link request"
  | "run key"
  | "run request"
  | "webhook key";

/** What a PAN is found by. While a rotation runs, subjects not yet re-keyed are found by the earlier value. */
type Lookups = readonly [newest: Buffer, ...earlier: readonly Buffer[]];

/** The keys of the store: look-up keys for PANs, one key for each subject, and keys for single uses. */
export interface Keyring {
  /** The same PAN has different look-up values at different tenants. */
  lookups(tenant: string, pan: Pan): Lookups;
  /** The number of the tenant's newest look-up key, and the count of key changes at which this process read it. */
  lookupState(tenant: string): { readonly number: number; readonly changes: number };
  /** The same text has the same digest. Without the key, a digest does not reveal its text. */
  digest(what: DigestedText, text: string): Buffer;
  /** Seals links to documents. */
  readonly linkKey: KeyObject;
  /** Seals what a caller has asked a taxpayer for. */
  readonly requestKey: KeyObject;
  readonly receiptKeys: ReceiptKeys;
  /** Seals the lists of runs, whose people have no keys of their own yet. */
  readonly listKey: KeyObject;
  /** Binds each record of the audit trail to those before it. */
  readonly auditKey: KeyObject;
  /** Hides the number of a consent record, which counts the records of all tenants. */
  readonly recordKey: KeyObject;
  /** Hides the number of an event, which is the tenant's own, in an id that no other tenant's event has. */
  readonly eventKey: KeyObject;
  /** Seals the secrets of webhook endpoints. */
  readonly webhookKey: KeyObject;
  newSubjectKey(tenant: string, subjectId: string): { readonly key: KeyObject; readonly kept: SealedKey };
  openSubjectKey(tenant: string, subjectId: string, kept: SealedKey): KeyObject | undefined;
  /** Reads the keys again: the master key of the last rewrap, and the look-up keys of the last rotation. */
  follow(queries: Queries): Promise<void>;
}

interface RootRow extends SealedKey {
  readonly changes: number;
}

/** Makes the root look-up key in a new store. When several processes start at once, all use the key of the first. */
export async function openKeyring(database: Database, masterKeys: MasterKeys): Promise<Keyring> {
  const { sealed, masterKeyId } = masterKeys.newKey(placeOf.rootLookupKey).kept;
  await database.run(
    "insert into aaygraph.keyring (purpose, sealed, master_key_id) values ('lookup', $1, $2) on conflict do nothing",
    [sealed, masterKeyId],
  );
  const root = await readRoot(database);
  const rootKey = root && masterKeys.unseal(root, placeOf.rootLookupKey);
  const firstKeys = rootKey && (await readLookupKeys(database, masterKeys, rootKey));
  if (!firstKeys) {
    throw new StoreUnavailable(
      "No master key in the settings opens this store. Set AAY_MASTER_KEY to the key that sealed it, " +
        "or, after a rotation, name that key in AAY_MASTER_KEYS_OLD.",
    );
  }
  masterKeys.use(root.masterKeyId);
  const receiptKeys = await openReceiptKeys(database, masterKeys);
  let lookup = { keys: firstKeys, changes: root.changes };
  const derived = (use: string) => createSecretKey(createHmac("sha256", rootKey).update(`\0\0key of ${use}`).digest());
  return {
    lookups: (tenant, pan) => lookup.keys.of(tenant, pan),
    lookupState: (tenant) => ({ number: lookup.keys.numberOf(tenant), changes: lookup.changes }),
    // No tenant's name is empty, so no digest equals a look-up value.
    digest: (what, text) => createHmac("sha256", rootKey).update(`\0${what}\0${text}`).digest(),
    linkKey: derived("document links"),
    requestKey: derived("requests to taxpayers"),
    receiptKeys,
    listKey: derived("lists of runs"),
    auditKey: derived("the audit trail"),
    recordKey: derived("consent records"),
    eventKey: derived("events"),
    webhookKey: derived("webhook secrets"),
    newSubjectKey: (tenant, subjectId) => masterKeys.newKey(placeOf.subjectKey(tenant, subjectId)),
    openSubjectKey: (tenant, subjectId, kept) => masterKeys.unseal(kept, placeOf.subjectKey(tenant, subjectId)),
    async follow(queries) {
      // Read the count before the keys: a rotation between the two reads is then noticed later, and followed again.
      const row = await readRoot(queries);
      const keys = row && masterKeys.use(row.masterKeyId) && (await readLookupKeys(queries, masterKeys, rootKey));
      if (!keys) {
        throw new Fault("INTERNAL", {
          hint: "This process does not have the master key that is now in use.",
          note: "set AAY_MASTER_KEY to the key of the last rewrap",
        });
      }
      lookup = { keys, changes: row.changes };
    },
  };
}

async function readRoot(queries: Queries): Promise<RootRow | undefined> {
  const { rows } = await queries.run<RootRow>(
    `select sealed, master_key_id as "masterKeyId", lookup_changes as changes
     from aaygraph.keyring where purpose = 'lookup'`,
  );
  return rows[0];
}

/** The look-up keys of all tenants, as this process last read them. */
interface LookupKeys {
  of(tenant: string, pan: Pan): Lookups;
  /** 0 for a tenant without keys of its own: the root key alone finds its PANs. */
  numberOf(tenant: string): number;
}

interface Chain {
  readonly links: readonly KeyObject[];
  readonly isRotating: boolean;
}

interface LookupKeyRow extends SealedKey {
  readonly tenant: string;
  readonly number: number;
  readonly isRotating: boolean;
}

/**
 * Each key of a tenant is applied to the look-up value of the key before it. So an erased subject can be re-keyed
 * without its PAN, and an earlier key is useless without the newest.
 */
export function nextLookup(link: KeyObject, lookup: Buffer): Buffer {
  return createHmac("sha256", link).update(lookup).digest();
}

/** Undefined when a key is sealed under a master key that the settings do not have. */
async function readLookupKeys(
  queries: Queries,
  masterKeys: MasterKeys,
  rootKey: KeyObject,
): Promise<LookupKeys | undefined> {
  const { rows } = await queries.run<LookupKeyRow>(
    `select tenant, number, sealed, master_key_id as "masterKeyId", rotated_at is null as "isRotating"
     from aaygraph.lookup_keys order by tenant, number`,
  );
  const chainByTenant = new Map<string, Chain>();
  for (const row of rows) {
    const link = masterKeys.unseal(row, placeOf.tenantLookupKey(row.tenant, row.number));
    if (!link) return undefined;
    const links = chainByTenant.get(row.tenant)?.links ?? [];
    chainByTenant.set(row.tenant, { links: [...links, link], isRotating: row.isRotating });
  }
  return {
    of(tenant, pan) {
      const root = createHmac("sha256", rootKey).update(`${tenant}\0${pan}`).digest();
      const chain = chainByTenant.get(tenant);
      if (chain === undefined) return [root];
      let lookups: Lookups = [root];
      for (const link of chain.links) lookups = [nextLookup(link, lookups[0]), lookups[0]];
      return chain.isRotating ? lookups : [lookups[0]];
    },
    numberOf: (tenant) => chainByTenant.get(tenant)?.links.length ?? 0,
  };
}
