import { subjectIdOf, type TenantEvent } from "../../domain";
import type { PreparedSql, Queries } from "../database";

const columns = "kind, at, subject_id, session_id, link_id, consent_id, run_id";

const insert: PreparedSql = {
  name: "insert_events",
  text: `insert into aaygraph.events (tenant, ${columns})
    select $1, ${columns} from json_to_recordset($2) as new (kind text, at timestamptz, subject_id uuid, session_id text,
      link_id text, consent_id text, run_id text)`,
};

/** Runs in the transaction of what has happened: both or neither. Others are not held up: numbers are given later. */
export async function appendEvents(queries: Queries, tenant: string, events: readonly TenantEvent[]): Promise<void> {
  if (events.length === 0) return;
  await queries.run(insert, [tenant, JSON.stringify(events.map(toEventRow))]);
}

function toEventRow({ kind, atMs, taxpayerId, sessionId, linkId, consentId, runId }: TenantEvent) {
  return {
    kind,
    at: new Date(atMs),
    subject_id: taxpayerId && subjectIdOf(taxpayerId),
    session_id: sessionId,
    link_id: linkId,
    consent_id: consentId,
    run_id: runId,
  };
}
