// Small engineering tools without any tax: clock, faults, secrets, limits, caches. Imports nothing.
export * from "./abort";
export * from "./batch";
export * from "./clock";
export * from "./deadline";
export * from "./events";
export * from "./fault";
export * from "./histogram";
export * from "./json";
export * from "./limits";
export * from "./lruCache";
export * from "./memoize";
export * from "./privateAddress";
export * from "./secret";
export * from "./thread";
export * from "./tracer";
export * from "./workerPlace";
