import { limitNames, limitRegister, type Limits } from "../kernel";
import { wholeNumber, type Environment } from "./environment";

export function readLimits(environment: Environment, mode: "sandbox" | "live"): Limits {
  const numbers = limitNames.map((name) => {
    const { setting, fallback, inSandbox, most } = limitRegister[name];
    const usual = mode === "sandbox" ? inSandbox : fallback;
    return [name, wholeNumber(environment, setting, { fallback: usual, least: 1, most })] as const;
  });
  return Object.fromEntries(numbers) as Limits;
}
