import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const requireTypeScript = join(__dirname, "requireTypeScript.cjs");
const main = join(__dirname, "../../src/main.ts");

/** The service as the operator starts it: a process of its own. */
export interface ServiceProcess {
  readonly pid: number;
  readonly url: string;
  readonly token: string;
  readonly output: () => string;
  /** What it has written on standard error. */
  readonly errors: () => string;
  /** Sends the signal and waits for the end: its exit status, or the signal that ended it. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
}

/** The command that the arguments name; without any, the service. */
export function launch(env: Record<string, string>, args: readonly string[] = []) {
  const child = spawn(process.execPath, ["--enable-source-maps", "--require", requireTypeScript, main, ...args], {
    env: { PATH: process.env.PATH ?? "", PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = { out: "", err: "" };
  child.stdout.on("data", (chunk: Buffer) => (printed.out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (printed.err += chunk.toString()));
  const ended = once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>;
  return { child, printed, ended };
}

export async function startProcess(env: Record<string, string>): Promise<ServiceProcess> {
  const { child, printed, ended } = launch(env);
  while (!printed.out.includes('"service started"')) {
    const status = await Promise.race([once(child.stdout, "data").then(() => undefined), ended]);
    if (status) throw new Error(`The service ended before it was up: ${printed.err}`);
  }
  return {
    pid: child.pid ?? 0,
    url: /GraphQL +(\S+)/.exec(printed.out)?.[1] ?? "",
    token: /eyJ\S+/.exec(printed.out)?.[0] ?? "",
    output: () => printed.out,
    errors: () => printed.err,
    async end(signal) {
      child.kill(signal);
      const [status, endedBy] = await ended;
      return status ?? endedBy;
    },
  };
}

export async function ask(service: ServiceProcess, query: string, variables: Record<string, unknown> = {}) {
  const response = await fetch(service.url, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${service.token}` },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as {
    data?: unknown;
    errors?: unknown;
    extensions?: { cost: Record<string, number> };
  };
}
