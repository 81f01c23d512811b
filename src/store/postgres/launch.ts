import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { open } from "node:fs/promises";
import { createServer } from "node:net";
import type { Secret } from "../../kernel";
import { embeddedProgram, programFailure } from "./binaries";
import type { EmbeddedFolder } from "./dataFolder";

const settings = {
  listen_addresses: "127.0.0.1",
  // A socket's path has at most 107 bytes, and a data folder's path can be longer.
  unix_socket_directories: "",
  max_connections: 100,
  shared_buffers: "32MB",
  max_wal_size: "256MB",
  io_method: "sync",
  max_logical_replication_workers: 0,
  // The log is a plain file, so it must hold no values: no statements, no parameters, no colliding keys.
  log_min_messages: "log",
  log_error_verbosity: "terse",
  log_min_error_statement: "panic",
  log_parameter_max_length: 0,
  log_parameter_max_length_on_error: 0,
};

interface Launched {
  readonly pid: number;
  readonly url: Secret;
  readonly isAlive: () => boolean;
  readonly port: number;
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** The server has shut down normally, at another process's request. */
  readonly wasAskedToStop: () => boolean;
  /** Something has killed it: the next one may live. */
  readonly wasKilled: () => boolean;
  /** From now on the end of this process does not stop the server. */
  readonly letGo: () => void;
}

/** Starts PostgreSQL on this port, or on a free one, without waiting for it to answer. It may still die. */
export async function launch(folder: EmbeddedFolder, samePort?: number): Promise<Launched> {
  const port = samePort ?? (await freePort());
  const child = await spawnServer(folder, port);
  const ended = Promise.withResolvers<undefined>();
  child.once("exit", () => {
    ended.resolve(undefined);
  });
  const stopWithUs = () => child.kill("SIGINT");
  process.once("exit", stopWithUs);
  return {
    pid: child.pid ?? 0,
    port,
    url: folder.urlAt(port),
    ended: ended.promise,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    wasAskedToStop: () => child.exitCode === 0,
    wasKilled: () => child.signalCode !== null,
    letGo: () => process.off("exit", stopWithUs),
  };
}

async function spawnServer(folder: EmbeddedFolder, port: number): Promise<ChildProcess> {
  const options = Object.entries({ ...settings, port }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const { command, args } = embeddedProgram("postgres", ["-D", folder.cluster, ...options]);
  // Opened for appending: another process that loses the race cannot overwrite the winner's lines.
  const log = await open(folder.logFile, "a", 0o600);
  try {
    await log.truncate();
    const child = spawn(command, args, {
      cwd: folder.dataDir,
      // Its own process group: Ctrl-C reaches the service only, which then shuts the server down.
      detached: true,
      // Not our environment: it may hold the master key.
      env: { PATH: process.env.PATH },
      stdio: ["ignore", log.fd, log.fd],
    });
    await once(child, "spawn");
    return child;
  } catch (error) {
    throw programFailure("postgres", String(error));
  } finally {
    await log.close();
  }
}

/** Another program may take the port before PostgreSQL does. The caller then launches again. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  return typeof address === "object" && address ? address.port : 0;
}
