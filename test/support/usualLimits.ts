import { limitNames, limitRegister, type Limits } from "../../src/kernel/limits";

/** As they are where nothing is set. */
export const usualLimits = Object.fromEntries(limitNames.map((name) => [name, limitRegister[name].fallback])) as Limits;
