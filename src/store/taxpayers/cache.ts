import type { Pan } from "../../domain";
import { type Clock, createLruCache, type LruLimits } from "../../kernel";
import type { KeptTaxpayer } from "../../reading/ports";
import { trustedForMs } from "../freshness";
import type { BodyBySeal, HeldTaxpayer } from "./rows";

/** A taxpayer whose sealed answers have been opened already, as long as nothing of it has changed. */
export interface Remembered {
  readonly taxpayer: KeptTaxpayer;
  readonly version: string;
  /** What the store finds its PAN by. */
  readonly lookup: string;
  readonly bodyBySeal: BodyBySeal;
  /** On the machine's own clock, which never jumps: until then the store need not be asked whether this still stands. */
  readonly trustedUntilMs: number;
}

/**
 * What has been opened lately, in memory only. Nothing is read from here before the store has said that the version still
 * stands: a new answer, a revoked consent or an erasure makes another version, whichever process brings it about.
 */
interface RememberedTaxpayers {
  byPan(tenant: string, pan: Pan, nowMs: number): Remembered | undefined;
  byId(tenant: string, id: string, nowMs: number): Remembered | undefined;
  remember(tenant: string, held: HeldTaxpayer): void;
  /** The store does not find this by its look-up any more. */
  forget(tenant: string, known: Remembered): void;
  /** The store, asked at that moment, has said that this stands. */
  trust(tenant: string, known: Remembered, askedAtMs: number): void;
  /** Something has changed: whoever has asked before now has not heard of it. */
  doubt(tenant: string, id: string, nowMs: number): void;
}

const usualLimits: LruLimits = { max: 10_000, maxSize: 32_000_000, ttlMs: 600_000 };

interface Entry extends Remembered {
  trustedUntilMs: number;
  doubtedAtMs: number;
  readonly tenant: string;
  readonly sealedBytes: number;
  /** From then on an answer has expired, and the whole is read again. */
  readonly untilMs: number;
}

export function createRememberedTaxpayers(clock: Clock, limits: LruLimits = usualLimits): RememberedTaxpayers {
  const idByPan = new Map<string, string>();
  const entryById = createLruCache<Entry>(
    {
      ...limits,
      sizeOf: ({ sealedBytes }) => sealedBytes,
      onRemoved({ tenant, taxpayer: { id, pan } }) {
        // After an erasure the same PAN may be another subject's.
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
    remember(tenant, { taxpayer, version, sealedBytes, ...rest }) {
      const { id, pan } = taxpayer;
      entryById.delete(keyOf(tenant, id));
      if (version === null || taxpayer.erased) return;
      const untilMs = Math.min(...taxpayer.answers.map(({ expiresAtMs }) => expiresAtMs));
      const doubted = { trustedUntilMs: -Infinity, doubtedAtMs: -Infinity };
      idByPan.set(keyOf(tenant, pan), id);
      entryById.set(keyOf(tenant, id), { ...rest, ...doubted, tenant, taxpayer, version, sealedBytes, untilMs });
    },
    forget(tenant, known) {
      const key = keyOf(tenant, known.taxpayer.id);
      if (entryById.get(key) === known) entryById.delete(key);
    },
    trust(tenant, known, askedAtMs) {
      const entry = entryById.get(keyOf(tenant, known.taxpayer.id));
      if (entry === known && entry.doubtedAtMs < askedAtMs) entry.trustedUntilMs = askedAtMs + trustedForMs;
    },
    doubt(tenant, id, nowMs) {
      const entry = entryById.get(keyOf(tenant, id));
      if (entry) Object.assign(entry, { trustedUntilMs: -Infinity, doubtedAtMs: nowMs });
    },
  };
}

function keyOf(tenant: string, name: string): string {
  return `${tenant}\0${name}`;
}
