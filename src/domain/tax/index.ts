export * from "./percent";
export * from "./specialRates";
export * from "./taxRules";
export * from "./taxTables";
