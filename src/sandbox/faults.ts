import { AsyncLocalStorage } from "node:async_hooks";
import type { ProviderId } from "../domain";
import { providerIds, simulatorFaults, type SimulatorFault } from "../providers";

/** Faults of the reply itself. They replace or delay what the simulator answers. */
const replyFaults = [
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
type ReplyFault = (typeof replyFaults)[number];

const faultNames = [...replyFaults, ...simulatorFaults] as const;
type FaultName = (typeof faultNames)[number];

interface SandboxFault {
  readonly fault: FaultName;
  /** For LATENCY, before the reply; for SLOW_DRIP, between two bytes. */
  readonly delayMs?: number;
  /** For STATUS: 400 to 599. */
  readonly status?: number;
  /** For RATE_LIMIT. Without it the reply has no Retry-After header. */
  readonly retryAfterSeconds?: number;
  /** For FAILURE_WITH_200: the body, in the vendor's own format. */
  readonly body?: unknown;
}

/** A fault for the calls to one vendor and operation, or to all. */
export interface FaultOrder extends SandboxFault {
  /** A provider's id, or "*". */
  readonly vendor: ProviderId;
  /** The end of the operation's path, or "*". */
  readonly operation: string;
  /** The number of calls it applies to. Without it, the fault stays until it is removed. */
  readonly times?: number;
}

const ranges = {
  delayMs: [0, 600_000],
  status: [400, 599],
  retryAfterSeconds: [0, 86_400],
  times: [1, 1_000_000],
} as const;

/** Reads a posted order. A string says what is wrong with it. */
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

/** Reads a fault for one call from its header: "LATENCY; delayMs=500". Undefined without the header. */
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

interface PostedFault extends FaultOrder {
  readonly id: number;
  readonly timesLeft: number | undefined;
}

/** The faults that are switched on, in the order in which they were posted. */
export interface FaultBoard {
  post(order: FaultOrder): PostedFault;
  list(): readonly PostedFault[];
  /** Without an id, removes all. */
  remove(id?: number): void;
  /** Runs one call with the fault of its own header. */
  during<T>(asked: SandboxFault | undefined, call: () => T): T;
  /** The fault for the reply to this call. It counts as one of its times. */
  replyFault(vendor: ProviderId, path: string): (SandboxFault & { readonly fault: ReplyFault }) | undefined;
  /** The fault that the vendor's simulator has to play. It counts as one of its times. */
  simulatorFault(vendor: ProviderId, operation: string): SimulatorFault | undefined;
}

export function createFaultBoard(): FaultBoard {
  const posted = new Map<number, PostedFault>();
  const faultOfHeader = new AsyncLocalStorage<SandboxFault | undefined>();
  let lastId = 0;

  function take<Name extends FaultName>(names: readonly Name[], vendor: ProviderId, operation: string) {
    const isAmongNames = (fault: SandboxFault): fault is SandboxFault & { fault: Name } =>
      (names as readonly FaultName[]).includes(fault.fault);
    const asked = faultOfHeader.getStore();
    if (asked && isAmongNames(asked)) return asked;
    for (const fault of posted.values()) {
      const matchesVendor = fault.vendor === "*" || fault.vendor === vendor;
      const matchesOperation = fault.operation === "*" || operation.endsWith(fault.operation);
      if (!matchesVendor || !matchesOperation || !isAmongNames(fault)) continue;
      if (fault.timesLeft === 1) posted.delete(fault.id);
      else if (fault.timesLeft !== undefined) posted.set(fault.id, { ...fault, timesLeft: fault.timesLeft - 1 });
      return fault;
    }
    return undefined;
  }

  return {
    post(order) {
      lastId += 1;
      const fault = { ...order, id: lastId, timesLeft: order.times };
      posted.set(fault.id, fault);
      return fault;
    },
    list: () => [...posted.values()],
    remove(id) {
      if (id === undefined) posted.clear();
      else posted.delete(id);
    },
    during: (asked, call) => faultOfHeader.run(asked, call),
    replyFault: (vendor, path) => take(replyFaults, vendor, path),
    simulatorFault: (vendor, operation) => take(simulatorFaults, vendor, operation)?.fault,
  };
}
