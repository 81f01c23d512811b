import type { KeyObject } from "node:crypto";
import type { Pan } from "../../domain";
import { type Clock, createLruCache, type LruLimits } from "../../kernel";
import { trustedForMs } from "../freshness";
import type { BodyBySeal, ReadTaxpayer, UsedTaxpayer } from "./rows";

/** A taxpayer whose sealed answers are open, in one version. */
export interface CachedTaxpayer {
  readonly taxpayer: UsedTaxpayer;
  readonly version: string;
  /** The key by which the database finds its PAN. */
  readonly lookup: string;
  readonly bodyBySeal: BodyBySeal;
  readonly key: KeyObject | undefined;
  /** On the monotonic clock. Until then the database need not confirm the version. */
  readonly trustedUntilMs: number;
}

/**
 * An LRU cache of opened taxpayers, in memory only. An entry counts only while the database confirms its version: every
 * new answer, revoked consent or erasure makes another version, in any process.
 */
interface TaxpayerCache {
  byPan(tenant: string, pan: Pan, nowMs: number): CachedTaxpayer | undefined;
  byId(tenant: string, id: string, nowMs: number): CachedTaxpayer | undefined;
  set(tenant: string, held: ReadTaxpayer): void;
  /** The database no longer finds it by its look-up. */
  delete(tenant: string, known: CachedTaxpayer): void;
  /** The database, asked at that moment, has confirmed the version. */
  trust(tenant: string, known: CachedTaxpayer, askedAtMs: number): void;
  /** It has changed. A confirmation that was asked for before does not count. */
  invalidate(tenant: string, id: string, nowMs: number): void;
}

const usualLimits: LruLimits = { max: 10_000, maxSize: 80_000_000, ttlMs: 600_000 };

/**
 * What an entry takes of the memory, measured: opened JSON, and the objects that are made of it and live as long, take
 * about eight times the sealed bytes; the key and the entry itself the rest.
 */
function weightOf({ sealedBytes }: Pick<Entry, "sealedBytes">): number {
  return 4_000 + 8 * sealedBytes;
}

interface Entry extends CachedTaxpayer {
  trustedUntilMs: number;
  invalidatedAtMs: number;
  readonly tenant: string;
  readonly sealedBytes: number;
  /** When its first answer expires: then it is read again. */
  readonly untilMs: number;
}

export function createTaxpayerCache(clock: Clock, limits: LruLimits = usualLimits): TaxpayerCache {
  const idByPan = new Map<string, string>();
  const entryById = createLruCache<Entry>(
    {
      ...limits,
      sizeOf: weightOf,
      onRemoved({ tenant, taxpayer: { id, pan } }) {
        // After an erasure the same PAN may belong to another subject.
        if (idByPan.get(keyOf(tenant, pan)) === id) idByPan.delete(keyOf(tenant, pan));
      },
    },
    clock,
  );

  function byId(tenant: string, id: string, nowMs: number): Entry | undefined {
    const entry = entryById.get(keyOf(tenant, id));
    if (entry === undefined || nowMs < entry.untilMs) return entry;
    entryById.delete(keyOf(tenant, id));
    return undefined;
  }

  return {
    byId,
    byPan(tenant, pan, nowMs) {
      const id = idByPan.get(keyOf(tenant, pan));
      return id === undefined ? undefined : byId(tenant, id, nowMs);
    },
    set(tenant, { taxpayer, version, sealedBytes, ...rest }) {
      const { id, pan } = taxpayer;
      entryById.delete(keyOf(tenant, id));
      if (version === null || taxpayer.erased) return;
      const untilMs = Math.min(...taxpayer.answers.map(({ expiresAtMs }) => expiresAtMs));
      const untrusted = { trustedUntilMs: -Infinity, invalidatedAtMs: -Infinity };
      idByPan.set(keyOf(tenant, pan), id);
      entryById.set(keyOf(tenant, id), { ...rest, ...untrusted, tenant, taxpayer, version, sealedBytes, untilMs });
    },
    delete(tenant, known) {
      const key = keyOf(tenant, known.taxpayer.id);
      if (entryById.get(key) === known) entryById.delete(key);
    },
    trust(tenant, known, askedAtMs) {
      const entry = entryById.get(keyOf(tenant, known.taxpayer.id));
      if (entry === known && entry.invalidatedAtMs < askedAtMs) entry.trustedUntilMs = askedAtMs + trustedForMs;
    },
    invalidate(tenant, id, nowMs) {
      const entry = entryById.get(keyOf(tenant, id));
      if (entry) Object.assign(entry, { trustedUntilMs: -Infinity, invalidatedAtMs: nowMs });
    },
  };
}

function keyOf(tenant: string, name: string): string {
  return `${tenant}\0${name}`;
}
