import { type Clock, Fault } from "../kernel";

const windowMs = 60_000;
const restMs = 30_000;
const probeEveryMs = 5_000;
const leastAttempts = 10;
const mostAttemptsKept = 1_000;

/**
 * All login vendors use one portal. It is down when at least half of the last minute's attempts failed, of at least
 * ten, at two vendors or more. While it is down, one call every few seconds is a probe. Each process judges alone.
 */
export interface PortalWatch {
  /** Throws PORTAL_UNAVAILABLE while the portal is down. If a probe is due, this call is the probe. */
  refuseWhileDown(provider: string): void;
  isDown(): boolean;
  /** The portal has not answered. */
  failed(provider: string): void;
  /** The portal has answered. A refusal of the taxpayer is an answer. */
  answered(provider: string): void;
}

interface Attempt {
  readonly provider: string;
  readonly atMs: number;
  readonly isFailure: boolean;
}

export function createPortalWatch(clock: Clock): PortalWatch {
  let attempts: readonly Attempt[] = [];
  let downUntilMs = -Infinity;
  let nextProbeAtMs = -Infinity;
  const isDown = () => clock.now() < downUntilMs;

  function record(provider: string, isFailure: boolean): void {
    const nowMs = clock.now();
    const recent = attempts.filter(({ atMs }) => atMs > nowMs - windowMs);
    attempts = [...recent, { provider, atMs: nowMs, isFailure }].slice(-mostAttemptsKept);
  }

  function isMostlyFailing(): boolean {
    const failures = attempts.filter(({ isFailure }) => isFailure);
    const failingProviders = new Set(failures.map(({ provider }) => provider)).size;
    return attempts.length >= leastAttempts && failures.length * 2 >= attempts.length && failingProviders > 1;
  }

  return {
    isDown,
    refuseWhileDown(provider) {
      const nowMs = clock.now();
      if (!isDown()) return;
      if (nowMs >= nextProbeAtMs) {
        nextProbeAtMs = nowMs + probeEveryMs;
        return;
      }
      const retryAfterSeconds = Math.ceil((nextProbeAtMs - nowMs) / 1_000);
      throw new Fault("PORTAL_UNAVAILABLE", { provider, retryAfterSeconds, note: "several providers say so" });
    },
    failed(provider) {
      const wasDown = isDown();
      record(provider, true);
      if (!wasDown && !isMostlyFailing()) return;
      downUntilMs = clock.now() + restMs;
      if (!wasDown) nextProbeAtMs = clock.now() + probeEveryMs;
    },
    answered(provider) {
      // The portal is up again, so the earlier failures no longer count.
      if (isDown()) attempts = [];
      downUntilMs = -Infinity;
      record(provider, false);
    },
  };
}
