// The tax world: years, rupees, filings, credits, consents, checks, and how several answers become one.
export * from "./answer";
export * from "./auditRecord";
export * from "./calendarDate";
export * from "./compliance";
export * from "./consent";
export * from "./identifiers";
export * from "./masks";
export * from "./rupees";
export * from "./taxPeriod";
export * from "./taxpayer";
export * from "./vocabulary";
export * from "./checks";
export * from "./reconcile";
export * from "./filing";
export * from "./tax";
export * from "./statements";
export * from "./insights";
