import type { Consent } from "../domain/consent";
import type { Clock } from "../kernel/clock";
import type { Reading } from "../providers/loginClient";
import { toKeptUnder } from "./keptAnswer";
import type { TaxpayerStore } from "./taxpayerStore";

interface LoginOf {
  readonly id: string;
  readonly tenant: string;
  readonly taxpayerId: string;
  readonly provider: string;
}

/** Keeps what a session has brought where questions will look for it. */
export function createKeepReadings(store: TaxpayerStore, clock: Clock) {
  return async (session: LoginOf, consent: Consent, readings: readonly Reading[]): Promise<void> => {
    const nowMs = clock.now();
    const kept = readings.flatMap((reading) => toKeptUnder(consent, session, reading, nowMs) ?? []);
    await store.keep(session.tenant, session.taxpayerId, kept);
  };
}
