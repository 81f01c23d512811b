import { type Clock, CallerLeft } from "../kernel";
import type { FlightCaller, Flights } from "../reading/ports";

/** A request that began before a flight ended may still join it for at least this long. */
const lingerMs = 2_000;

interface Flight<T> {
  readonly outcome: Promise<T>;
  readonly controller: AbortController;
  callers: number;
  endedAtMs: number | undefined;
}

/**
 * Runs one call for each key. All its callers share the outcome, a failure as well. A caller that leaves does not
 * disturb the others; the call is aborted when the last caller has left.
 */
export class SingleFlight implements Flights {
  readonly #flights = new Map<string, Flight<unknown>>();
  /** In the order in which they ended. */
  #ended: { readonly key: string; readonly flight: Flight<unknown> }[] = [];
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  join<T>(key: string, caller: FlightCaller): Promise<T> | undefined {
    const flight = this.#flights.get(key) as Flight<T> | undefined;
    const isOpen = flight && (flight.endedAtMs === undefined || flight.endedAtMs > caller.askedAtMs);
    return isOpen ? this.#join(key, flight, caller.signal) : undefined;
  }

  start<T>(key: string, caller: FlightCaller, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (caller.signal.aborted) return Promise.reject(caller.signal.reason as Error);
    const controller = new AbortController();
    const flight: Flight<T> = { outcome: call(controller.signal), controller, callers: 0, endedAtMs: undefined };
    this.#flights.set(key, flight);
    const end = () => {
      flight.endedAtMs = this.#clock.now();
      if (this.#ended.push({ key, flight }) === 1) this.#forgetLater();
    };
    flight.outcome.then(end, end);
    return this.#join(key, flight, caller.signal);
  }

  #join<T>(key: string, flight: Flight<T>, signal: AbortSignal): Promise<T> {
    flight.callers += 1;
    return new Promise<T>((resolve, reject) => {
      const leave = () => {
        flight.callers -= 1;
        if (flight.callers === 0 && flight.endedAtMs === undefined) {
          this.#forget(key, flight);
          flight.controller.abort(new CallerLeft());
        }
        reject(signal.reason as Error);
      };
      if (signal.aborted) {
        leave();
        return;
      }
      signal.addEventListener("abort", leave, { once: true });
      const stopListening = () => {
        signal.removeEventListener("abort", leave);
      };
      flight.outcome.finally(stopListening).then(resolve, reject);
    });
  }

  /** One timer for all flights that have ended. */
  #forgetLater(): void {
    this.#clock.after(lingerMs, () => {
      const beforeMs = this.#clock.now() - lingerMs;
      const isOver = ({ flight }: { readonly flight: Flight<unknown> }) => (flight.endedAtMs ?? Infinity) <= beforeMs;
      const ended = this.#ended;
      this.#ended = ended.filter((each) => !isOver(each));
      for (const each of ended) if (isOver(each)) this.#forget(each.key, each.flight);
      if (this.#ended.length > 0) this.#forgetLater();
    });
  }

  #forget<T>(key: string, flight: Flight<T>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}
