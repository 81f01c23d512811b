import type { AuditRecord, Consent } from "../domain";
import { type FaultCode, memoizeWeak, batchByKey, type Clock } from "../kernel";
import type { AnsweredDocument, Asker } from "./question";
import type { AppendAudit, AuditPage, AuditStore } from "./ports";

/** An answered document, and the consents under which its answers are shown. */
export interface ShownDocument extends AnsweredDocument {
  readonly consents: readonly Consent[];
}

/** What a caller saw of a taxpayer, or was refused. */
export interface AuditedRead extends Pick<AuditRecord, "kind" | "code" | "documents" | "incomeYears" | "purposes"> {
  readonly consentIds: readonly string[];
  readonly receipts: readonly string[];
  /** Equal for reads that differ in the taxpayer and the consents only. */
  readonly key: string;
}

/** What one document request shows. */
export interface AuditedRequest {
  readonly reads: readonly AuditedRead[];
  readonly taxpayerId: string;
  /** The schema coordinates that need it. */
  readonly fields: readonly string[];
}

/** "Nothing on record" is knowledge about a person, so that ABSENT counts as read. */
export function auditedReads(documents: readonly ShownDocument[]): readonly AuditedRead[] {
  const shown = documents.filter(({ answers }) => answers.some(isShown));
  const refused = Map.groupBy(documents, refusalOf);
  refused.delete(undefined);
  return [
    ...(shown.length > 0 ? [toAuditedRead("READ", shown)] : []),
    ...[...refused].map(([code, ofCode]) => toAuditedRead("REFUSED", ofCode, code)),
  ];
}

/** Taxpayers with identical reads share one record. Each consent belongs to one of them, so nothing gets mixed up. */
export function auditRecordsOf(
  { by }: Pick<Asker, "by">,
  requests: readonly AuditedRequest[],
  nowMs: number,
): AuditRecord[] {
  const all = requests.flatMap((request) => request.reads.map((read) => ({ read, request })));
  const alike = Map.groupBy(all, ({ read, request }) => `${read.key}|${textOf(request.fields)}`);
  return [...alike.values()].flatMap((ofKey) => {
    const [first] = ofKey;
    if (first === undefined) return [];
    const { kind, code, documents, incomeYears, purposes } = first.read;
    const consentIds = unique(ofKey.flatMap(({ read }) => read.consentIds));
    const receipts = unique(ofKey.flatMap(({ read }) => read.receipts));
    const taxpayerIds = unique(ofKey.map(({ request }) => request.taxpayerId));
    const { fields } = first.request;
    return [
      { kind, code, documents, incomeYears, purposes, consentIds, receipts, taxpayerIds, fields, by, atMs: nowMs },
    ];
  });
}

function toAuditedRead(kind: AuditedRead["kind"], shown: readonly ShownDocument[], code?: FaultCode): AuditedRead {
  const documents = unique(shown.map(({ document }) => document));
  const incomeYears = unique(shown.flatMap(({ incomeYear }) => incomeYear ?? []));
  const consents = kind === "READ" ? shown.flatMap((each) => each.consents) : [];
  const purposes = unique(consents.map(({ purpose }) => purpose));
  const key = [kind, code, documents, incomeYears, purposes].join("|");
  const about = { kind, code, documents, incomeYears, purposes };
  return { ...about, consentIds: unique(consents.map(({ id }) => id)), receipts: receiptsOf(consents), key };
}

/** The digests of these consents' receipts. */
export function receiptsOf(consents: readonly Consent[]): readonly string[] {
  return unique(consents.flatMap(({ receiptDigest }) => receiptDigest ?? []));
}

function isShown({ outcome }: AnsweredDocument["answers"][number]): boolean {
  return outcome === "FOUND" || outcome === "ABSENT";
}

/** Our own refusal. A provider's failure is none. */
function refusalOf({ answers }: AnsweredDocument): FaultCode | undefined {
  const codes = answers.flatMap((answer) => (answer.outcome === "FAILED" ? answer.fault.code : []));
  return codes.find((code) => code.startsWith("CONSENT_") || code === "ERASED");
}

/** Repeated operations share one list. */
const textOf = memoizeWeak((fields: readonly string[]) => fields.join(" "));

function unique<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Set(values)];
}

/** Appends the records of a tenant's operations with one statement. An answer waits until its record is written. */
export function createAuditBatch(append: AppendAudit): AppendAudit {
  const write = batchByKey(append);
  return async (tenant, records) => {
    if (records.length > 0) await write(tenant, records);
  };
}

/** The audit trail for one caller: to add to, and to read. */
export interface CallerAudit {
  /** Records what this caller does. The answer waits until it is written. */
  record(...acts: readonly Omit<AuditRecord, "atMs" | "by">[]): Promise<void>;
  /** Reading the trail is recorded, too. */
  read(page: AuditPage, fields: readonly string[]): ReturnType<AuditStore["records"]>;
}

interface AuditTools {
  readonly audit: Pick<AuditStore, "records">;
  readonly append: AppendAudit;
  readonly clock: Pick<Clock, "now">;
}

export function createCallerAudit(
  { audit, append, clock }: AuditTools,
  { tenant, by }: Pick<Asker, "tenant" | "by">,
): CallerAudit {
  const record: CallerAudit["record"] = (...acts) =>
    append(
      tenant,
      acts.map((act) => ({ ...act, atMs: clock.now(), by })),
    );
  return {
    record,
    async read(page, fields) {
      const read = await audit.records(tenant, page);
      const taxpayerIds = page.taxpayerId === undefined ? [] : [page.taxpayerId];
      await record({ kind: "AUDIT_READ", fields, taxpayerIds });
      return read;
    },
  };
}
