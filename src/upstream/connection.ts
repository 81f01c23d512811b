import { type Clock, type Events, isPrivateHost, type Tracer } from "../kernel";
import type { Credentials, OpenedFile, OperationHealth, Provider, ProviderTools, CallLimit } from "../providers";
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
  readonly allowPrivate: boolean;
  readonly credentials: Credentials;
  readonly pace: {
    readonly timeoutMs: number;
    readonly maxInFlight: number;
    /** Kept by all processes together. */
    readonly callLimits: readonly CallLimit[];
  };
  /** Origins and hosts that the operator allows besides those of the vendor: "https://files.example.com". */
  readonly fileHosts: readonly string[];
}

/** What the roads to all vendors share. */
export interface Grounds {
  readonly portal: PortalWatch;
  readonly slots: CallSlotStore;
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly events: Events;
  readonly tracer?: Tracer | undefined;
}

export interface Road extends AsyncDisposable {
  readonly tools: ProviderTools;
  /** Under the same manners as a file that is fetched whole, as far as its first byte. */
  openFile(link: string, signal: AbortSignal): Promise<OpenedFile>;
  health(): readonly OperationHealth[];
}

/** Settings in live mode name no private address unless those are allowed, so what is named here is meant. */
function trustedHostsOf({ baseUrl, fileHosts }: Destination): readonly string[] {
  const named = [baseUrl, ...fileHosts.map((host) => URL.parse(host)).filter((url) => url !== null)];
  return named.filter(({ hostname }) => isPrivateHost(hostname)).map(({ host }) => host);
}

/** All that a vendor's client needs to reach its vendor, under one set of manners. */
export function openRoad(provider: Provider, destination: Destination, grounds: Grounds): Road {
  const { id } = provider;
  const { baseUrl, credentials, pace } = destination;
  const limits = pace.callLimits;
  const { clock, events, slots, tracer } = grounds;
  // Neither tokens nor counts of one address are good at another.
  const account = `${id} at ${baseUrl.host}`;
  const transport = createTransport(id, baseUrl, pace.maxInFlight);
  const { allowPrivate } = destination;
  const fileHosts = [...provider.fileHosts, ...destination.fileHosts];
  const trustedHosts = trustedHostsOf(destination);
  const files = createFileFetcher({ provider: id, baseUrl, fileHosts, allowPrivate, trustedHosts });
  const operations: OperationUnderPolicy[] = [];

  const manners: PolicySettings = {
    provider: id,
    timeoutMs: pace.timeoutMs,
    places: createPlaces(id, pace.maxInFlight),
    budget: createRetryBudget(),
    portal: provider.login === "NONE" ? undefined : grounds.portal,
    limiter: limits.length === 0 ? undefined : createCallLimiter({ provider: id, account, limits, slots, clock }),
    ...{ clock, events, tracer },
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
