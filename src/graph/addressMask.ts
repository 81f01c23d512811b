import type { Address } from "../domain/taxpayer";

/**
 * "***", "Pune", "Maharashtra", "411***": where somebody is at home, as far as a decision about them needs it, and not at
 * which door. The last three places of a postal code are its post office.
 */
export function maskAddress({ lines, locality, postalCode, ...around }: Address): Address {
  return {
    ...around,
    lines: lines.length > 0 ? ["***"] : [],
    locality: locality && "***",
    postalCode: postalCode && `${postalCode.slice(0, -3)}***`,
  };
}
