import type { KeyObject } from "node:crypto";
import { type Pan, taxpayerIdOf } from "../../domain";
import type { StoredAnswer, StoredTaxpayer } from "../../reading/ports";
import { type Keyring, placeOf, headBytes, unseal } from "../keys";
import { type ConsentRow, readConsent } from "./consentRows";
import { openKey, type SubjectKeyRow } from "./subjects";

/** Counts changes to what an answer's body looks like. An answer kept in another shape is fetched again, not read. */
export const answerShape = 1;

/** Something kept that cannot be read: what it is and why, without a word of whose it is. */
export type OnUnreadable = (what: string) => void;

export interface SubjectRow extends SubjectKeyRow {
  readonly lookup: Buffer;
  /** Destroyed by erasure. */
  readonly sealed_pan: Buffer | null;
  /** Another whenever something of this subject is; none before anything has been kept. */
  readonly version: string | null;
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

/** A subject joined with one of its answers, or with one of its consents, or with nothing. */
export type HeldRow = SubjectRow & { readonly consent: ConsentRow | null } & (
    AnswerRow | { readonly [Column in keyof AnswerRow]: null }
  );

/** Somebody remembered whom the store does not find by this look-up any more. */
export interface MissedRow {
  readonly id: null;
  readonly lookup: Buffer;
}

/** A taxpayer as just read, in the version and with the size in which it may be remembered. */
export interface HeldTaxpayer {
  readonly taxpayer: StoredTaxpayer;
  readonly version: string | null;
  /** What its PAN is found by, as PostgreSQL spells bytes. */
  readonly lookup: string;
  readonly sealedBytes: number;
  /** The bodies that were opened, by what no two sealings have in common. */
  readonly bodyBySeal: BodyBySeal;
}

export type BodyBySeal = ReadonlyMap<string, unknown>;

/** Every subject among the rows that has a PAN, by its uuid. One bad row never takes the others down. */
export function readHeldRows(
  tenant: string,
  rows: readonly HeldRow[],
  keyring: Keyring,
  panOf: (subject: SubjectRow, key: KeyObject | undefined) => Pan | undefined,
  onUnreadable: OnUnreadable,
  openedOf: (taxpayerId: string) => BodyBySeal | undefined,
): HeldTaxpayer[] {
  return [...Map.groupBy(rows, ({ id }) => id).values()].flatMap((group) => {
    const [subject] = group;
    if (!subject) return [];
    const key = openKey(tenant, subject, keyring);
    if (!key && !subject.erased) onUnreadable("a subject's key does not open");
    const pan = panOf(subject, key);
    if (pan === undefined) return [];
    const id = taxpayerIdOf(subject.id);
    const bodyBySeal = new Map<string, unknown>();
    const open = remembering(openedOf(id), bodyBySeal, (row) => key && openBody(tenant, row, key));
    const answers = key ? group.flatMap((row) => readAnswer(row, open, onUnreadable)) : [];
    const consents = key ? group.flatMap(({ consent }) => (consent ? [readConsent(consent)] : [])) : [];
    const { version, erased } = subject;
    const lookup = lookupText(subject.lookup);
    const sealedBytes = group.reduce((sum, { sealed_body: body }) => sum + (body?.length ?? 0), 0);
    return [{ taxpayer: { id, pan, erased, answers, consents }, version, lookup, sealedBytes, bodyBySeal }];
  });
}

export function lookupText(lookup: Buffer): string {
  return `\\x${lookup.toString("hex")}`;
}

type KeptRow = HeldRow & AnswerRow;
/** Undefined where it does not open. */
type OpenRow = (row: KeptRow) => unknown;

/** Of a taxpayer of whom one thing has changed, the rest need not be opened again. */
function remembering(known: BodyBySeal | undefined, opened: Map<string, unknown>, open: OpenRow): OpenRow {
  return (row) => {
    // A sealing is known by its head, and opens nowhere but in its own place.
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

function readAnswer(row: HeldRow, open: OpenRow, onUnreadable: OnUnreadable): StoredAnswer[] {
  if (row.document === null) return [];
  const { document, provider, period } = row;
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
  return [{ document, provider, period, body, consentId, ...times }];
}
