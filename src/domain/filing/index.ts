// One filed return: its facts, its section, its status and its due dates.
export * from "./fileName";
export * from "./filing";
export * from "./filingDeadlines";
export * from "./filingSection";
export * from "./filingStatus";
export * from "./returnDetails";
