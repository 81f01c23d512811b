import type { KeyObject } from "node:crypto";
import type { Pan } from "../domain/identifiers";
import type { KeptAnswer, KeptTaxpayer } from "../sources/taxpayerStore";
import { type ConsentRow, readConsent } from "./consentRows";
import type { Keyring } from "./keyring";
import { answerPlace } from "./places";
import { unseal } from "./sealed";
import { openKey, type SubjectKeyRow } from "./subjects";
import { taxpayerIdOf } from "./taxpayerId";

/** Counts changes to what an answer's body looks like. An answer kept in another shape is fetched again, not read. */
export const answerShape = 1;

/** Something kept that cannot be read: what it is and why, without a word of whose it is. */
export type OnUnreadable = (what: string) => void;

export interface SubjectRow extends SubjectKeyRow {
  readonly lookup: Buffer;
  /** Destroyed by erasure. */
  readonly sealed_pan: Buffer | null;
}

interface AnswerRow {
  readonly document: KeptAnswer["document"];
  readonly provider: KeptAnswer["provider"];
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

/** Every subject among the rows that has a PAN, by its uuid. One bad row never takes the others down. */
export function readHeldRows(
  tenant: string,
  rows: readonly HeldRow[],
  keyring: Keyring,
  panOf: (subject: SubjectRow, key: KeyObject | undefined) => Pan | undefined,
  onUnreadable: OnUnreadable,
): KeptTaxpayer[] {
  return [...Map.groupBy(rows, ({ id }) => id).values()].flatMap((group) => {
    const [subject] = group;
    if (!subject) return [];
    const key = openKey(tenant, subject, keyring);
    if (!key && !subject.erased) onUnreadable("a subject's key does not open");
    const pan = panOf(subject, key);
    if (pan === undefined) return [];
    const answers = key ? group.flatMap((row) => readAnswer(tenant, row, key, onUnreadable)) : [];
    const consents = key ? group.flatMap(({ consent }) => (consent ? [readConsent(consent)] : [])) : [];
    return [{ id: taxpayerIdOf(subject.id), pan, erased: subject.erased, answers, consents }];
  });
}

function readAnswer(tenant: string, row: HeldRow, key: KeyObject, onUnreadable: OnUnreadable): KeptAnswer[] {
  if (row.document === null) return [];
  const { document, provider, period } = row;
  if (row.shape !== answerShape) {
    onUnreadable(`an answer (${document}, ${provider}) has shape ${row.shape}, and this release reads ${answerShape}`);
    return [];
  }
  const body = unseal(key, row.sealed_body, answerPlace(tenant, row.id, row));
  if (!body) {
    onUnreadable(`an answer (${document}, ${provider}) does not open`);
    return [];
  }
  const consentId = row.consent_id ?? undefined;
  const times = { fetchedAtMs: row.fetched_at.getTime(), expiresAtMs: row.expires_at.getTime() };
  return [{ document, provider, period, body: JSON.parse(body.toString()) as unknown, consentId, ...times }];
}
