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
  /** When somebody last asked about the person, to the half day. */
  readonly asked_at: Date;
}

interface AnswerRow {
  readonly document: StoredAnswer["document"];
  readonly provider: StoredAnswer["provider"];
  readonly period: string;
  readonly sealed_body: Buffer;
  readonly shape: number;
  readonly consent_id: string | null;
  readonly fetched_at: Date;
  readonly expires_at: Date;
}

/** A subject with one of its answers, one of its consents, or neither. */
export type TaxpayerRow = SubjectRow & { readonly consent: ConsentRow | null } & (
    AnswerRow | { readonly [Column in keyof AnswerRow]: null }
  );

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
  return [...Map.groupBy(rows, ({ id }) => id).values()].flatMap((group) => {
    const [subject] = group;
    if (!subject) return [];
    const key = openKey(tenant, subject, keyring);
    if (!key && !subject.erased) onUnreadable("a subject's key does not open");
    const pan = panOf(subject, key);
    if (pan === undefined) return [];
    const id = taxpayerIdOf(subject.id);
    const bodyBySeal = new Map<string, unknown>();
    const open = openOnce(openedOf(id), bodyBySeal, (row) => key && openBody(tenant, row, key));
    const answers = key ? group.flatMap((row) => readAnswer(row, open, onUnreadable)) : [];
    const consents = key ? group.flatMap(({ consent }) => (consent ? [readConsent(consent)] : [])) : [];
    const { version, erased } = subject;
    const askedAtMs = subject.asked_at.getTime();
    const lookup = lookupText(subject.lookup);
    const sealedBytes = group.reduce((sum, { sealed_body: body }) => sum + (body?.length ?? 0), 0);
    return [{ taxpayer: { id, pan, erased, answers, consents, askedAtMs }, version, lookup, sealedBytes, bodyBySeal }];
  });
}

export function lookupText(lookup: Buffer): string {
  return `\\x${lookup.toString("hex")}`;
}

type KeptRow = TaxpayerRow & AnswerRow;
/** Undefined where it does not open. */
type OpenRow = (row: KeptRow) => unknown;

/** Opens only the bodies that the cache does not have. */
function openOnce(known: BodyBySeal | undefined, opened: Map<string, unknown>, open: OpenRow): OpenRow {
  return (row) => {
    // The head is unique for each sealing, and a sealing opens in its own place only.
    const name = [row.document, row.provider, row.period, row.sealed_body.toString("latin1", 0, headBytes)].join("|");
    const body = known?.get(name) ?? open(row);
    if (body !== undefined) opened.set(name, body);
    return body;
  };
}

function openBody(tenant: string, row: KeptRow, key: KeyObject): unknown {
  const body = unseal(key, row.sealed_body, placeOf.answer(tenant, row.id, row));
  return body && (JSON.parse(body.toString()) as unknown);
}

function readAnswer(row: TaxpayerRow, open: OpenRow, onUnreadable: OnUnreadable): StoredAnswer[] {
  if (row.document === null) return [];
  const { document, provider } = row;
  const [period = "", purpose] = row.period.split(" ");
  if (row.shape !== answerShape) {
    onUnreadable(`an answer (${document}, ${provider}) has shape ${row.shape}, and this release reads ${answerShape}`);
    return [];
  }
  const body = open(row);
  if (body === undefined) {
    onUnreadable(`an answer (${document}, ${provider}) does not open`);
    return [];
  }
  const consentId = row.consent_id ?? undefined;
  const times = { fetchedAtMs: row.fetched_at.getTime(), expiresAtMs: row.expires_at.getTime() };
  return [{ document, provider, period, purpose: purpose as StoredAnswer["purpose"], body, consentId, ...times }];
}
