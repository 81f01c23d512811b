import { createHash, randomBytes, type KeyObject } from "node:crypto";
import {
  type ConsentTerms,
  type DocumentKind,
  type IncomeYear,
  consentNotice,
  type ConsentReceipt,
  type ReceiptPayload,
  receiptPayload,
  taxpayerIdOf,
} from "../../domain";
import type { Agreement } from "../../sessions/ports";
import type { Queries } from "../database";
import { type Keyring, placeOf, seal, unseal } from "../keys";

export interface NewConsent {
  readonly tenant: string;
  /** A uuid, and the subject whose key seals the reference. */
  readonly subjectId: string;
  readonly consentId: string;
  readonly terms: ConsentTerms;
  readonly documents: readonly DocumentKind[];
  readonly incomeYears: readonly IncomeYear[];
  readonly nowMs: number;
  readonly maskedPan?: string | undefined;
  /** Left out where the caller states the consent. */
  readonly agreed?: Agreement | undefined;
}

/** A receipt as the columns of its consent. */
export interface ReceiptColumns {
  readonly receipt_id: string | null;
  readonly receipt_digest: string | null;
  readonly receipt_issued_at: Date | null;
  readonly sealed_receipt: Buffer | null;
}

export const receiptColumns = "c.receipt_id, c.receipt_digest, c.receipt_issued_at, c.sealed_receipt";

/** Makes and signs the receipt of a consent that is being granted. */
export async function makeReceipt(
  queries: Queries,
  keyring: Keyring,
  key: KeyObject,
  consent: NewConsent,
): Promise<{ readonly [Name in keyof ReceiptColumns]: NonNullable<ReceiptColumns[Name]> }> {
  const { tenant, consentId, terms, documents, incomeYears, nowMs } = consent;
  const agreed: Agreement = consent.agreed ?? { by: "CALLER", atMs: nowMs, locale: "EN", requester: tenant };
  const { requester } = agreed;
  const notice = consentNotice({ requester, terms, documents, incomeYears }, agreed.locale);
  const receiptId = `cr_${randomBytes(16).toString("base64url")}`;
  const payload = receiptPayload({
    ...{ receiptId, consentId, tenant, requester, terms, documents, incomeYears, agreed, issuedAtMs: nowMs },
    taxpayerId: taxpayerIdOf(consent.subjectId),
    maskedPan: consent.maskedPan,
    noticeSha256: sha256(notice),
    code: randomBytes(16).toString("base64url"),
  });
  const jws = await keyring.receiptKeys.sign(queries, payload);
  return {
    receipt_id: receiptId,
    receipt_digest: sha256(payload),
    receipt_issued_at: new Date(nowMs),
    sealed_receipt: seal(key, Buffer.from(JSON.stringify({ jws, notice })), placeOf.receipt(tenant, consentId)),
  };
}

/** Undefined where there is none yet. Throws where the key is another one. */
export function openReceipt(
  key: KeyObject,
  { tenant, consentId }: { readonly tenant: string; readonly consentId: string },
  row: ReceiptColumns,
): (ConsentReceipt & { readonly code: string }) | undefined {
  if (row.receipt_id === null || row.receipt_digest === null || !row.sealed_receipt || !row.receipt_issued_at) {
    return undefined;
  }
  const opened = unseal(key, row.sealed_receipt, placeOf.receipt(tenant, consentId));
  if (!opened) throw new Error("a receipt does not open");
  const { jws, notice } = JSON.parse(opened.toString()) as { jws: string; notice: string };
  const payload = Buffer.from(jws.split(".")[1] ?? "", "base64url").toString();
  const { code } = JSON.parse(payload) as ReceiptPayload;
  const issuedAtMs = row.receipt_issued_at.getTime();
  return { id: row.receipt_id, digest: row.receipt_digest, issuedAtMs, jws, notice, code };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
