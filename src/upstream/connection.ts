import { type Clock, type Events, isPrivateHost, type Tracer } from "../kernel";
import type {
  CallLimit,
  CallPolicy,
  CallsLeft,
  Credentials,
  OpenedFile,
  Operation,
  OperationHealth,
  Provider,
  ProviderTools,
} from "../providers";
import { createCallLimiter } from "./callLimiter";
import type { CallSlotStore, SecretStore } from "./ports";
import { createFileFetcher } from "./fileFetcher";
import { createBulkhead, shareOfBackground } from "./bulkhead";
import { createOperation, type PolicySettings } from "./policy";
import type { PortalWatch } from "./portalWatch";
import { createRetryBudget } from "./retry";
import { createSharedSecret } from "./sharedSecret";
import { createTransport } from "./transport";

/** The address of one vendor, and the limits on calls to it. */
interface Destination {
  readonly baseUrl: URL;
  readonly allowPrivate: boolean;
  readonly credentials: Credentials;
  readonly pace: {
    readonly timeoutMs: number;
    readonly maxInFlight: number;
    /** All processes keep them together. */
    readonly callLimits: readonly CallLimit[];
  };
  /** Origins and hosts that the operator allows besides those of the vendor: "https://files.example.com". */
  readonly fileHosts: readonly string[];
}

/** What the connections to all vendors share. */
export interface Dependencies {
  readonly portal: PortalWatch;
  readonly slots: CallSlotStore;
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly events: Events;
  readonly tracer?: Tracer | undefined;
}

export interface Connection extends AsyncDisposable {
  readonly tools: ProviderTools;
  /** The same, for a client of background work. */
  readonly backgroundTools: ProviderTools;
  /** How many calls of background work are made at once. */
  readonly backgroundAtOnce: number;
  /** Takes a call slot for background work: 0, or in how many milliseconds one may be free. */
  takeSpareSlot(): Promise<number>;
  /** The policy of file calls ends with the first byte. */
  openFile(link: string, signal: AbortSignal): Promise<OpenedFile>;
  health(): readonly OperationHealth[];
  callsLeft(): Promise<readonly CallsLeft[]>;
}

/** Live settings name a private address only where those are allowed, so each address here is intended. */
function trustedHostsOf({ baseUrl, fileHosts }: Destination): readonly string[] {
  const named = [baseUrl, ...fileHosts.map((host) => URL.parse(host)).filter((url) => url !== null)];
  return named.filter(({ hostname }) => isPrivateHost(hostname)).map(({ host }) => host);
}

/** Opens the connection of a vendor's client, with the policies of its calls. */
export function openConnection(provider: Provider, destination: Destination, dependencies: Dependencies): Connection {
  const { id } = provider;
  const { baseUrl, credentials, pace } = destination;
  const limits = pace.callLimits;
  const { clock, events, slots, tracer } = dependencies;
  // Tokens and call counts belong to one address.
  const account = `${id} at ${baseUrl.host}`;
  const transport = createTransport(id, baseUrl, pace.maxInFlight);
  const { allowPrivate } = destination;
  const fileHosts = [...provider.fileHosts, ...destination.fileHosts];
  const trustedHosts = trustedHostsOf(destination);
  const files = createFileFetcher({ provider: id, baseUrl, fileHosts, allowPrivate, trustedHosts });
  const operationByName = new Map<string, ReturnType<typeof createOperation>>();

  const limiter = limits.length === 0 ? undefined : createCallLimiter({ provider: id, account, limits, slots, clock });
  const policy: PolicySettings = {
    provider: id,
    timeoutMs: pace.timeoutMs,
    bulkhead: createBulkhead(id, pace.maxInFlight),
    budget: createRetryBudget(),
    portal: provider.login === "NONE" ? undefined : dependencies.portal,
    limiter: limiter && ((signal) => limiter.wait(signal)),
    ...{ clock, events, tracer },
  };
  // Files come from another host, without the vendor's call limits and without the portal.
  const policyOfFiles: PolicySettings = {
    ...policy,
    bulkhead: createBulkhead(id, pace.maxInFlight),
    portal: undefined,
    limiter: undefined,
  };
  /** Made at its first use, because most vendors have no files and then show no health of them. */
  function fileCall(): Operation {
    return operationOf("file", { repeat: "SAFE" }, policyOfFiles).run;
  }

  /** One breaker and one health, however many clients name it. */
  function operationOf(name: string, ofCall: CallPolicy = { repeat: "NEVER" }, settings: PolicySettings = policy) {
    const operation = operationByName.get(name) ?? createOperation(name, ofCall, settings);
    operationByName.set(name, operation);
    return operation;
  }

  const tools: ProviderTools = {
    transport,
    credentials,
    clock,
    operation: (name, ofCall) => operationOf(name, ofCall).run,
    countUnknownFields(count) {
      if (count > 0) events.emit("fields unknown", { provider: id, count });
    },
    fetchFile: (link, signal) => fileCall()(signal, (fetchSignal) => files.fetch(link, fetchSignal)),
    sharedSecret: (name, make) =>
      createSharedSecret(`${name} of ${account}`, make, { store: dependencies.secrets, clock }),
  };

  return {
    tools,
    backgroundTools: { ...tools, operation: (name, ofCall) => operationOf(name, ofCall).runInBackground },
    backgroundAtOnce: shareOfBackground(pace.maxInFlight),
    takeSpareSlot: () => limiter?.takeSpare() ?? Promise.resolve(0),
    openFile: (link, signal) => fileCall()(signal, (openSignal) => files.open(link, openSignal)),
    health: () => [...operationByName.values()].map((operation) => operation.health()),
    async callsLeft() {
      if (limits.length === 0) return [];
      const windowsMs = limits.map(({ windowMs }) => windowMs);
      const taken = await slots.taken(account, clock.now(), windowsMs);
      return limits.map((limit, index) => ({ ...limit, left: Math.max(0, limit.mostCalls - (taken[index] ?? 0)) }));
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([transport[Symbol.asyncDispose](), files[Symbol.asyncDispose]()]);
    },
  };
}
