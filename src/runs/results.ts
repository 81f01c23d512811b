import { type AuditedCaller, type AuditRecord, failed, type Pan } from "../domain";
import type { Clock, Events, FaultCode } from "../kernel";
import type { ComplianceChecks } from "../reading";
import type { AppendAudit, TaxpayerStore } from "../reading/ports";
import type { ResultPage, RunResult, RunStore } from "./ports";
import { type CheckAnswer, fromKept, type Run } from "./run";

/** A line of a run with its answer. */
export interface LineResult extends Omit<RunResult, "answer"> {
  readonly pan: Pan;
  readonly answer: CheckAnswer;
}

/** Who reads results, and by which field of the graph. */
export interface ResultReader {
  readonly by: AuditedCaller;
  readonly field: string;
  /** Whole PANs are shown. */
  readonly reveals?: boolean;
}

export interface ResultTools {
  readonly store: Pick<RunStore, "results">;
  readonly taxpayers: Pick<TaxpayerStore, "byId">;
  readonly checks: Pick<ComplianceChecks, "refusal">;
  readonly append: AppendAudit;
  readonly clock: Pick<Clock, "now">;
  readonly events: Events;
}

export interface ReadPage {
  readonly lines: readonly LineResult[];
  /** The position after which the next page starts. Undefined on the last page. */
  readonly last: number | undefined;
}

export type ReadResults = (run: Run, page: ResultPage, reader: ResultReader) => Promise<ReadPage>;

export function createReadResults({ store, taxpayers, checks, append, clock, events }: ResultTools): ReadResults {
  return async ({ tenant, id }, { first, after }, { by, field, reveals = false }) => {
    const found = await store.results(tenant, id, { first: first + 1, after });
    const lines = found.slice(0, first);
    const taxpayerById = await taxpayers.byId(
      tenant,
      lines.map(({ taxpayerId }) => taxpayerId),
    );
    const results = lines.flatMap(({ answer, ...line }): LineResult[] => {
      const taxpayer = taxpayerById.get(line.taxpayerId);
      if (taxpayer === undefined || taxpayer === "ERASED" || taxpayer.erased) return [];
      const { pan } = taxpayer;
      const kept = fromKept(answer);
      const refusal = checks.refusal(taxpayer);
      if (refusal === undefined) return [{ ...line, pan, answer: kept }];
      const provider = "provider" in kept ? kept.provider : kept.provenance.provider;
      return [{ ...line, pan, answer: failed(provider, refusal) }];
    });
    const atMs = clock.now();
    const shown = { taxpayerIds: [...new Set(results.map(({ taxpayerId }) => taxpayerId))], by, atMs };
    const fields = [`${field}(reveal)`];
    const isRevealing = reveals && results.length > 0;
    await append(tenant, [
      ...auditRecordsOf(results, { by, fields: [field], atMs }),
      ...(isRevealing ? [{ ...shown, kind: "REVEALED" as const, fields }] : []),
    ]);
    if (isRevealing) events.emit("pii revealed", { requestId: by.requestId, tenant, caller: by.subject, field });
    return { lines: results, last: found.length > first ? lines.at(-1)?.position : undefined };
  };
}

/** "Nothing on record" is knowledge about a person, so that ABSENT counts as read. */
function auditRecordsOf(
  results: readonly LineResult[],
  about: Pick<AuditRecord, "by" | "fields" | "atMs">,
): readonly AuditRecord[] {
  const record = { ...about, documents: ["COMPLIANCE"] } as const;
  const linesByCode = Map.groupBy(results, ({ answer }) => codeOf(answer));
  return [...linesByCode].flatMap(([code, lines]): AuditRecord[] => {
    const taxpayerIds = [...new Set(lines.map(({ taxpayerId }) => taxpayerId))];
    if (code === "READ") return [{ ...record, kind: "READ", taxpayerIds }];
    return code === undefined ? [] : [{ ...record, kind: "REFUSED", code, taxpayerIds }];
  });
}

/** Our own refusal is on record. A provider's failure is none. */
function codeOf(answer: CheckAnswer): FaultCode | "READ" | undefined {
  if (answer.outcome === "FOUND" || answer.outcome === "ABSENT") return "READ";
  if (answer.outcome !== "FAILED") return undefined;
  const { code } = answer.fault;
  return code.startsWith("CONSENT_") || code === "ERASED" ? code : undefined;
}
