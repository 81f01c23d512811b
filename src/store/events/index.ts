/** The outbox: what has happened is written in the transaction that makes it happen, and numbered afterwards. */
export { appendEvents } from "./outbox";
