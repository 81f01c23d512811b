import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { DestinationStream } from "pino";
import type { Settings } from "./config/settings";
import type { VendorSettings } from "./config/vendorSettings";
import { instantAt } from "./domain/calendarDate";
import { createOperations } from "./graph/operations";
import { createSessionLoaders } from "./graph/sessionLoaders";
import { buildGraph } from "./graph/schema";
import { systemClock, type Clock } from "./kernel/clock";
import { createEvents } from "./kernel/events";
import type { Secret } from "./kernel/secret";
import { developerToken, masterKeyOf, tokenKeyOf } from "./localKeys";
import type { Provider } from "./providers/provider";
import { jumpingClock } from "./sandbox/clock";
import { openSandbox, type SandboxHost } from "./sandbox/host";
import { createApollo } from "./server/apollo";
import { createAuthentication, type TokenTrust } from "./server/authentication";
import { createDocumentRoute } from "./server/documents";
import { createGraphqlRoute, type MakeContext } from "./server/graphqlRoute";
import { createHttpServer } from "./server/http";
import { logEvents } from "./server/log";
import { createMetrics } from "./server/metrics";
import { createPlayground } from "./server/playground";
import { acceptWebSockets } from "./server/webSocket";
import { stopServing } from "./server/stopServing";
import type { ConnectedProvider } from "./providers/connectedProvider";
import { createSessions } from "./sessions/lifecycle";
import type { Asker } from "./sources/asker";
import { createDocumentLinks } from "./sources/documentLinks";
import { createGather } from "./sources/gather";
import { createKeepReadings } from "./sources/keepReadings";
import { createLedger } from "./sources/ledger";
import { createLoaders } from "./sources/loaders";
import { openStore } from "./store/store";
import { sweepExpired } from "./store/sweepExpired";
import { createPortalWatch } from "./upstream/portalWatch";
import { openRoad, type Grounds } from "./upstream/road";
import { SingleFlight } from "./upstream/singleFlight";

/** How long a login under way may still take when the service is told to stop. */
const lastStepMs = 5_000;

export interface Service {
  readonly address: URL;
  readonly developerToken: Secret | undefined;
  /** Where the sandbox's own controls are: its phone, its clock, its faults. */
  readonly controlUrl: URL | undefined;
  /** Stops accepting, lets what is in flight finish, and closes what was opened. Says whether all of it finished. */
  stop(reason: string): Promise<boolean>;
}

export interface Surroundings {
  readonly providers: readonly Provider[];
  /** Where log lines go. */
  readonly log: DestinationStream;
  readonly clock?: Clock;
}

/** Joins all parts into a running service; when a step fails, the ones before it are undone. */
export async function compose(
  settings: Settings,
  { providers, log, clock: realClock = systemClock }: Surroundings,
): Promise<Service> {
  // Nobody can make it jump in live mode, where no sandbox is opened.
  const clock = jumpingClock(realClock);
  const startedAtMs = clock.now();
  const events = createEvents();
  logEvents(events, log);
  const metrics = createMetrics(events);

  await using opening = new AsyncDisposableStack();
  const opened = await Promise.allSettled([
    openStore({ ...settings, masterKey: masterKeyOf(settings), clock, events }).then((store) => opening.use(store)),
    settings.mode === "sandbox"
      ? openSandbox(simulatedVendors(settings, providers), clock).then((sandbox) => opening.use(sandbox))
      : undefined,
    // Takes the processor while PostgreSQL starts in a process of its own.
    Promise.resolve().then(buildGraph),
  ]);
  const [store, sandbox, { schema }] = allOf(opened);
  opening.defer(sweepExpired(store, clock, events));
  const portal = createPortalWatch(clock);
  const grounds = { portal, slots: store.callSlots, secrets: store.sharedSecrets, clock, events };
  const connected = providers.map((provider) => connect(provider, settings, sandbox, { ...grounds, opening }));

  const flights = new SingleFlight(clock);
  const { upstreamBudget } = settings;
  const append = createLedger((tenant, records) => store.consents.record(tenant, records));
  const gather = createGather({ store: store.taxpayers, connected, flights, append, clock, events, upstreamBudget });
  const documentLinks = createDocumentLinks({
    store: store.documentLinks,
    taxpayers: store.taxpayers,
    connected,
    append,
    clock,
  });
  const sessions = createSessions({
    store: store.sessions,
    consents: store.consents,
    erasures: store.erasures,
    announcements: store.announcements,
    keepReadings: createKeepReadings(store.taxpayers, clock),
    connected,
    clock,
    events,
  });
  await sessions.attend(store.jobs);
  // Before the roads to the providers are closed: a call cut off by our own leaving must not fail anybody's session.
  opening.defer(() => store.jobs.stop());
  const makeContext: MakeContext = ({ requestId, startedAtMs: askedAtMs, access, signal }) => {
    const cost = { upstreamCalls: 0, portalLogins: 0, paise: 0, heldAnswers: 0, sharedFlights: 0 };
    const asker: Asker = {
      tenant: access.tenant,
      cost,
      askedAtMs,
      get signal() {
        return signal();
      },
    };
    const loaders = createLoaders(store.taxpayers, gather, asker);
    const strictHolder = settings.mode === "live";
    return {
      requestId,
      startedAtMs: askedAtMs,
      access,
      loaders,
      documentLinks,
      sessionLoaders: createSessionLoaders(access.tenant, store.sessions, store.consents),
      sessions,
      sessionStore: store.sessions,
      consentStore: store.consents,
      otpSubmittedFor: new Set(),
      cost,
      connected,
      clock,
      events,
      strictHolder,
    };
  };

  const token = settings.mode === "sandbox" ? await developerToken(settings, realClock) : undefined;
  // Callers' tokens live in the real day, whatever day the sandbox plays.
  const authenticate = createAuthentication({ ...settings.tokens, trust: trustOf(settings) }, realClock);
  const runOperation = createOperations(schema);
  const apollo = createApollo({ schema, runOperation, introspection: settings.introspection, clock, events });
  await apollo.start();
  opening.defer(() => apollo.stop());
  let isStopping = false;
  const server = createHttpServer({
    graphql: createGraphqlRoute({ apollo, authenticate, makeContext, clock, events }),
    documents: createDocumentRoute({ links: documentLinks, authenticate }),
    playground: settings.playground
      ? createPlayground({
          directory: join(__dirname, "../playground"),
          token,
          phone: sandbox && (() => ({ now: instantAt(clock.now()), messages: sandbox.messages() })),
        })
      : undefined,
    health: { isReady: async () => !isStopping && (await store.ready()) },
    metrics,
    authenticate,
    events,
  });
  const webSockets = acceptWebSockets({ server, schema, runOperation, authenticate, makeContext, clock });
  await listen(server, settings);
  const { port } = server.address() as AddressInfo;
  const address = new URL(`http://${settings.host.includes(":") ? `[${settings.host}]` : settings.host}:${port}`);
  events.emit("service started", {
    address: address.href,
    mode: settings.mode,
    readyAfterMs: clock.now() - startedAtMs,
  });

  const open = opening.move();
  return {
    address,
    developerToken: token,
    controlUrl: sandbox?.controlUrl,
    async stop(reason) {
      isStopping = true;
      events.emit("service stopping", { reason });
      const isGraceful = await stopServing(server, webSockets, clock);
      await sessions.settled(lastStepMs);
      await open.disposeAsync();
      events.emit("service stopped", { graceful: isGraceful });
      return isGraceful;
    },
  };
}

function simulatedVendors({ vendorById }: Settings, providers: readonly Provider[]) {
  return providers.flatMap((provider) => {
    const vendor = vendorById.get(provider.id);
    return vendor?.mode === "SANDBOX" ? [{ provider, credentials: vendor.credentials }] : [];
  });
}

function connect(
  provider: Provider,
  { vendorById, allowPrivateUpstreams: allowPrivate }: Settings,
  sandbox: SandboxHost | undefined,
  { opening, ...grounds }: Grounds & { opening: AsyncDisposableStack },
): ConnectedProvider {
  const vendor: VendorSettings = vendorById.get(provider.id) ?? { mode: "OFF" };
  const baseUrl = vendor.mode === "LIVE" ? vendor.baseUrl : sandbox?.baseUrl(provider);
  if (vendor.mode === "OFF" || baseUrl === undefined) {
    return { provider, mode: "OFF", client: undefined, pollMs: undefined, health: () => [] };
  }
  const { mode, credentials, pace } = vendor;
  const destination = { baseUrl, isSandbox: mode === "SANDBOX", allowPrivate, credentials, pace };
  const road = opening.use(openRoad(provider, destination, grounds));
  const { tools } = road;
  return {
    provider,
    mode,
    client: provider.connect(tools),
    fetchFile: (url, signal) => tools.fetchFile(url, signal),
    pollMs: pace.pollMs,
    health: () => road.health(),
  };
}

function trustOf(settings: Settings): TokenTrust {
  const { trust } = settings.tokens;
  const secret = tokenKeyOf(settings);
  return trust.kind === "jwks" || secret === undefined ? (trust as TokenTrust) : { kind: "secret", secret };
}

async function listen(server: Server, { host, port }: Settings): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, host, resolve);
  });
}

function allOf<Results extends readonly unknown[]>(settled: {
  [Index in keyof Results]: PromiseSettledResult<Results[Index]>;
}): Results {
  return settled.map((result) => {
    if (result.status === "rejected") throw result.reason;
    return result.value;
  }) as unknown as Results;
}
