import { createHash } from "node:crypto";

/** Digits that look random and are always the same for the same seed. */
export function digitsFrom(seed: string, count: number): string {
  const hash = BigInt(`0x${createHash("sha256").update(seed).digest("hex")}`);
  return String(hash % 10n ** BigInt(count)).padStart(count, "0");
}

export function pickFrom<T>(seed: string, choices: readonly [T, ...T[]]): T {
  return choices[Number(digitsFrom(seed, 6)) % choices.length] ?? choices[0];
}

export function passwordOf(pan: string): string {
  return `Sandbox@${pan.slice(5, 9)}`;
}
