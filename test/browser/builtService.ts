import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "../..");

export interface BuiltService extends AsyncDisposable {
  readonly origin: string;
  readonly token: string;
  /** All that it has printed and logged. */
  output(): string;
  /** Ends it and starts it again, on the same port and data. */
  restart(): Promise<void>;
  /** Moves the sandbox so many days from the real one. */
  jumpDays(days: number): Promise<void>;
}

/** What `npm start` starts: the bundle and the server as built, in sandbox mode, on a database of its own. */
export async function startBuiltService(): Promise<BuiltService> {
  execFileSync(process.execPath, ["scripts/build.mjs"], { cwd: root });
  const folder = mkdtempSync(join(tmpdir(), "aaygraph-built-"));
  let running = await startIn(folder, "0");
  const found = (pattern: RegExp) => pattern.exec(running.printed())?.[1] ?? "";
  const origin = found(/GraphQL +(\S+)\/graphql/);
  return {
    origin,
    token: found(/(eyJ\S+)/),
    output: () => running.printed(),
    async restart() {
      await running.stop();
      running = await startIn(folder, new URL(origin).port);
    },
    async jumpDays(days) {
      const to = new Date(Date.now() + days * 24 * 60 * 60_000).toISOString();
      await fetch(new URL("clock", found(/Fake phone +(\S+)phone/)), { method: "POST", body: JSON.stringify({ to }) });
    },
    async [Symbol.asyncDispose]() {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startIn(folder: string, port: string) {
  const child = spawn(process.execPath, ["--enable-source-maps", "dist/server/main.js"], {
    cwd: root,
    env: { PATH: process.env.PATH ?? "", PORT: port, AAY_DATA_DIR: folder },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "close");
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  while (!printed.includes('"service started"')) {
    const isOver = await Promise.race([once(child.stdout, "data").then(() => false), ended.then(() => true)]);
    if (isOver) throw new Error("The service ended before it was up.");
  }
  return {
    printed: () => printed,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
