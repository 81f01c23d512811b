import type { DocumentKind, ProviderId } from "../domain/answer";
import type { IncomeYear } from "../domain/taxPeriod";
import type { SessionStep } from "../sessions/ports";
import type { Progress, Session } from "../sessions/session";
import { taxpayerIdOf } from "../domain/taxpayerId";

export interface SessionRow {
  readonly tenant: string;
  readonly id: string;
  readonly subject_id: string;
  readonly provider: ProviderId;
  readonly consent_id: string;
  readonly documents: readonly DocumentKind[];
  readonly income_years: readonly IncomeYear[];
  readonly version: number;
  readonly progress: Progress;
  readonly opened_at: Date;
  readonly updated_at: Date;
  readonly expires_at: Date;
  readonly ended_at: Date | null;
}

/** The columns of a `SessionRow`, of `aaygraph.sessions s`. */
export const sessionColumns = `s.tenant, s.id, s.subject_id, s.provider, s.consent_id, s.documents, s.income_years,
  s.version, s.progress, s.opened_at, s.updated_at, s.expires_at, s.ended_at`;

export function readSession(row: SessionRow): Session {
  return {
    id: row.id,
    tenant: row.tenant,
    taxpayerId: taxpayerIdOf(row.subject_id),
    provider: row.provider,
    consentId: row.consent_id,
    documents: row.documents,
    incomeYears: row.income_years,
    version: row.version,
    progress: row.progress,
    openedAtMs: row.opened_at.getTime(),
    updatedAtMs: row.updated_at.getTime(),
    expiresAtMs: row.expires_at.getTime(),
    endedAtMs: row.ended_at?.getTime(),
  };
}

export interface StepRow {
  readonly version: number;
  readonly progress: Progress;
  readonly at: Date;
}

export function readStep({ version, progress, at }: StepRow): SessionStep {
  return { version, progress, atMs: at.getTime() };
}
