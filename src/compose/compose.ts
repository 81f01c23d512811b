import type { Server } from "node:http";
import type { AddressInfo, ListenOptions } from "node:net";
import type { DestinationStream } from "pino";
import { ConfigurationError, type Settings } from "../config";
import {} from "../domain";
import { createOperations, buildGraph, makeIncomeReport, sensitiveNames } from "../graph";
import { createGate } from "../guard";
import { systemClock, type Clock, createEvents, noTracer, type Secret } from "../kernel";
import type { Provider } from "../providers";
import { type JumpingClock, jumpingClock, openSandbox, panToTry, type SandboxHost } from "../sandbox";
import {
  createApollo,
  createAuthentication,
  createDocumentCheck,
  createDocumentRun,
  type TokenTrust,
  createDocumentRoute,
  createGraphqlRoute,
  createHttpServer,
  logEvents,
  createMetrics,
  type Figures,
  createUploadRoute,
  openTracing,
  watchStore,
  acceptWebSockets,
  stopServing,
} from "../server";
import { createRuns } from "../runs";
import { createSessions } from "../sessions";
import {
  createAuditBatch,
  createCheckAadhaarLink,
  createComplianceChecks,
  createDocumentLinks,
  createGather,
  createKeepReadings,
} from "../reading";
import { openStore, sweepExpired } from "../store";
import { createPortalWatch, createWebhookSender, recordHealth, SingleFlight } from "../upstream";
import { createWebhooks, startDeliveries } from "../webhooks";
import { connectProvider } from "./connectProvider";
import { developerTenant, developerToken, masterKeysIn, tokenKeyOf } from "./localKeys";
import { createLinkPages, linkToTry } from "./linkPages";
import { createRequestContext } from "./requestContext";
import { createPages } from "./pages";

/** How long a running login may still take when the service stops. */
const lastStepMs = 5_000;

export interface Service {
  readonly address: URL;
  readonly developerToken: Secret | undefined;
  /** Where the sandbox's own controls are: its phone, its clock, its faults. */
  readonly controlUrl: URL | undefined;
  /** A link of the developer's tenant, made anew, in sandbox mode only. */
  linkToTry(): Promise<URL | undefined>;
  /** Resolves with the reason when the service cannot go on. */
  readonly failure: Promise<string>;
  /** What this process has counted. */
  figures(): Promise<Figures>;
  /** Stops accepting, lets what is in flight finish, and closes what was opened. Says whether all of it finished. */
  stop(reason: string): Promise<boolean>;
}

interface Surroundings {
  readonly providers: readonly Provider[];
  /** Where log lines go. */
  readonly log: DestinationStream;
  readonly clock?: Clock;
  readonly shared?: SharedParts;
}

/** What several processes of one service share. The one that has opened it closes it. */
interface SharedParts {
  readonly databaseUrl: Secret | undefined;
  readonly sandbox: SandboxHost | undefined;
  readonly clock: JumpingClock;
  readonly listening: Pick<ListenOptions, "port" | "reusePort">;
  /** The metrics of all processes together, as text. */
  readMetrics(): Promise<string>;
}

/** Joins all parts into a running service. If a step fails, the steps before it are undone. */
export async function compose(
  settings: Settings,
  { providers, log, clock: realClock = systemClock, shared }: Surroundings,
): Promise<Service> {
  // It jumps only in sandbox mode: the control that moves it belongs to the sandbox.
  const clock = shared?.clock ?? jumpingClock(realClock);
  const startedAtMs = clock.now();
  const events = createEvents();
  logEvents(events, log, shared && process.pid);
  const metrics = createMetrics(events);

  const failure = Promise.withResolvers<string>();
  const onLost = (reason: Error) => {
    events.emit("background failed", { what: "the embedded PostgreSQL", error: reason });
    failure.resolve("the embedded PostgreSQL has died and does not start again");
  };
  const isLive = settings.mode === "live";

  await using opening = new AsyncDisposableStack();
  // Opened first, so that it is closed last, with the spans of all that is closed before.
  const tracer = settings.traces ? opening.use(await openTracing(settings.traces, events)) : noTracer;
  const opened = await Promise.allSettled([
    openStore({
      ...{ ...settings, ...masterKeysIn(settings), vendors: providers.map(({ id }) => id), isLive, onLost },
      databaseUrl: shared?.databaseUrl ?? settings.databaseUrl,
      clock,
      events,
      tracer,
    }).then((store) => opening.use(store)),
    shared?.sandbox ?? openOwnSandbox(settings, providers, clock).then((sandbox) => opening.use(sandbox)),
    // Takes the processor while PostgreSQL starts in a process of its own.
    Promise.resolve().then(buildGraph),
  ]);
  const [store, sandbox, { schema }] = allOf(opened);
  opening.defer(sweepExpired(store, clock, events));
  const portal = createPortalWatch(clock);
  const dependencies = { portal, slots: store.callSlots, secrets: store.sharedSecrets, clock, events, tracer };
  const connected = providers.map((provider) =>
    connectProvider(provider, settings, sandbox, { ...dependencies, opening }),
  );

  opening.use(recordHealth({ connected, log: store.providerHealth, clock, events }));
  const flights = new SingleFlight(clock);
  const { limits, allowedOrigins } = settings;
  watchStore(metrics, () => store.figures());
  const append = createAuditBatch(async (tenant, records) => {
    const startedAt = performance.now();
    await store.audit.append(tenant, records);
    events.emit("audit appended", { durationMs: performance.now() - startedAt });
  });
  const runs = createRuns({
    store: store.runs,
    uploads: store.uploads,
    strictHolder: isLive,
    taxpayers: store.taxpayers,
    checks: createComplianceChecks({ connected, store: store.taxpayers, flights, clock, events }),
    announcements: store.announcements,
    append,
    clock,
    events,
  });
  const documentLinks = createDocumentLinks({
    store: store.documentLinks,
    files: store.files,
    taxpayers: store.taxpayers,
    connected,
    append,
    makeReport: makeIncomeReport,
    openRunFile: runs.openFile,
    clock,
    events,
  });
  const sessions = createSessions({
    store: store.sessions,
    consents: store.consents,
    erasures: store.erasures,
    announcements: store.announcements,
    keepReadings: createKeepReadings(store.taxpayers, store.files, clock),
    connected,
    clock,
    events,
  });
  const gather = createGather({
    store: store.taxpayers,
    connected,
    flights,
    sessions,
    append,
    ledger: store.ledger,
    clock,
    events,
    limits,
  });
  const checkAadhaarLink = createCheckAadhaarLink({
    checks: store.aadhaarChecks,
    ...{ taxpayers: store.taxpayers, consents: store.consents, ledger: store.ledger },
    ...{ connected, append, clock, events, limits },
  });
  const listening: { at?: URL } = {};
  const { links, pages: taxpayerPages } = createLinkPages({
    ...{ settings, store, sessions, connected, clock, realClock, events },
    address() {
      if (listening.at === undefined) throw new Error("the service does not listen yet");
      return listening.at;
    },
  });
  await sessions.runJobs(store.jobs, () => links.sweep());
  // Jobs stop before the connections close: a call that we cut off ourselves must not fail a session.
  opening.defer(() => store.jobs.stop());
  runs.work();
  opening.defer(() => runs.stop());
  const { introspection } = settings;
  const runOperation = createOperations(schema, { introspection });
  const gate = createGate({ schema, ...settings, store: store.rateWindows, clock: realClock, events });
  if (gate.problems.length > 0) throw new ConfigurationError(gate.problems);
  const sender = opening.use(createWebhookSender({ isSandbox: !isLive, allowPrivate: settings.allowPrivateUpstreams }));
  const checkDocument = createDocumentCheck({ schema, gate });
  const webhooks = createWebhooks({ store: store.endpoints, sender, documents: { check: checkDocument }, clock });
  const makeContext = createRequestContext({
    store,
    gather,
    append,
    documentLinks,
    sessions,
    links,
    runs,
    webhooks,
    checkAadhaarLink,
    connected,
    clock,
    events,
    strictHolder: isLive,
    limits,
  });

  const token = settings.mode === "sandbox" ? await developerToken(settings, realClock) : undefined;
  // Callers' tokens live in the real day, whatever day the sandbox plays.
  const authenticate = createAuthentication({ ...settings.tokens, trust: trustOf(settings) }, realClock);
  const asking = { ...gate, schema, runOperation, introspection, sensitive: sensitiveNames(schema), clock, events };
  const apollo = createApollo(asking);
  await apollo.start();
  opening.defer(() => apollo.stop());
  const deliveries = startDeliveries({
    ...{ queue: store.deliveries, sender, clock, realClock, events },
    documents: { run: createDocumentRun({ graphql: apollo, makeContext, gate, limits, clock }) },
  });
  opening.defer(() => deliveries.stop());
  let isStopping = false;
  const server = createHttpServer({
    graphql: createGraphqlRoute({
      graphql: apollo,
      authenticate,
      makeContext,
      gate,
      limits,
      clock,
      events,
      tracer,
    }),
    taxpayerPages,
    receiptKeys: () => store.receiptKeys(),
    uploads: createUploadRoute({ receive: runs.receiveUpload, authenticate, gate }),
    documents: createDocumentRoute({ links: documentLinks, authenticate, tracer }),
    pages: createPages(settings, { token, sandbox, clock }),
    health: { isReady: async () => !isStopping && (await store.ready()) },
    metrics: shared ? { contentType: metrics.contentType, metrics: () => shared.readMetrics() } : metrics,
    authenticate,
    events,
    isLive,
    allowedOrigins,
    maxConnections: settings.maxConnections,
  });
  const webSockets = acceptWebSockets({
    ...{ ...asking, server, authenticate, makeContext, limits, allowedOrigins, tracer },
    tokenClock: realClock,
  });
  const { host } = settings;
  await listen(server, shared ? { host, ...shared.listening } : { host, port: settings.port });
  const { port } = server.address() as AddressInfo;
  const address = new URL(`http://${host.includes(":") ? `[${host}]` : host}:${port}`);
  listening.at = address;
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
    linkToTry: async () => sandbox && linkToTry(links, developerTenant, panToTry, clock.now()),
    failure: failure.promise,
    figures: () => metrics.getMetricsAsJSON(),
    async stop(reason) {
      isStopping = true;
      events.emit("service stopping", { reason });
      const isGraceful = await stopServing(server, webSockets, clock);
      await sessions.drain(lastStepMs);
      await open.disposeAsync();
      events.emit("service stopped", { graceful: isGraceful });
      return isGraceful;
    },
  };
}

/** Simulates the vendors that have no address of their own. Undefined in live mode. */
export async function openOwnSandbox(
  { mode, vendorById }: Settings,
  providers: readonly Provider[],
  clock: JumpingClock,
): Promise<SandboxHost | undefined> {
  if (mode === "live") return undefined;
  const simulated = providers.flatMap((provider) => {
    const vendor = vendorById.get(provider.id);
    return vendor?.mode === "SANDBOX" ? [{ provider, credentials: vendor.credentials }] : [];
  });
  return openSandbox(simulated, clock);
}

function trustOf(settings: Settings): TokenTrust {
  const { trust } = settings.tokens;
  const secret = tokenKeyOf(settings);
  return trust.kind === "jwks" || secret === undefined ? (trust as TokenTrust) : { kind: "secret", secret };
}

async function listen(server: Server, { host, port, reusePort }: ListenOptions): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen({ host, port, reusePort }, resolve);
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
