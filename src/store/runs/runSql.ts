import type { KeyObject } from "node:crypto";
import type { Run } from "../../runs/ports";
import { placeOf, unseal } from "../keys";

export interface RunRow {
  readonly tenant: string;
  readonly id: string;
  readonly caller: string;
  readonly request_id: string;
  readonly request_digest: Buffer;
  readonly sealed_reference: Buffer | null;
  readonly state: Run["state"];
  readonly problem: NonNullable<Run["problem"]> | null;
  readonly most_paise: string;
  readonly max_age_ms: string | null;
  readonly total: number;
  readonly done: number;
  readonly found: number;
  readonly absent: number;
  readonly failed: number;
  readonly paise: string;
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly paused_at: Date | null;
  readonly paused_ms: string;
}

export const runColumns = `r.tenant, r.id, r.caller, r.request_id, r.request_digest, r.sealed_reference, r.state, r.problem,
  r.most_paise, r.max_age_ms, r.total, r.done, r.found, r.absent, r.failed, r.paise, r.started_at, r.finished_at,
  r.paused_at, r.paused_ms`;

export function readRun(row: RunRow, listKey: KeyObject): Run {
  const { tenant, id, state, total, done, found, absent, failed } = row;
  const place = placeOf.runReference(tenant, id);
  return {
    ...{ tenant, id, state, total, done, found, absent, failed },
    by: { subject: row.caller, requestId: row.request_id },
    problem: row.problem ?? undefined,
    reference: row.sealed_reference === null ? undefined : unseal(listKey, row.sealed_reference, place)?.toString(),
    mostPaise: Number(row.most_paise),
    maxAgeMs: row.max_age_ms === null ? undefined : Number(row.max_age_ms),
    paise: Number(row.paise),
    startedAtMs: row.started_at.getTime(),
    finishedAtMs: row.finished_at?.getTime(),
    pausedAtMs: row.paused_at?.getTime(),
    pausedMs: Number(row.paused_ms),
  };
}
