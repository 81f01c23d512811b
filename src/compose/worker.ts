import type { Settings } from "../config";
import { Secret, systemClock } from "../kernel";
import type { Provider } from "../providers";
import { attachSandbox, jumpingClock } from "../sandbox";
import { type Figures, linesTogether, unmixedBytes } from "../server";
import { openChannel } from "./channel";
import { compose } from "./compose";

/** The kernel shares new connections out evenly, and gives none to a process that has died. */
const kernelShares = process.platform === "linux";

/** What a worker asks its primary. */
export interface ToPrimary {
  /** The parts that all workers share. */
  readonly parts: {
    readonly question: undefined;
    readonly answer: {
      readonly databaseUrl: string | undefined;
      readonly controlUrl: string | undefined;
      readonly aheadMs: number;
      readonly port: number;
    };
  };
  /** It listens. The answer comes once standard output is free for its log. */
  readonly up: {
    readonly question: { readonly address: string; readonly link: string | undefined };
    readonly answer: undefined;
  };
  readonly metrics: { readonly question: undefined; readonly answer: string };
}

/** What the primary asks a worker. */
export interface ToWorker {
  /** The sandbox's clock is so far ahead now. */
  readonly clock: { readonly question: number; readonly answer: undefined };
  readonly figures: { readonly question: undefined; readonly answer: Figures };
  /** Answered at once: the end of the process says when it is done. */
  readonly stop: { readonly question: string; readonly answer: undefined };
}

/** One of several processes behind the port of the primary. Returns the status that the process ends with. */
export async function serveAsWorker(settings: Settings, providers: readonly Provider[]): Promise<number> {
  const stopped = Promise.withResolvers<string>();
  // Ctrl-C reaches every process of the terminal: the primary then stops its workers itself.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => {
    stopped.resolve("SIGTERM");
  });
  const clock = jumpingClock(systemClock);
  let figures = (): Promise<Figures> => Promise.resolve([]);
  const primary = openChannel<ToPrimary, ToWorker>(process, {
    clock: (aheadMs) => clock.jumpBy(aheadMs - clock.aheadMs) as Promise<undefined>,
    figures: () => figures(),
    stop(reason) {
      stopped.resolve(reason);
      return undefined;
    },
  });
  const { databaseUrl, controlUrl, aheadMs, port } = await primary.ask("parts", undefined);
  await clock.jumpBy(aheadMs - clock.aheadMs);

  const waiting: string[] = [];
  const log = { write: (line: string) => void waiting.push(line) };
  const service = await compose(settings, {
    providers,
    log,
    shared: {
      databaseUrl: databaseUrl === undefined ? undefined : new Secret(databaseUrl),
      sandbox: controlUrl === undefined ? undefined : attachSandbox(new URL(controlUrl)),
      clock,
      listening: { port, reusePort: kernelShares },
      readMetrics: () => primary.ask("metrics", undefined),
    },
  });
  figures = () => service.figures();
  await primary.ask("up", { address: service.address.href, link: (await service.linkToTry())?.href });
  log.write = linesTogether((text) => void process.stdout.write(text), unmixedBytes);
  for (const line of waiting) log.write(line);

  await service.stop(await stopped.promise);
  return 0;
}
