import type { Clock, Events } from "../kernel";
import type { Credentials, OpenedFile, OperationHealth, Provider, ProviderTools } from "../providers";
import { createCallLimiter } from "./callLimiter";
import type { CallSlotStore, SecretStore } from "./ports";
import { createFileFetcher } from "./fileFetcher";
import { createPlaces } from "./bulkhead";
import { createOperation, type OperationUnderPolicy, type PolicySettings } from "./policy";
import type { PortalWatch } from "./portalWatch";
import { createRetryBudget } from "./retry";
import { createSharedSecret } from "./sharedSecret";
import { createTransport } from "./transport";

/** Where one vendor stands, and at which pace it may be asked. */
interface Destination {
  readonly baseUrl: URL;
  readonly isSandbox: boolean;
  readonly allowPrivate: boolean;
  readonly credentials: Credentials;
  readonly pace: { readonly timeoutMs: number; readonly maxInFlight: number };
}

/** What the roads to all vendors share. */
export interface Grounds {
  readonly portal: PortalWatch;
  readonly slots: CallSlotStore;
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly events: Events;
}

export interface Road extends AsyncDisposable {
  readonly tools: ProviderTools;
  /** Under the same manners as a file that is fetched whole, as far as its first byte. */
  openFile(link: string, signal: AbortSignal): Promise<OpenedFile>;
  health(): readonly OperationHealth[];
}

/** All that a vendor's client needs to reach its vendor, under one set of manners. */
export function openRoad(provider: Provider, destination: Destination, grounds: Grounds): Road {
  const { id, fileHosts } = provider;
  const { baseUrl, credentials, pace } = destination;
  // A simulator has no limits to keep, and whoever tries it out should not wait for a real vendor's.
  const limits = destination.isSandbox ? [] : provider.callLimits;
  const { clock, events, slots } = grounds;
  // Neither tokens nor counts of one address are good at another.
  const account = `${id} at ${baseUrl.host}`;
  const transport = createTransport(id, baseUrl, pace.maxInFlight);
  const files = createFileFetcher({ provider: id, fileHosts, ...destination });
  const operations: OperationUnderPolicy[] = [];

  const manners: PolicySettings = {
    provider: id,
    timeoutMs: pace.timeoutMs,
    places: createPlaces(id, pace.maxInFlight),
    budget: createRetryBudget(),
    portal: provider.login === "NONE" ? undefined : grounds.portal,
    limiter: limits.length === 0 ? undefined : createCallLimiter({ provider: id, account, limits, slots, clock }),
    clock,
    events,
  };
  // Files lie beside the vendor's API and the portal: neither limits, nor outages, nor places of the calls are theirs.
  const mannersOfFiles: PolicySettings = {
    ...manners,
    places: createPlaces(id, pace.maxInFlight),
    portal: undefined,
    limiter: undefined,
  };
  let fetching: OperationUnderPolicy | undefined;

  function fetchingOperation(): OperationUnderPolicy {
    // Made at its first use: most vendors have no files, and no health of them to tell.
    fetching ??= add(createOperation("file", { repeat: "SAFE" }, mannersOfFiles));
    return fetching;
  }

  function add(operation: OperationUnderPolicy): OperationUnderPolicy {
    operations.push(operation);
    return operation;
  }

  return {
    tools: {
      transport,
      credentials,
      clock,
      operation: (name, manner = { repeat: "NEVER" }) => add(createOperation(name, manner, manners)).run,
      countUnknownFields(count) {
        if (count > 0) events.emit("fields unknown", { provider: id, count });
      },
      fetchFile: (link, signal) => fetchingOperation().run(signal, (fetchSignal) => files.fetch(link, fetchSignal)),
      sharedSecret: (name, make) =>
        createSharedSecret(`${name} of ${account}`, make, { store: grounds.secrets, clock }),
    },
    openFile: (link, signal) => fetchingOperation().run(signal, (openSignal) => files.open(link, openSignal)),
    health: () => operations.map((operation) => operation.health()),
    async [Symbol.asyncDispose]() {
      await Promise.all([transport[Symbol.asyncDispose](), files[Symbol.asyncDispose]()]);
    },
  };
}
