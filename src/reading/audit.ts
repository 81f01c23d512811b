import { type AuditRecord, consentFor, type Consent } from "../domain";
import { Fault, type FaultCode, memoizeWeak, batch, type Clock } from "../kernel";
import type { Asker, Question, Told } from "./question";
import type { Append, KeptTaxpayer, AuditPage, AuditStore } from "./ports";

interface Gathered extends Omit<Question, "taxpayer"> {
  readonly told: Told;
}

/** What somebody got to see of a taxpayer, or was refused. */
interface Seen extends Pick<AuditRecord, "kind" | "code" | "documents" | "incomeYears" | "purposes"> {
  readonly consentIds: readonly string[];
  /** The same for the very same seen of somebody else, under a consent of their own. */
  readonly key: string;
}

/** What one wish has come to. */
export interface Sight {
  readonly seen: readonly Seen[];
  readonly taxpayerId: string;
  /** The schema coordinates for which it was wanted. */
  readonly fields: readonly string[];
}

/** That there is nothing on record is a thing to know about somebody as well. */
export function seenIn(taxpayer: KeptTaxpayer, gathered: readonly Gathered[], nowMs: number): readonly Seen[] {
  const told = gathered.filter((each) => each.told.some(({ outcome }) => outcome === "FOUND" || outcome === "ABSENT"));
  const consents = told.flatMap(({ document, incomeYear }) => {
    const consent = document === "COMPLIANCE" ? [] : consentFor(taxpayer.consents, { document, incomeYear }, nowMs);
    return consent instanceof Fault ? [] : consent;
  });
  const refused = Map.groupBy(gathered, refusalOf);
  refused.delete(undefined);
  return [
    ...(told.length > 0 ? [toSeen("READ", told, consents)] : []),
    ...[...refused].map(([code, ofCode]) => toSeen("REFUSED", ofCode, [], code)),
  ];
}

/** Of many taxpayers of whom the very same was seen, one record: whose each consent is, the consent tells. */
export function auditRecordsOf({ by }: Pick<Asker, "by">, sights: readonly Sight[], nowMs: number): AuditRecord[] {
  const all = sights.flatMap((sight) => sight.seen.map((seen) => ({ seen, sight })));
  const alike = Map.groupBy(all, ({ seen, sight }) => `${seen.key}|${textOf(sight.fields)}`);
  return [...alike.values()].flatMap((ofKey) => {
    const [first] = ofKey;
    if (first === undefined) return [];
    const { kind, code, documents, incomeYears, purposes } = first.seen;
    const consentIds = unique(ofKey.flatMap(({ seen }) => seen.consentIds));
    const taxpayerIds = unique(ofKey.map(({ sight }) => sight.taxpayerId));
    const { fields } = first.sight;
    return [{ kind, code, documents, incomeYears, purposes, consentIds, taxpayerIds, fields, by, atMs: nowMs }];
  });
}

function toSeen(
  kind: Seen["kind"],
  gathered: readonly Gathered[],
  consents: readonly Consent[],
  code?: FaultCode,
): Seen {
  const documents = unique(gathered.map(({ document }) => document));
  const incomeYears = unique(gathered.flatMap(({ incomeYear }) => incomeYear ?? []));
  const purposes = unique(consents.map(({ purpose }) => purpose));
  const key = [kind, code, documents, incomeYears, purposes].join("|");
  return { kind, code, documents, incomeYears, purposes, consentIds: unique(consents.map(({ id }) => id)), key };
}

/** Why we ourselves have refused it; what a provider could not tell is no refusal. */
function refusalOf({ told }: Gathered): FaultCode | undefined {
  const codes = told.flatMap((telling) => (telling.outcome === "FAILED" ? telling.fault.code : []));
  return codes.find((code) => code.startsWith("CONSENT_") || code === "ERASED");
}

/** Of what is asked for again and again the list is the same one. */
const textOf = memoizeWeak((fields: readonly string[]) => fields.join(" "));

function unique<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Set(values)];
}

interface Entry {
  readonly tenant: string;
  readonly records: readonly AuditRecord[];
}

/** Appends many operations' records with one statement. Nobody's answer goes out before its use has been written down. */
export function createLedger(append: Append): Append {
  const write = batch(async (entries: readonly Entry[]) => {
    const ofTenants = [...Map.groupBy(entries, ({ tenant }) => tenant)];
    await Promise.all(
      ofTenants.map(([tenant, ofTenant]) =>
        append(
          tenant,
          ofTenant.flatMap(({ records }) => records),
        ),
      ),
    );
  });
  return async (tenant, records) => {
    if (records.length > 0) await write({ tenant, records });
  };
}

/** The audit trail as one caller adds to it and reads it. */
export interface Trail {
  /** Writes down what this caller does. Nothing of it goes out before that. */
  note(...acts: readonly Omit<AuditRecord, "atMs" | "by">[]): Promise<void>;
  /** Reading the trail leaves a trace of its own. */
  read(page: AuditPage, fields: readonly string[]): ReturnType<AuditStore["records"]>;
}

interface TrailTools {
  readonly audit: Pick<AuditStore, "records">;
  readonly append: Append;
  readonly clock: Pick<Clock, "now">;
}

export function createTrail({ audit, append, clock }: TrailTools, { tenant, by }: Pick<Asker, "tenant" | "by">): Trail {
  const note: Trail["note"] = (...acts) =>
    append(
      tenant,
      acts.map((act) => ({ ...act, atMs: clock.now(), by })),
    );
  return {
    note,
    async read(page, fields) {
      const read = await audit.records(tenant, page);
      await note({ kind: "AUDIT_READ", fields, taxpayerIds: page.taxpayerId === undefined ? [] : [page.taxpayerId] });
      return read;
    },
  };
}
