// The statements of the Department: tax credits (26AS) and reported information (AIS).
export * from "./informationStatement";
export * from "./taxCredits";
export * from "./tdsSection";
