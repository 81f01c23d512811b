import { execFileSync, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { chownSync, closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** The account that Debian's package makes. PostgreSQL and Patroni refuse to run as root. */
const account = "postgres";

export interface Program {
  readonly name: string;
  readonly pid: number;
  readonly isAlive: () => boolean;
  /** To the program and all that it has started. */
  signal(signal: NodeJS.Signals): void;
  /** Resolves once the program has ended. */
  readonly ended: Promise<unknown>;
}

interface StartOptions {
  readonly env?: Record<string, string>;
  /** As the user who runs the tests, and not as PostgreSQL's. */
  readonly asSelf?: boolean;
}

/** The programs of one test run, in a temporary folder of their own. With its end they end, and so does the folder. */
export interface Workshop extends AsyncDisposable {
  readonly folder: string;
  start(name: string, command: readonly [string, ...string[]], options?: StartOptions): Program;
  /** A folder that the programs may write to. */
  own(path: string): void;
  /** What a program has written so far. */
  logOf(name: string): string;
}

export function openWorkshop(): Workshop {
  const identity = identityOfPrograms();
  const folder = mkdtempSync(join(tmpdir(), "aaygraph-cluster-"));
  const own = (path: string) => {
    if (identity) chownSync(path, identity.uid, identity.gid);
  };
  own(folder);
  const reaper = spawn("sh", ["-c", reap, folder], { stdio: ["pipe", "ignore", "ignore"], detached: true });
  const reaped = once(reaper, "exit");
  // What is to be read after the run is written elsewhere.
  const logFile = (name: string) => join(process.env.CLUSTER_LOGS ?? folder, `${name}.log`);
  return {
    folder,
    own,
    start(name, [command, ...args], { env = {}, asSelf = false } = {}) {
      const log = openSync(logFile(name), "a");
      const child = spawn(command, args, {
        ...(!asSelf && identity),
        cwd: folder,
        env: { PATH: process.env.PATH ?? "", HOME: folder, LC_ALL: "C.UTF-8", ...env },
        stdio: ["ignore", log, log],
        // Ctrl-C reaches the tests only, which then end the programs in order.
        detached: true,
      });
      closeSync(log);
      const ended = once(child, "exit");
      ended.catch(() => undefined);
      const pid = child.pid ?? 0;
      const isAlive = () => child.exitCode === null && child.signalCode === null;
      return {
        name,
        pid,
        isAlive,
        ended,
        signal(signal) {
          if (isAlive()) signalTree(pid, signal);
        },
      };
    },
    logOf: (name) => (existsSync(logFile(name)) ? readFileSync(logFile(name), "utf8") : ""),
    async [Symbol.asyncDispose]() {
      reaper.stdin.end();
      await reaped;
    },
  };
}

/** Runs as soon as the tests are over or dead: what works in the folder is killed, number by number. */
const reap = `
cat >/dev/null
for round in 1 2 3 4 5 6 7 8 9 10; do
  found=
  for process in /proc/[0-9]*; do
    case "$(readlink "$process/cwd")" in
      "$0" | "$0"/*) kill -KILL "\${process#/proc/}" && found=yes ;;
    esac
  done
  [ -n "$found" ] || break
  sleep 0.2
done
rm -rf "$0"
`;

/** Undefined: this user is not root, and the programs run as this user. */
function identityOfPrograms(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const number = (flag: string) => Number(execFileSync("id", [flag, account], { encoding: "utf8" }));
  try {
    return { uid: number("-u"), gid: number("-g") };
  } catch {
    throw new Error(`There is no user ${account} to run PostgreSQL as: run test/cluster/install.sh first.`);
  }
}

/** To a process and all its descendants, parents first, so that none starts another meanwhile. */
export function signalTree(pid: number, signal: NodeJS.Signals): void {
  for (const each of [pid, ...descendantsOf(pid)]) {
    try {
      process.kill(each, signal);
    } catch {
      // It has ended by itself.
    }
  }
}

export function descendantsOf(pid: number): number[] {
  const children = Map.groupBy(allProcesses(), ({ parent }) => parent);
  const found: number[] = [];
  for (const next = [pid]; next.length > 0;) {
    const own = (children.get(next.pop() ?? 0) ?? []).map((child) => child.pid);
    found.push(...own);
    next.push(...own);
  }
  return found;
}

function allProcesses(): { pid: number; parent: number }[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      // The program's name stands in brackets and may hold anything, so what follows the last bracket is read.
      const fields = readFileSync(`/proc/${name}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ");
      return [{ pid: Number(name), parent: Number(fields[1]) }];
    } catch {
      return [];
    }
  });
}

/** Ports that are free at this moment, all different. */
export async function freePorts(count: number): Promise<number[]> {
  // Above it lie the ports of outgoing connections, which might take the port of a program that is just being started again.
  const [firstOutgoing = 32_768] = readFileSync("/proc/sys/net/ipv4/ip_local_port_range", "utf8")
    .split(/\s+/)
    .map(Number);
  const free = new Set<number>();
  while (free.size < count) {
    const port = randomInt(10_000, firstOutgoing);
    const probe = createServer().listen(port, "127.0.0.1");
    const isFree = await once(probe, "listening").then(
      () => true,
      () => false,
    );
    probe.close();
    if (isFree) free.add(port);
  }
  return [...free];
}

/** Asks every tenth of a second until it holds. */
export async function until(what: string, withinMs: number, holds: () => Promise<boolean> | boolean): Promise<void> {
  const giveUpAtMs = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() >= giveUpAtMs) throw new Error(`Within ${withinMs / 1_000} s there was no ${what}.`);
    await wait(100);
  }
}
