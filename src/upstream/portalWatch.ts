import { type Clock, Fault } from "../kernel";

const witnessMs = 60_000;
const restMs = 30_000;

/**
 * All login vendors go to one portal. When two of them say within a minute that it is down, it is: all of them rest
 * together, and nobody's password is spent on finding it out once more.
 */
export interface PortalWatch {
  /** Throws PORTAL_UNAVAILABLE while the portal rests. */
  refuseWhileDown(provider: string): void;
  isDown(): boolean;
  failed(provider: string, operation: string): void;
  answered(provider: string, operation: string): void;
}

export function createPortalWatch(clock: Clock): PortalWatch {
  const failedAtMs = new Map<string, { readonly provider: string; readonly atMs: number }>();
  let restsUntilMs = -Infinity;
  const isDown = () => clock.now() < restsUntilMs;
  return {
    isDown,
    refuseWhileDown(provider) {
      if (!isDown()) return;
      const retryAfterSeconds = Math.ceil((restsUntilMs - clock.now()) / 1_000);
      throw new Fault("PORTAL_UNAVAILABLE", { provider, retryAfterSeconds, note: "several providers say so" });
    },
    failed(provider, operation) {
      failedAtMs.set(`${provider} ${operation}`, { provider, atMs: clock.now() });
      const recent = [...failedAtMs.values()].filter(({ atMs }) => atMs > clock.now() - witnessMs);
      if (new Set(recent.map((failure) => failure.provider)).size > 1) restsUntilMs = clock.now() + restMs;
    },
    /** Many operations never ask the portal: only one that found it down can tell that it is back. */
    answered(provider, operation) {
      if (!failedAtMs.has(`${provider} ${operation}`)) return;
      failedAtMs.clear();
      restsUntilMs = -Infinity;
    },
  };
}
