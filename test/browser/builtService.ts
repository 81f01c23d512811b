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
  /** Moves the sandbox so many days from the real one. */
  jumpDays(days: number): Promise<void>;
}

/** What `npm start` starts: the bundle and the server as built, in sandbox mode, on a database of its own. */
export async function startBuiltService(): Promise<BuiltService> {
  execFileSync(process.execPath, ["scripts/build.mjs"], { cwd: root });
  const folder = mkdtempSync(join(tmpdir(), "aaygraph-built-"));
  const child = spawn(process.execPath, ["--enable-source-maps", "dist/server/main.js"], {
    cwd: root,
    env: { PATH: process.env.PATH ?? "", PORT: "0", AAY_DATA_DIR: folder },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "close");
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  while (!printed.includes('"service started"')) {
    const isOver = await Promise.race([once(child.stdout, "data").then(() => false), ended.then(() => true)]);
    if (isOver) throw new Error("The service ended before it was up.");
  }
  const found = (pattern: RegExp) => pattern.exec(printed)?.[1] ?? "";
  const controls = found(/Fake phone +(\S+)phone/);
  return {
    origin: found(/GraphQL +(\S+)\/graphql/),
    token: found(/(eyJ\S+)/),
    output: () => printed,
    async jumpDays(days) {
      const to = new Date(Date.now() + days * 24 * 60 * 60_000).toISOString();
      await fetch(new URL("clock", controls), { method: "POST", body: JSON.stringify({ to }) });
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
