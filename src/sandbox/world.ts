import { type ProviderId, indianDayAt } from "../domain";
import type { Clock } from "../kernel";
import type { Persona, Credentials, SimulatedWorld } from "../providers";
import type { FaultBoard } from "./faults";
import { personaOn } from "./personas";
import type { FakePhone } from "./phone";

interface Surroundings {
  readonly clock: Clock;
  readonly credentials: Credentials;
  readonly baseUrl: () => URL;
  readonly phone: FakePhone;
  readonly faults: FaultBoard;
}

/** Personas change from day to day. This many are cached. */
const mostCached = 1_000;

/** What one vendor's simulator runs on: the clock, the personas as this vendor sees them, the phone and the faults. */
export function createWorld(provider: ProviderId, surroundings: Surroundings): SimulatedWorld {
  const { clock, credentials, baseUrl, phone, faults } = surroundings;
  const cached = new Map<string, Persona | undefined>();
  return {
    clock,
    credentials,
    baseUrl,
    personaOf(pan) {
      const today = indianDayAt(clock.now());
      const key = `${pan} ${today}`;
      if (!cached.has(key)) {
        if (cached.size >= mostCached) cached.clear();
        cached.set(key, personaOn(pan, today, provider));
      }
      return cached.get(key);
    },
    sendOtp: (from, pan) => phone.ring(from, pan),
    faultFor: (operation) => faults.simulatorFault(provider, operation),
  };
}
