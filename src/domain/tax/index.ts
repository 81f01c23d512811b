export * from "./percent";
export * from "./specialRates";
export * from "./surcharge";
export * from "./taxRules";
export * from "./taxTables";
