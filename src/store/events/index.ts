/** The outbox: what has happened is written in the transaction that makes it happen, numbered afterwards, and read as a feed. */
export { createEventFeed } from "./feed";
export { appendEvents } from "./outbox";
export { deleteOldEvents } from "./publication";
