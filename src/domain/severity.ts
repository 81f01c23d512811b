/** How much a reader of the figures has to care: a curiosity, a reason to look closer, a reason not to lend on them. */
export const severities = ["INFO", "WARNING", "SERIOUS"] as const;
export type Severity = (typeof severities)[number];
