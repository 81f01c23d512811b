import { limitNames, limitRegister, type Limits } from "../kernel";
import { wholeNumber, type Environment } from "./environment";

export function readLimits(environment: Environment): Limits {
  const numbers = limitNames.map((name) => {
    const { setting, fallback, most } = limitRegister[name];
    return [name, wholeNumber(environment, setting, { fallback, least: 1, most })] as const;
  });
  return Object.fromEntries(numbers) as Limits;
}
