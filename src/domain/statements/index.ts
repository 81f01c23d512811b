export * from "./informationStatement";
export * from "./taxCredits";
export * from "./tdsSection";
