import type { KeyObject } from "node:crypto";
import { type Pan, taxpayerIdOf } from "../../domain";
import type { StoredAnswer, StoredTaxpayer } from "../../reading/ports";
import { type Keyring, placeOf, headBytes, unseal } from "../keys";
import { type ConsentRow, readConsent } from "./consentRows";
import { openKey, type SubjectKeyRow } from "./subjects";

/** The version of the JSON of an answer's body. An answer of another version is fetched again. */
export const answerShape = 1;

/** Reports what cannot be read and why, without naming the taxpayer. */
export type OnUnreadable = (what: string) => void;

export interface SubjectRow extends SubjectKeyRow {
  readonly lookup: Buffer;
  /** Destroyed by erasure. */
  readonly sealed_pan: Buffer | null;
  /** Changes with the subject. Null before anything is stored. */
  readonly version: string | null;
  /** When somebody last asked about the person, to the half day, in milliseconds. */
  readonly asked_at: string;
}

/** A subject with all that is stored of it. */
export interface TaxpayerRow extends SubjectRow {
  /** A line for each: document, provider, period, shape, two times in milliseconds, length of the sealed body, consent. */
  readonly answers: string | null;
  /** The sealed bodies of these answers, one after the other. */
  readonly bodies: Buffer | null;
  readonly consents: readonly ConsentRow[] | null;
}

/** A cached subject that the database no longer finds by this look-up. */
export interface MissedRow {
  readonly id: null;
  readonly lookup: Buffer;
}

/** A taxpayer whose subject was in use at that time. It is swept a day later, unless something is stored of it. */
export interface UsedTaxpayer extends StoredTaxpayer {
  askedAtMs: number;
}

/** A taxpayer as just read, with its version and size for the cache. */
export interface ReadTaxpayer {
  readonly taxpayer: UsedTaxpayer;
  readonly version: string | null;
  /** The look-up key of its PAN, as PostgreSQL spells bytes. */
  readonly lookup: string;
  readonly sealedBytes: number;
  /** The opened bodies. The key is unique for each sealing. */
  readonly bodyBySeal: BodyBySeal;
  /** The subject's own key, for those who write. Undefined where it does not open. */
  readonly key: KeyObject | undefined;
}

/**
 * What the column `period` holds: the period, and after a space the purpose of the consent. So the purpose is in the keys
 * of both tables and in the seal, while a process of the release before still writes its own rows beside these.
 */
export function rowPeriodOf({ period, purpose }: Pick<StoredAnswer, "period" | "purpose">): string {
  return purpose === undefined ? period : `${period} ${purpose}`;
}

export type BodyBySeal = ReadonlyMap<string, unknown>;

/** Every subject among the rows that has a PAN. One bad row does not spoil the others. */
export function readTaxpayerRows(
  tenant: string,
  rows: readonly TaxpayerRow[],
  keyring: Keyring,
  panOf: (subject: SubjectRow, key: KeyObject | undefined) => Pan | undefined,
  onUnreadable: OnUnreadable,
  openedOf: (taxpayerId: string) => BodyBySeal | undefined,
): ReadTaxpayer[] {
  return rows.flatMap((row) => {
    const key = openKey(tenant, row, keyring);
    if (!key && !row.erased) onUnreadable("a subject's key does not open");
    const pan = panOf(row, key);
    if (pan === undefined) return [];
    const id = taxpayerIdOf(row.id);
    const bodyBySeal = new Map<string, unknown>();
    const answers = key ? readAnswers(tenant, row, key, onUnreadable, { known: openedOf(id), opened: bodyBySeal }) : [];
    const consents = key && row.consents ? row.consents.map(readConsent) : [];
    const { version, erased } = row;
    const lookup = lookupText(row.lookup);
    const sealedBytes = row.bodies?.length ?? 0;
    const taxpayer = { id, pan, erased, answers, consents, askedAtMs: Number(row.asked_at) };
    return [{ taxpayer, version, lookup, sealedBytes, bodyBySeal, key }];
  });
}

export function lookupText(lookup: Buffer): string {
  return `\\x${lookup.toString("hex")}`;
}

interface Opening {
  /** What the cache has: it is not opened again. */
  readonly known: BodyBySeal | undefined;
  readonly opened: Map<string, unknown>;
}

function readAnswers(
  tenant: string,
  row: TaxpayerRow,
  key: KeyObject,
  onUnreadable: OnUnreadable,
  { known, opened }: Opening,
): StoredAnswer[] {
  const read: StoredAnswer[] = [];
  let from = 0;
  for (const line of row.answers?.split("\n") ?? []) {
    const [document, provider = "", rowPeriod = "", shapeText, fetchedAt, expiresAt, length, consentId] =
      line.split("\t");
    const [kind, shape] = [document as StoredAnswer["document"], Number(shapeText)];
    const sealed = row.bodies?.subarray(from, from + Number(length)) ?? Buffer.alloc(0);
    from += Number(length);
    if (shape !== answerShape) {
      onUnreadable(`an answer (${kind}, ${provider}) has shape ${shape}, and this release reads ${answerShape}`);
      continue;
    }
    // The head is unique for each sealing, and a sealing opens in its own place only.
    const name = `${kind}|${provider}|${rowPeriod}|${sealed.toString("latin1", 0, headBytes)}`;
    const place = placeOf.answer(tenant, row.id, { document: kind, provider, period: rowPeriod });
    const body = known?.get(name) ?? openBody(key, sealed, place);
    if (body === undefined) {
      onUnreadable(`an answer (${kind}, ${provider}) does not open`);
      continue;
    }
    opened.set(name, body);
    const [period = "", purpose] = rowPeriod.split(" ");
    read.push({
      ...{ document: kind, provider, period, purpose: purpose as StoredAnswer["purpose"], body },
      ...{ consentId, fetchedAtMs: Number(fetchedAt), expiresAtMs: Number(expiresAt) },
    });
  }
  return read;
}

function openBody(key: KeyObject, sealed: Buffer, place: Parameters<typeof unseal>[2]): unknown {
  const body = unseal(key, sealed, place);
  return body && (JSON.parse(body.toString()) as unknown);
}
