import { type ProviderId, indianDayAt } from "../domain";
import type { Clock } from "../kernel";
import type { Persona, Credentials, SimulatedWorld } from "../providers";
import type { FaultBoard } from "./faultBoard";
import { personaOn } from "./personas";
import type { FakePhone } from "./phone";

interface Surroundings {
  readonly clock: Clock;
  readonly credentials: Credentials;
  readonly baseUrl: () => URL;
  readonly phone: FakePhone;
  readonly faults: FaultBoard;
}

/** Persons are reckoned anew each day; within a day so many of them are remembered. */
const mostRemembered = 1_000;

/** The invented world as one vendor's simulator sees it. */
export function createWorld(provider: ProviderId, surroundings: Surroundings): SimulatedWorld {
  const { clock, credentials, baseUrl, phone, faults } = surroundings;
  const remembered = new Map<string, Persona | undefined>();
  return {
    clock,
    credentials,
    baseUrl,
    personaOf(pan) {
      const today = indianDayAt(clock.now());
      const key = `${pan} ${today}`;
      if (!remembered.has(key)) {
        if (remembered.size >= mostRemembered) remembered.clear();
        remembered.set(key, personaOn(pan, today, provider));
      }
      return remembered.get(key);
    },
    sendOtp: (from, pan) => phone.ring(from, pan),
    faultFor: (operation) => faults.simulatorFault(provider, operation),
  };
}
