export { type SessionRow, readSession, unsettledOfSubject } from "./sessionSql";
export { createSessions } from "./sessions";
