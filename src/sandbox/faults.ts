import type { ProviderId } from "../domain";
import { providerIds, simulatorFaults } from "../providers";

/** What can be made to go wrong with a reply, whatever the simulator would have said. */
export const replyFaults = [
  "LATENCY",
  "HANG",
  "RESET",
  "STATUS",
  "RATE_LIMIT",
  "HTML",
  "TRUNCATED",
  "FAILURE_WITH_200",
  "SLOW_DRIP",
] as const;
export type ReplyFault = (typeof replyFaults)[number];

export const faultNames = [...replyFaults, ...simulatorFaults] as const;
export type FaultName = (typeof faultNames)[number];

export interface SandboxFault {
  readonly fault: FaultName;
  /** Of LATENCY before the reply, and of SLOW_DRIP between two bytes. */
  readonly delayMs?: number;
  /** Of STATUS: 400 to 599. */
  readonly status?: number;
  /** Of RATE_LIMIT; without it there is no Retry-After. */
  readonly retryAfterSeconds?: number;
  /** Of FAILURE_WITH_200: the failure in the vendor's own words. */
  readonly body?: unknown;
}

export interface FaultOrder extends SandboxFault {
  /** A provider's id, or "*". */
  readonly vendor: ProviderId;
  /** How the operation's path ends, or "*". */
  readonly operation: string;
  /** After so many calls it is over; without it, it stays until it is removed. */
  readonly times?: number;
}

const ranges = {
  delayMs: [0, 600_000],
  status: [400, 599],
  retryAfterSeconds: [0, 86_400],
  times: [1, 1_000_000],
} as const;

/** Reads what somebody posted. A text is what is wrong with it. */
export function readFaultOrder(json: unknown): FaultOrder | string {
  const order = typeof json === "object" && json !== null ? (json as Partial<Record<keyof FaultOrder, unknown>>) : {};
  const { vendor = "*", operation = "*", fault, body } = order;
  const knownFault = faultNames.find((name) => name === fault);
  if (knownFault === undefined) return `fault must be one of ${faultNames.join(", ")}.`;
  const knownVendor = [...providerIds, "*"].find((id) => id === vendor);
  if (knownVendor === undefined) return `vendor must be one of ${providerIds.join(", ")}, or "*".`;
  if (typeof operation !== "string") return `operation must be the end of a path, or "*".`;
  const numbers: Partial<Record<keyof typeof ranges, number>> = {};
  for (const name of Object.keys(ranges) as (keyof typeof ranges)[]) {
    const value = order[name];
    const [least, most] = ranges[name];
    if (value === undefined) continue;
    if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most) {
      return `${name} must be a whole number from ${least} to ${most}.`;
    }
    numbers[name] = value;
  }
  return { vendor: knownVendor, operation, fault: knownFault, ...numbers, ...(body !== undefined && { body }) };
}

/** Reads the header's spelling of a fault for one call: "LATENCY; delayMs=500". Undefined where it names none. */
export function readFaultHeader(header: string | string[] | undefined): SandboxFault | string | undefined {
  if (header === undefined) return undefined;
  const [fault = "", ...settings] = String(header)
    .split(";")
    .map((part) => part.trim());
  const numbers = settings.map((setting): [string, number] => {
    const [name = "", value = ""] = setting.split("=");
    return [name.trim(), value.trim() === "" ? NaN : Number(value)];
  });
  return readFaultOrder({ ...Object.fromEntries(numbers), fault: fault.toUpperCase() });
}
