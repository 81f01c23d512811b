import { type Clock, type Events, Secret } from "../kernel";
import type { Credentials, Provider } from "../providers";
import { prefixOf } from "../sandbox";
import { createPortalWatch, openConnection, type Connection } from "../upstream";
import type { SharedValue } from "../upstream/ports";

interface Visit {
  /** The sandbox's port: "http://127.0.0.1:41234". */
  readonly origin: URL;
  readonly pace: { readonly timeoutMs: number; readonly maxInFlight: number };
  readonly clock: Clock;
  readonly events: Events;
}

/** Connects to a running sandbox from outside: with the policies of the service, and without its store. */
export function connectToSandbox(provider: Provider, { origin, pace, clock, events }: Visit): Connection {
  const secrets = new Map<string, Promise<SharedValue>>();
  return openConnection(
    provider,
    {
      baseUrl: new URL(prefixOf(provider), origin),
      allowPrivate: true,
      credentials: sandboxCredentials(provider),
      pace: { ...pace, callLimits: [] },
      fileHosts: [],
    },
    {
      portal: createPortalWatch(clock),
      slots: { take: (_account, { nowMs }) => Promise.resolve(nowMs), taken: () => Promise.resolve([]) },
      secrets: {
        obtain(name, _goodAtMs, make) {
          const made = secrets.get(name) ?? make();
          secrets.set(name, made);
          return made;
        },
        discard: (name) => Promise.resolve(void secrets.delete(name)),
      },
      clock,
      events,
    },
  );
}

function sandboxCredentials({ settings }: Provider): Credentials {
  return {
    read(name) {
      const value = settings.sandbox[name];
      return value === undefined ? undefined : new Secret(value);
    },
  };
}
