import type { KeyObject } from "node:crypto";
import { type Pan, subjectIdOf, taxpayerIdOf } from "../../domain";
import { type Clock, batch } from "../../kernel";
import type { KeptTaxpayer } from "../../reading/ports";
import type { Database, PreparedSql } from "../database";
import { type Keyring, placeOf, unseal } from "../keys";
import { type HeldRow, lookupText, type MissedRow, type OnUnreadable, readHeldRows, type SubjectRow } from "./rows";
import { createRememberedTaxpayers, type Remembered } from "./cache";
import { heldById, heldByLookup } from "./taxpayerSql";

type HeldByPan = ReadonlyMap<Pan, KeptTaxpayer>;
type HeldById = ReadonlyMap<string, KeptTaxpayer | "ERASED">;

/** Whoever is known to a tenant, with all that is held of them. */
interface HeldReader {
  readonly byPan: (tenant: string, pans: readonly Pan[]) => Promise<HeldByPan>;
  readonly byId: (tenant: string, ids: readonly string[]) => Promise<HeldById>;
  /** Something of this taxpayer has changed. */
  readonly doubt: (tenant: string, taxpayerId: string) => void;
}

/**
 * One statement reads what many operations ask for at the same time, and brings only what has changed since it was last
 * opened: the rest is remembered. What the store has confirmed a moment ago is not asked for at all; see `trust`.
 */
export function createHeldReader(
  database: Database,
  keyring: Keyring,
  clock: Clock,
  onUnreadable: OnUnreadable,
): HeldReader {
  const remembered = createRememberedTaxpayers(clock);

  function trustAll(
    tenant: string,
    known: Iterable<Remembered | undefined>,
    askedAtMs: number,
  ): readonly KeptTaxpayer[] {
    return [...known].flatMap((each) => {
      if (each === undefined) return [];
      remembered.trust(tenant, each, askedAtMs);
      return each.taxpayer;
    });
  }

  /** All that the store has in another version than the known. */
  async function read<Row extends HeldRow | MissedRow>(
    tenant: string,
    sql: PreparedSql,
    knownByKey: ReadonlyMap<string, Remembered | undefined>,
  ) {
    const versions = [...knownByKey.values()].map((known) => known?.version ?? null);
    const { rows } = await database.run<Row>(sql, [tenant, [...knownByKey.keys()], new Date(clock.now()), versions]);
    return rows;
  }

  function open(
    tenant: string,
    rows: readonly HeldRow[],
    panOf: (subject: SubjectRow, key: KeyObject | undefined) => Pan | undefined,
  ): KeptTaxpayer[] {
    const openedOf = (id: string) => remembered.byId(tenant, id, clock.now())?.bodyBySeal;
    return readHeldRows(tenant, rows, keyring, panOf, onUnreadable, openedOf).map((held) => {
      remembered.remember(tenant, held);
      return held.taxpayer;
    });
  }

  async function readByPan(tenant: string, pans: readonly Pan[]): Promise<HeldByPan> {
    const panByLookup = new Map<string, Pan>();
    const knownByLookup = new Map<string, Remembered | undefined>();
    for (const pan of new Set(pans)) {
      const known = remembered.byPan(tenant, pan, clock.now());
      const lookups = known ? [known.lookup] : keyring.lookups(tenant, pan).map(lookupText);
      for (const lookup of lookups) {
        panByLookup.set(lookup, pan);
        knownByLookup.set(lookup, known);
      }
    }
    const askedAtMs = performance.now();
    const rows = await read<HeldRow | MissedRow>(tenant, heldByLookup, knownByLookup);
    const found: HeldRow[] = [];
    for (const row of rows) {
      const lookup = lookupText(row.lookup);
      const known = knownByLookup.get(lookup);
      if (row.id !== null) found.push(row);
      else if (known) remembered.forget(tenant, known);
      knownByLookup.delete(lookup);
    }
    const changed = open(tenant, found, ({ lookup }) => panByLookup.get(lookupText(lookup)));
    const unchanged = trustAll(tenant, knownByLookup.values(), askedAtMs);
    return new Map([...unchanged, ...changed].map((taxpayer) => [taxpayer.pan, taxpayer]));
  }

  async function readById(tenant: string, ids: readonly string[]): Promise<HeldById> {
    const subjectIds = [...new Set(ids)].flatMap((id) => subjectIdOf(id) ?? []);
    if (subjectIds.length === 0) return new Map();
    const knownById = new Map(
      subjectIds.map((id) => [id, remembered.byId(tenant, taxpayerIdOf(id), clock.now())] as const),
    );
    const askedAtMs = performance.now();
    const rows = await read<HeldRow>(tenant, heldById, knownById);
    for (const { id } of rows) knownById.delete(id);
    const changed = open(tenant, rows, (subject, key) => openPan(tenant, subject, key, onUnreadable));
    return new Map<string, KeptTaxpayer | "ERASED">([
      ...rows.filter(({ erased }) => erased).map(({ id }) => [taxpayerIdOf(id), "ERASED"] as const),
      ...[...trustAll(tenant, knownById.values(), askedAtMs), ...changed].map(
        (taxpayer) => [taxpayer.id, taxpayer] as const,
      ),
    ]);
  }

  return {
    byPan: trustedFirst<Pan, KeptTaxpayer>(
      (tenant, pan) => remembered.byPan(tenant, pan, clock.now()),
      ofEachTenant(readByPan),
    ),
    byId: trustedFirst<string, KeptTaxpayer | "ERASED">(
      (tenant, id) => remembered.byId(tenant, id, clock.now()),
      ofEachTenant(readById),
    ),
    doubt(tenant, taxpayerId) {
      remembered.doubt(tenant, taxpayerId, performance.now());
    },
  };
}

/** Asks the store for those only of whom it has not just been asked. */
function trustedFirst<Name, Held>(
  remembered: (tenant: string, name: Name) => (Remembered & { readonly taxpayer: Held }) | undefined,
  read: (tenant: string, names: readonly Name[]) => Promise<ReadonlyMap<Name, Held>>,
) {
  return async (tenant: string, names: readonly Name[]): Promise<ReadonlyMap<Name, Held>> => {
    const nowMs = performance.now();
    const trusted = new Map<Name, Held>();
    const others: Name[] = [];
    for (const name of names) {
      const known = remembered(tenant, name);
      if (known && nowMs < known.trustedUntilMs) trusted.set(name, known.taxpayer);
      else others.push(name);
    }
    return others.length === 0 ? trusted : new Map([...trusted, ...(await read(tenant, others))]);
  };
}

/** What all operations of one tenant ask for at the same time is read together. */
function ofEachTenant<Name, Held>(read: (tenant: string, names: readonly Name[]) => Promise<Held>) {
  const readTogether = batch(async (asked: readonly { readonly tenant: string; readonly names: readonly Name[] }[]) => {
    const tenants = [...Map.groupBy(asked, ({ tenant }) => tenant)];
    const reads = tenants.map(([tenant, ofTenant]) =>
      read(
        tenant,
        ofTenant.flatMap(({ names }) => names),
      ),
    );
    const held = await Promise.all(reads);
    return new Map(tenants.map(([tenant], index) => [tenant, held[index]]));
  });
  return async (tenant: string, names: readonly Name[]): Promise<Held> => {
    const heldByTenant = await readTogether({ tenant, names });
    return heldByTenant.get(tenant) as Held;
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
