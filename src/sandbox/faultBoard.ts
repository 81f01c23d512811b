import { AsyncLocalStorage } from "node:async_hooks";
import type { ProviderId } from "../domain";
import { simulatorFaults, type SimulatorFault } from "../providers";
import { replyFaults, type FaultName, type FaultOrder, type ReplyFault, type SandboxFault } from "./faults";

interface PostedFault extends FaultOrder {
  readonly id: number;
  readonly timesLeft: number | undefined;
}

/** The faults that are switched on. */
export interface FaultBoard {
  post(order: FaultOrder): PostedFault;
  list(): readonly PostedFault[];
  /** One of them, or all. */
  remove(id?: number): void;
  /** Plays one call with a fault that its own header asks for. */
  during<T>(asked: SandboxFault | undefined, call: () => T): T;
  /** What is to go wrong with the reply to this call; it counts as one time. */
  replyFault(vendor: ProviderId, path: string): (SandboxFault & { readonly fault: ReplyFault }) | undefined;
  simulatorFault(vendor: ProviderId, operation: string): SimulatorFault | undefined;
}

export function createFaultBoard(): FaultBoard {
  const posted = new Map<number, PostedFault>();
  const askedByHeader = new AsyncLocalStorage<SandboxFault | undefined>();
  let lastId = 0;

  function take<Name extends FaultName>(names: readonly Name[], vendor: ProviderId, operation: string) {
    const isOfKind = (fault: SandboxFault): fault is SandboxFault & { fault: Name } =>
      (names as readonly FaultName[]).includes(fault.fault);
    const asked = askedByHeader.getStore();
    if (asked && isOfKind(asked)) return asked;
    for (const fault of posted.values()) {
      const isMeant = fault.vendor === "*" || fault.vendor === vendor;
      const isThere = fault.operation === "*" || operation.endsWith(fault.operation);
      if (!isMeant || !isThere || !isOfKind(fault)) continue;
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
    during: (asked, call) => askedByHeader.run(asked, call),
    replyFault: (vendor, path) => take(replyFaults, vendor, path),
    simulatorFault: (vendor, operation) => take(simulatorFaults, vendor, operation)?.fault,
  };
}
