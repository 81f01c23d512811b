import { type Clock, CallerLeft } from "../kernel";
import type { FlightCaller, Flights } from "../reading/ports";

/** How long a landed flight may still be boarded by requests that were under way before it landed. */
const lingerMs = 2_000;

interface Flight<T> {
  readonly outcome: Promise<T>;
  readonly controller: AbortController;
  aboard: number;
  landedAtMs: number | undefined;
}

/**
 * One flight for each key, however many callers: they share its outcome, be it an answer or a failure. A caller may
 * leave early without failing the others; the flight is called off when the last one has left, and whoever comes after
 * that takes a new one.
 */
export class SingleFlight implements Flights {
  readonly #flights = new Map<string, Flight<unknown>>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  join<T>(key: string, boarder: FlightCaller): Promise<T> | undefined {
    const flight = this.#flights.get(key) as Flight<T> | undefined;
    const isOpen = flight && (flight.landedAtMs === undefined || flight.landedAtMs > boarder.askedAtMs);
    return isOpen ? this.#ride(key, flight, boarder.signal) : undefined;
  }

  start<T>(key: string, boarder: FlightCaller, take: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (boarder.signal.aborted) return Promise.reject(boarder.signal.reason as Error);
    const controller = new AbortController();
    const flight: Flight<T> = { outcome: take(controller.signal), controller, aboard: 0, landedAtMs: undefined };
    this.#flights.set(key, flight);
    const land = () => {
      flight.landedAtMs = this.#clock.now();
      this.#clock.after(lingerMs, () => {
        this.#forget(key, flight);
      });
    };
    flight.outcome.then(land, land);
    return this.#ride(key, flight, boarder.signal);
  }

  #ride<T>(key: string, flight: Flight<T>, caller: AbortSignal): Promise<T> {
    flight.aboard += 1;
    return new Promise<T>((resolve, reject) => {
      const leave = () => {
        flight.aboard -= 1;
        if (flight.aboard === 0 && flight.landedAtMs === undefined) {
          this.#forget(key, flight);
          flight.controller.abort(new CallerLeft());
        }
        reject(caller.reason as Error);
      };
      if (caller.aborted) {
        leave();
        return;
      }
      caller.addEventListener("abort", leave, { once: true });
      const arrive = () => {
        caller.removeEventListener("abort", leave);
      };
      flight.outcome.finally(arrive).then(resolve, reject);
    });
  }

  #forget<T>(key: string, flight: Flight<T>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}
