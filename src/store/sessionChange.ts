import type { Change } from "../sessions/ports";
import type { Session } from "../sessions/session";
import type { PreparedSql, Queries } from "./database";
import type { Keyring } from "./keys/keyring";
import { freeLease } from "./leases";
import { ticketPlace, seal } from "./keys/seal";
import { readSession, type SessionRow } from "./sessionRows";
import { changeSession } from "./sessionSql";
import { openKey, subjectKeyColumns, type SubjectKeyRow } from "./subjects";
import { subjectIdOf } from "../domain/taxpayerId";

/** A provider that cannot be told that a session is over, for so long, is not told. */
const logoutPatienceMs = 10 * 60_000;

/** The subject is locked against being erased meanwhile. */
const subjectOfSession: PreparedSql = {
  name: "subject_of_session",
  text: `select ${subjectKeyColumns}
    from aaygraph.subjects s join aaygraph.subject_keys k on k.tenant = s.tenant and k.subject_id = s.id
    where s.tenant = $1 and s.id = $2 for share of s`,
};

/** Within one transaction. Undefined when somebody else has changed the session meanwhile, or its subject is erased. */
export async function applyChange(
  queries: Queries,
  keyring: Keyring,
  owner: number,
  session: Session,
  change: Change,
): Promise<Session | undefined> {
  const { tenant, id, version } = session;
  const subjects = await queries.run<SubjectKeyRow>(subjectOfSession, [tenant, subjectIdOf(session.taxpayerId)]);
  const key = subjects.rows[0] && openKey(tenant, subjects.rows[0], keyring);
  if (key === undefined) return undefined;
  const { ticket, logout, nowMs, dueAtMs = logout === "DUE" ? nowMs + logoutPatienceMs : undefined } = change;
  const isTicketKept = ticket === undefined && logout !== "NONE";
  const { rows } = await queries.run<SessionRow>(changeSession, [
    tenant,
    id,
    version,
    JSON.stringify(change.progress),
    change.state,
    new Date(nowMs),
    dueAtMs === undefined ? null : new Date(dueAtMs),
    change.isOurs ? owner : null,
    isTicketKept ? "KEPT" : "NEW",
    typeof ticket === "object" ? seal(key, Buffer.from(ticket.reveal()), ticketPlace(tenant, id)) : null,
    logout ?? null,
  ]);
  const [changed] = rows.map(readSession);
  if (changed && logout === "NONE") await freeLease(queries, changed);
  return changed;
}
