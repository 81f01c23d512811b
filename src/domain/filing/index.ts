export * from "./fileName";
export * from "./filing";
export * from "./filingDeadlines";
export * from "./filingSection";
export * from "./filingStatus";
export * from "./returnDetails";
