import { type Clock, Fault } from "../kernel";

const windowMs = 60_000;
const restMs = 30_000;
const probeEveryMs = 5_000;
const leastAttempts = 10;
const mostAttemptsKept = 1_000;

/**
 * All login vendors go to one portal. It counts as down when at least half of the last minute's attempts found it down,
 * out of at least ten, and two vendors say so: one unlucky login stops nobody else. While it is down a probe goes
 * through every few seconds, so that its return is seen soon. Each process judges by its own attempts.
 */
export interface PortalWatch {
  /** Throws PORTAL_UNAVAILABLE while the portal is down, unless a probe is due: then this call is the probe. */
  refuseWhileDown(provider: string): void;
  isDown(): boolean;
  /** The portal has not answered. */
  failed(provider: string): void;
  /** The portal has answered, be it by a refusal of the taxpayer. */
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

  function note(provider: string, isFailure: boolean): void {
    const nowMs = clock.now();
    const recent = attempts.filter(({ atMs }) => atMs > nowMs - windowMs);
    attempts = [...recent, { provider, atMs: nowMs, isFailure }].slice(-mostAttemptsKept);
  }

  function isMostlyFailing(): boolean {
    const failures = attempts.filter(({ isFailure }) => isFailure);
    const witnesses = new Set(failures.map(({ provider }) => provider)).size;
    return attempts.length >= leastAttempts && failures.length * 2 >= attempts.length && witnesses > 1;
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
      note(provider, true);
      if (!wasDown && !isMostlyFailing()) return;
      downUntilMs = clock.now() + restMs;
      if (!wasDown) nextProbeAtMs = clock.now() + probeEveryMs;
    },
    answered(provider) {
      // Whoever has reached it while it was down has seen it come back: what was before counts no more.
      if (isDown()) attempts = [];
      downUntilMs = -Infinity;
      note(provider, false);
    },
  };
}
