export { attachEmbedded, startEmbedded } from "./embedded";
