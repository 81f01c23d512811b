import type { ProviderId } from "../domain";
import { type Clock, type Events, Fault } from "../kernel";
import type { ConnectedProvider, LoginClient, LoginTerms } from "../providers";
import type { Announcements, ConsentStore, ErasureStore, KeepReadings, SessionStore } from "./ports";

/** The dependencies of this folder. */
export interface SessionTools {
  readonly store: SessionStore;
  readonly consents: ConsentStore;
  readonly erasures: ErasureStore;
  readonly announcements: Announcements;
  readonly keepReadings: KeepReadings;
  readonly connected: readonly ConnectedProvider[];
  readonly clock: Clock;
  readonly events: Events;
}

/** A provider with a login. */
export interface LoginProvider extends ConnectedProvider {
  readonly client: LoginClient;
  readonly terms: LoginTerms;
}

export function asLoginProvider(connected: ConnectedProvider): LoginProvider | undefined {
  const { client, provider } = connected;
  if (client?.needs !== "LOGIN" || provider.loginTerms === undefined) return undefined;
  return { ...connected, client, terms: provider.loginTerms };
}

export function loginProvider({ connected }: Pick<SessionTools, "connected">, id: ProviderId): LoginProvider {
  const found = connected.find(({ provider }) => provider.id === id);
  const ready = found && asLoginProvider(found);
  if (ready === undefined) throw new Fault("PROVIDER_NOT_CONFIGURED", { provider: id });
  return ready;
}

/** Runs work that goes on when its caller has left. */
export type Background = (work: Promise<void>) => void;

interface BackgroundWork {
  readonly run: Background;
  /** Waits for all of it, for this long at most. */
  drain(mostMs: number): Promise<void>;
}

export function createBackground(clock: Clock, events: Events): BackgroundWork {
  const underWay = new Set<Promise<void>>();
  return {
    run(work) {
      const watched = work
        .catch((error: unknown) => {
          events.emit("background failed", { what: "a step of a session", error });
        })
        .finally(() => underWay.delete(watched));
      underWay.add(watched);
    },
    async drain(mostMs) {
      await atMost(clock, mostMs, Promise.all(underWay));
    },
  };
}

/** Resolves when the work is done, or after this time. */
export async function atMost(clock: Clock, mostMs: number, work: Promise<unknown>): Promise<void> {
  const late = Promise.withResolvers<undefined>();
  const cancel = clock.after(mostMs, () => {
    late.resolve(undefined);
  });
  await Promise.race([work, late.promise]);
  cancel();
}
