import type { KeyObject } from "node:crypto";
import { type Pan, subjectIdOf, taxpayerIdOf } from "../../domain";
import { type Clock, batchByKey } from "../../kernel";
import type { Database, PreparedSql } from "../database";
import { type Keyring, placeOf, unseal } from "../keys";
import {
  type TaxpayerRow,
  lookupText,
  type MissedRow,
  type OnUnreadable,
  readTaxpayerRows,
  type SubjectRow,
  type UsedTaxpayer,
} from "./rows";
import { createTaxpayerCache, type CachedTaxpayer } from "./cache";
import { heldById, heldByLookup } from "./taxpayerSql";

type HeldByPan = ReadonlyMap<Pan, UsedTaxpayer>;
type HeldById = ReadonlyMap<string, UsedTaxpayer | "ERASED">;

/** The known taxpayers of a tenant, with all that is stored. */
interface CachedReader {
  readonly byPan: (tenant: string, pans: readonly Pan[]) => Promise<HeldByPan>;
  readonly byId: (tenant: string, ids: readonly string[]) => Promise<HeldById>;
  readonly invalidate: (tenant: string, taxpayerId: string) => void;
  /** The key of a cached taxpayer. It never changes; whether the subject is erased by now, the database judges. */
  readonly keyOf: (tenant: string, taxpayerId: string) => KeyObject | undefined;
}

/**
 * Reads through the cache. One statement serves all operations of a tenant at the same time, and brings only changed
 * versions. What was confirmed a moment ago is not asked for; see `trustedForMs`.
 */
export function createCachedReader(
  database: Database,
  keyring: Keyring,
  clock: Clock,
  onUnreadable: OnUnreadable,
): CachedReader {
  const cache = createTaxpayerCache(clock);

  function trustAll(
    tenant: string,
    known: Iterable<CachedTaxpayer | undefined>,
    askedAtMs: number,
  ): readonly UsedTaxpayer[] {
    return [...known].flatMap((each) => {
      if (each === undefined) return [];
      cache.trust(tenant, each, askedAtMs);
      return each.taxpayer;
    });
  }

  /** The rows whose version differs from the cached one. */
  async function read<Row extends TaxpayerRow | MissedRow>(
    tenant: string,
    sql: PreparedSql,
    knownByKey: ReadonlyMap<string, CachedTaxpayer | undefined>,
  ) {
    const versions = [...knownByKey.values()].map((known) => known?.version ?? null);
    const { rows } = await database.run<Row>(sql, [tenant, [...knownByKey.keys()], new Date(clock.now()), versions]);
    return rows;
  }

  function open(
    tenant: string,
    rows: readonly TaxpayerRow[],
    panOf: (subject: SubjectRow, key: KeyObject | undefined) => Pan | undefined,
  ): UsedTaxpayer[] {
    const openedOf = (id: string) => cache.byId(tenant, id, clock.now())?.bodyBySeal;
    return readTaxpayerRows(tenant, rows, keyring, panOf, onUnreadable, openedOf).map((read) => {
      cache.set(tenant, read);
      return read.taxpayer;
    });
  }

  async function readByPan(tenant: string, pans: readonly Pan[]): Promise<HeldByPan> {
    const panByLookup = new Map<string, Pan>();
    const knownByLookup = new Map<string, CachedTaxpayer | undefined>();
    for (const pan of new Set(pans)) {
      const known = cache.byPan(tenant, pan, clock.now());
      const lookups = known ? [known.lookup] : keyring.lookups(tenant, pan).map(lookupText);
      for (const lookup of lookups) {
        panByLookup.set(lookup, pan);
        knownByLookup.set(lookup, known);
      }
    }
    const askedAtMs = performance.now();
    const rows = await read<TaxpayerRow | MissedRow>(tenant, heldByLookup, knownByLookup);
    const found: TaxpayerRow[] = [];
    for (const row of rows) {
      const lookup = lookupText(row.lookup);
      const known = knownByLookup.get(lookup);
      if (row.id !== null) found.push(row);
      else if (known) cache.delete(tenant, known);
      knownByLookup.delete(lookup);
    }
    const changed = open(tenant, found, ({ lookup }) => panByLookup.get(lookupText(lookup)));
    const unchanged = trustAll(tenant, knownByLookup.values(), askedAtMs);
    return new Map([...unchanged, ...changed].map((taxpayer) => [taxpayer.pan, taxpayer]));
  }

  async function readById(tenant: string, ids: readonly string[]): Promise<HeldById> {
    const subjectIds = [...new Set(ids)].flatMap((id) => subjectIdOf(id) ?? []);
    if (subjectIds.length === 0) return new Map();
    const knownById = new Map(subjectIds.map((id) => [id, cache.byId(tenant, taxpayerIdOf(id), clock.now())] as const));
    const askedAtMs = performance.now();
    const rows = await read<TaxpayerRow>(tenant, heldById, knownById);
    for (const { id } of rows) knownById.delete(id);
    const changed = open(tenant, rows, (subject, key) => openPan(tenant, subject, key, onUnreadable));
    return new Map<string, UsedTaxpayer | "ERASED">([
      ...rows.filter(({ erased }) => erased).map(({ id }) => [taxpayerIdOf(id), "ERASED"] as const),
      ...[...trustAll(tenant, knownById.values(), askedAtMs), ...changed].map(
        (taxpayer) => [taxpayer.id, taxpayer] as const,
      ),
    ]);
  }

  return {
    byPan: trustedFirst<Pan, UsedTaxpayer>(
      (tenant, pan) => cache.byPan(tenant, pan, clock.now()),
      batchByKey(readByPan),
    ),
    byId: trustedFirst<string, UsedTaxpayer | "ERASED">(
      (tenant, id) => cache.byId(tenant, id, clock.now()),
      batchByKey(readById),
    ),
    invalidate(tenant, taxpayerId) {
      cache.invalidate(tenant, taxpayerId, performance.now());
    },
    keyOf: (tenant, taxpayerId) => cache.byId(tenant, taxpayerId, clock.now())?.key,
  };
}

/** Asks the database only for what the cache does not trust. */
function trustedFirst<Name, Held>(
  cached: (tenant: string, name: Name) => (CachedTaxpayer & { readonly taxpayer: Held }) | undefined,
  read: (tenant: string, names: readonly Name[]) => Promise<ReadonlyMap<Name, Held>>,
) {
  return async (tenant: string, names: readonly Name[]): Promise<ReadonlyMap<Name, Held>> => {
    const nowMs = performance.now();
    const trusted = new Map<Name, Held>();
    const others: Name[] = [];
    for (const name of names) {
      const known = cached(tenant, name);
      if (known && nowMs < known.trustedUntilMs) trusted.set(name, known.taxpayer);
      else others.push(name);
    }
    return others.length === 0 ? trusted : new Map([...trusted, ...(await read(tenant, others))]);
  };
}

function openPan(
  tenant: string,
  { id, sealed_pan: sealed }: SubjectRow,
  key: KeyObject | undefined,
  onUnreadable: OnUnreadable,
): Pan | undefined {
  if (!key || !sealed) return undefined;
  const pan = unseal(key, sealed, placeOf.pan(tenant, id));
  if (!pan) onUnreadable("a subject's PAN does not open");
  return pan?.toString() as Pan | undefined;
}
