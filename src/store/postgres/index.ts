/** The embedded PostgreSQL: starts a server on the data folder, or finds the one that runs there. */
export { attachEmbedded, startEmbedded } from "./embedded";
