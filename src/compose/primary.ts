import cluster, { type Worker } from "node:cluster";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { Settings } from "../config";
import { createEvents, type Secret, systemClock } from "../kernel";
import type { Provider } from "../providers";
import { jumpingClock } from "../sandbox";
import { countsIn, type Figures, joinFigures, linesTogether, logEvents, unmixedBytes } from "../server";
import { startEmbedded } from "../store";
import { type Channel, openChannel } from "./channel";
import { openOwnSandbox, type Service } from "./compose";
import { developerToken } from "./localKeys";
import type { ToPrimary, ToWorker } from "./worker";

const backOffMs = { least: 200, most: 30_000 };
/** The back-off of a worker that has lived for so long begins anew. */
const steadyMs = 60_000;
const clockMs = 5_000;
/** A worker asks its database for figures, and a database that is away takes seconds to say so. */
const figuresMs = 8_000;
/** Longer than a worker takes to stop in order. */
const stopMs = 30_000;

interface Running {
  readonly worker: Worker;
  readonly channel: Channel<ToWorker>;
  /** As last read. */
  figures: Figures;
}

interface End {
  readonly status: number;
  readonly reason: string;
}

interface Surroundings {
  readonly providers: readonly Provider[];
  readonly stopRequest: Promise<string>;
  /** The first worker serves. */
  readonly onUp: (
    service: Pick<Service, "address" | "developerToken" | "controlUrl"> & { readonly link: URL | undefined },
  ) => void;
}

/**
 * Runs the service as several processes behind one port. This process serves nobody: it keeps what the workers share, the
 * embedded PostgreSQL and the sandbox, and starts a worker again that has ended. Returns how all of them have ended.
 */
export async function serveByWorkers(settings: Settings, { providers, stopRequest, onUp }: Surroundings): Promise<End> {
  const events = createEvents();
  const write = linesTogether((text) => void process.stdout.write(text), unmixedBytes);
  logEvents(events, { write }, process.pid);
  const stop = new AbortController();
  const isStopping = () => stop.signal.aborted;
  const ending = Promise.withResolvers<End>();
  const end = (status: number, reason: string) => {
    ending.resolve({ status, reason });
    stop.abort();
  };
  void stopRequest.then((signal) => {
    end(0, signal);
  });

  const running = new Set<Running>();
  const clock = jumpingClock(systemClock, async (aheadMs) => {
    await Promise.allSettled([...running].map(({ channel }) => channel.ask("clock", aheadMs, clockMs)));
  });
  await using opening = new AsyncDisposableStack();
  // Handing connections on in turn, as Node does by default, loses those that go to a process that has just been killed.
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  const [port, databaseUrl, sandbox] = await Promise.all([
    freePort(settings),
    settings.databaseUrl ?? startDatabase(),
    openOwnSandbox(settings, providers, clock).then((opened) => opening.use(opened)),
  ]);

  async function startDatabase(): Promise<Secret> {
    const onLost = () => {
      end(1, "the embedded PostgreSQL has died and does not start again");
    };
    const server = await startEmbedded({ dataDir: settings.dataDir, onLost });
    opening.defer(() => server.stop());
    return server.url;
  }

  const firstUp = Promise.withResolvers<undefined>();
  let greeted: Promise<undefined> | undefined;
  async function greet({ address, link }: ToPrimary["up"]["question"]): Promise<undefined> {
    const token = settings.mode === "sandbox" ? await developerToken(settings, systemClock) : undefined;
    const more = { controlUrl: sandbox?.controlUrl, link: link === undefined ? undefined : new URL(link) };
    onUp({ address: new URL(address), developerToken: token, ...more });
    firstUp.resolve(undefined);
  }

  let retired: Figures = [];
  /** A worker that does not answer counts with what it said last. */
  async function readMetrics(): Promise<string> {
    const all = await Promise.all(
      [...running].map(async (each) => {
        each.figures = await each.channel.ask("figures", undefined, figuresMs).catch(() => each.figures);
        return each.figures;
      }),
    );
    return joinFigures([...all, retired]).metrics();
  }

  /** Until it ends, by a status or a signal. */
  async function runWorker(): Promise<{ worker: number; by: number | string }> {
    const worker = cluster.fork();
    const channel = openChannel<ToWorker, ToPrimary>(worker, {
      parts: () => ({
        databaseUrl: databaseUrl.reveal(),
        controlUrl: sandbox?.controlUrl.href,
        aheadMs: clock.aheadMs,
        port,
      }),
      up: (service) => (greeted ??= greet(service)),
      metrics: readMetrics,
    });
    const each: Running = { worker, channel, figures: [] };
    running.add(each);
    const [status, signal] = (await once(worker, "exit")) as [number | null, string | null];
    running.delete(each);
    retired = await joinFigures([retired, countsIn(each.figures)]).getMetricsAsJSON();
    return { worker: worker.process.pid ?? 0, by: signal ?? status ?? 0 };
  }

  async function keepWorker(): Promise<void> {
    for (let failures = 0; !isStopping(); failures += 1) {
      const startedAt = performance.now();
      const ended = await runWorker();
      // It has said why on standard error.
      if (!greeted) end(1, "the first process has not started");
      if (isStopping()) return;
      if (performance.now() - startedAt >= steadyMs) failures = 0;
      const startsAgainInMs = Math.min(backOffMs.least * 2 ** failures, backOffMs.most);
      events.emit("worker ended", { ...ended, startsAgainInMs });
      await pause(startsAgainInMs, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  }

  const kept = [keepWorker()];
  // The first one migrates the database and makes the sandbox's secrets, so the others wait for it.
  await Promise.race([firstUp.promise, ending.promise]);
  while (!isStopping() && kept.length < settings.processes) kept.push(keepWorker());

  const { status, reason } = await ending.promise;
  for (const { channel } of running) channel.ask("stop", reason, stopMs).catch(() => undefined);
  const impatience = setTimeout(() => {
    for (const { worker } of running) worker.process.kill("SIGKILL");
  }, stopMs);
  await Promise.all(kept);
  clearTimeout(impatience);
  return { status, reason };
}

/** Fails where another service listens: a port that is shared would be shared with that one, too. */
async function freePort({ host, port }: Settings): Promise<number> {
  const probe = createServer().listen({ host, port, exclusive: true });
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  return typeof address === "object" && address ? address.port : port;
}
