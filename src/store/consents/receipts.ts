import type { KeyObject } from "node:crypto";
import { Fault } from "../../kernel";
import type { ConsentStore } from "../../sessions/ports";
import type { Database, PreparedSql, Queries } from "../database";
import type { Keyring } from "../keys";
import {
  consentColumns,
  type ConsentRow,
  makeReceipt,
  openKey,
  openReceipt,
  readConsent,
  type ReceiptColumns,
  receiptColumns,
} from "../taxpayers";

interface ReceiptRow extends ConsentRow, ReceiptColumns {
  readonly tenant: string;
  readonly sealed_key: Buffer | null;
  readonly master_key_id: string | null;
}

const receiptWhere = (name: string, condition: string): PreparedSql => ({
  name,
  text: `select c.tenant, ${consentColumns}, ${receiptColumns}, k.sealed as sealed_key, k.master_key_id
    from aaygraph.consents c
    left join aaygraph.subject_keys k on k.tenant = c.tenant and k.subject_id = c.subject_id
    where ${condition}`,
});
const receiptOfConsent = receiptWhere("receipt_of_consent", "c.tenant = $1 and c.id = $2");
const receiptToMake = receiptWhere("receipt_to_make", "c.tenant = $1 and c.id = $2 for no key update of c");
const receiptById = receiptWhere("receipt_by_id", "c.receipt_id = $1");

const setReceipt: PreparedSql = {
  name: "set_receipt",
  text: `update aaygraph.consents
    set receipt_id = $3, receipt_digest = $4, receipt_issued_at = $5, sealed_receipt = $6
    where tenant = $1 and id = $2`,
};

export function createReceipts(database: Database, keyring: Keyring): Pick<ConsentStore, "receipt" | "receiptById"> {
  async function find(queries: Queries, sql: PreparedSql, values: readonly unknown[]) {
    const { rows } = await queries.run<ReceiptRow>(sql, values);
    const [row] = rows;
    if (row === undefined) return undefined;
    const key = openKey(row.tenant, { ...row, id: row.subject_id, erased: false }, keyring);
    return { row, key };
  }

  function opened({ row, key }: { readonly row: ReceiptRow; readonly key: KeyObject | undefined }) {
    if (key === undefined) throw new Fault("ERASED");
    return openReceipt(key, { tenant: row.tenant, consentId: row.id }, row);
  }

  /** A consent of an earlier release has no receipt: it is made when it is first asked for, and kept from then on. */
  async function make(queries: Queries, tenant: string, id: string, nowMs: number) {
    const found = await find(queries, receiptToMake, [tenant, id]);
    if (found?.key === undefined) throw new Fault(found ? "ERASED" : "NOT_FOUND");
    const { row, key } = found;
    const madeMeanwhile = opened(found);
    if (madeMeanwhile) return madeMeanwhile;
    const { documents, incomeYears, ...consent } = readConsent(row);
    const { purpose, startsAtMs, expiresAtMs, dataLifeDays, mostFetches } = consent;
    const terms = { purpose, reference: undefined, startsAtMs, expiresAtMs, dataLifeDays, mostFetches };
    const about = { tenant, subjectId: row.subject_id, consentId: id, documents, incomeYears, terms, nowMs };
    const receipt = await makeReceipt(queries, keyring, key, about);
    const { receipt_id, receipt_digest, receipt_issued_at, sealed_receipt } = receipt;
    await queries.run(setReceipt, [tenant, id, receipt_id, receipt_digest, receipt_issued_at, sealed_receipt]);
    const made = openReceipt(key, { tenant, consentId: id }, receipt);
    if (made === undefined) throw new Error("a receipt was made, and is not there");
    return made;
  }

  return {
    async receipt(tenant, id, nowMs) {
      const found = await find(database, receiptOfConsent, [tenant, id]);
      if (found === undefined) throw new Fault("NOT_FOUND");
      const receipt = opened(found) ?? (await database.transaction((queries) => make(queries, tenant, id, nowMs)));
      return { ...receipt, tenant, consentId: id };
    },

    async receiptById(id) {
      const found = await find(database, receiptById, [id]);
      const receipt = found?.key && opened(found);
      return receipt && { ...receipt, tenant: found.row.tenant, consentId: found.row.id };
    },
  };
}
