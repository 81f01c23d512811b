// The tax of a year: rates, rebates and surcharges of both regimes.
export * from "./percent";
export * from "./specialRates";
export * from "./taxRules";
export * from "./taxTables";
