import cluster from "node:cluster";
import { compose, serveAsWorker, serveByWorkers } from "./compose";
import { ConfigurationError, readSettings, type Settings } from "./config";
import { auditCommand } from "./commands/audit";
import { printFlows } from "./commands/flows";
import { listen } from "./commands/listen";
import { printPersonas } from "./commands/personas";
import { printToken } from "./commands/token";
import { keysCommand } from "./commands/keys";
import { providers } from "./providers";
import { welcome } from "./sandbox";
import { linesTogether } from "./server";
import { StoreUnavailable } from "./store";

const commands: Record<string, (args: string[]) => Promise<void>> = {
  serve,
  token: (args) => printToken(readSettings(process.env, providers), args),
  personas: printPersonas,
  flows: printFlows,
  listen: (args) => listen(readSettings(process.env, providers), args),
  audit: (args) => auditCommand(readSettings(process.env, providers), args),
  keys: (args) => keysCommand(readSettings(process.env, providers), args),
};

async function serve(): Promise<void> {
  const settings = readSettings(process.env, providers);
  const isOneOfSeveral = settings.processes > 1;
  if (isOneOfSeveral && cluster.isWorker) process.exit(await serveAsWorker(settings, providers));
  // From the first moment on, so that a service that is still starting stops in order, too.
  const stopRequest = firstStopSignal();
  const greet: Greet = (service) => {
    if (settings.mode === "sandbox") process.stdout.write(welcome(service, settings.playground));
  };
  const serving = isOneOfSeveral
    ? serveByWorkers(settings, { providers, stopRequest, onUp: greet })
    : serveAlone(settings, stopRequest, greet);
  const { reason, status } = await serving;
  if (status !== 0) process.stderr.write(`The service ends: ${reason}.\n`);
  process.exit(status);
}

type Greet = (service: Parameters<typeof welcome>[0]) => void;

async function serveAlone(
  settings: Settings,
  stopRequest: Promise<string>,
  greet: Greet,
): Promise<{ reason: string; status: number }> {
  // Log lines wait until the welcome text is printed: standard output is JSON from then on.
  const waiting: string[] = [];
  const log = { write: (line: string) => void waiting.push(line) };
  const service = await compose(settings, { providers, log });
  greet({ ...service, link: await service.linkToTry() });
  log.write = linesTogether((text) => void process.stdout.write(text));
  for (const line of waiting) log.write(line);

  const end = await Promise.race([
    stopRequest.then((signal) => ({ reason: signal, status: 0 })),
    service.failure.then((reason) => ({ reason, status: 1 })),
  ]);
  await service.stop(end.reason);
  return end;
}

function firstStopSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      process.once(signal, () => {
        resolve(signal);
        // A second signal ends the process at once.
        process.on(signal, () => process.exit(1));
      });
    }
  });
}

function fail(error: unknown): void {
  const isForOperators = error instanceof ConfigurationError || error instanceof StoreUnavailable;
  process.stderr.write(`${isForOperators ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exit(1);
}

const [name = "serve", ...args] = process.argv.slice(2);
const command = commands[name];
if (command) command(args).catch(fail);
else fail(new ConfigurationError([`There is no command ${name}: use ${Object.keys(commands).join(", ")}.`]));
