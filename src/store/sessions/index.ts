export { type SessionRow, readSession, unfinishedOfSubject } from "./sessionSql";
export { createSessions } from "./sessions";
