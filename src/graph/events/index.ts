// What has happened: the feed of events.
export { EventResolver, eventById } from "./event";
