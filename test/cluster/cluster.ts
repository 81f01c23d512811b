import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { descendantsOf, freePorts, signalTree, until, type Program, type Workshop } from "./programs";

/** Three machines' worth of PostgreSQL under Patroni, three etcd, and HAProxy, which leads to the leader. */
export interface Cluster {
  /** Where HAProxy stands. */
  readonly port: number;
  readonly nodes: readonly Node[];
  readonly etcd: readonly Program[];
  /** The node that says that it leads. */
  leader(): Promise<Node>;
  /** The one that the leader waits for; on an asynchronous store, any. */
  closestFollower(): Promise<Node>;
  /** Once one node leads, and as many others follow it as there are; on a synchronous store, one of them synchronously. */
  whole(withinMs?: number): Promise<void>;
  switchover(): Promise<void>;
}

/** PostgreSQL and its Patroni, as one machine has them. */
export interface Node {
  readonly name: string;
  readonly start: () => void;
  /** As a machine does that loses its power. */
  kill(): void;
  /** As a machine does that hangs: nothing answers, and no connection is closed. */
  freeze(): void;
  thaw(): void;
  /** From now on nothing of the leader arrives. What it sends meanwhile is lost once the returned function is called. */
  hearNothing(): () => void;
  leads(): Promise<boolean>;
  members(): Promise<readonly Member[]>;
  handOver(): Promise<void>;
}

interface Member {
  readonly name: string;
  readonly role: string;
  readonly state: string;
  readonly lag?: number;
}

/** The shortest with which a busy machine does not lose its leader for no reason. */
const failover = { ttl: 12, loop_wait: 2, retry_timeout: 4 };

export async function startCluster(
  workshop: Workshop,
  { isSynchronous }: { isSynchronous: boolean },
): Promise<Cluster> {
  const names = ["a", "b", "c"];
  const ports = await freePorts(13);
  const portsOf = (at: number) => ports.slice(at * 3, at * 3 + 3) as [number, number, number];
  const clientPorts = portsOf(0);
  const etcd = startEtcd(workshop, clientPorts, portsOf(1));
  const postgresPorts = portsOf(2);
  const restPorts = portsOf(3);
  const port = ports[12] ?? 0;
  const nodes = names.map((name, at) =>
    createNode(workshop, {
      name: `node-${name}`,
      postgresPort: postgresPorts[at] ?? 0,
      restPort: restPorts[at] ?? 0,
      etcdPorts: clientPorts,
      isSynchronous,
    }),
  );
  for (const node of nodes) node.start();
  startHaproxy(workshop, port, postgresPorts, restPorts);
  const cluster: Cluster = {
    port,
    nodes,
    etcd,
    async leader() {
      const leading = await Promise.all(nodes.map(async (node) => ((await node.leads()) ? [node] : [])));
      const [leader] = leading.flat();
      if (leader === undefined) throw new Error("No node leads.");
      return leader;
    },
    async closestFollower() {
      const leader = await cluster.leader();
      const synchronous = (await leader.members()).find(({ role }) => role === "sync_standby")?.name;
      const found = nodes.find((node) => node !== leader && (synchronous ?? node.name) === node.name);
      if (found === undefined) throw new Error("No node follows.");
      return found;
    },
    whole: (withinMs = 60_000) =>
      until("whole cluster", withinMs, () => isWhole(nodes, isSynchronous)).catch((error: unknown) => {
        throw new Error(`${String(error)}\n${nodes.map(({ name }) => tail(workshop.logOf(name))).join("\n")}`);
      }),
    switchover: async () => (await cluster.leader()).handOver(),
  };
  await cluster.whole(90_000);
  return cluster;
}

async function isWhole(nodes: readonly Node[], isSynchronous: boolean): Promise<boolean> {
  const seen = await Promise.all(nodes.map(async (node) => ((await node.leads()) ? await node.members() : [])));
  const members = seen.find((list) => list.length > 0) ?? [];
  const follows = ({ role, state, lag }: Member) =>
    role !== "leader" && ["running", "streaming"].includes(state) && lag !== undefined && lag < 1_000_000;
  const hasSynchronous = members.some(({ role }) => role === "sync_standby");
  return members.filter(follows).length === nodes.length - 1 && hasSynchronous === isSynchronous;
}

function startEtcd(workshop: Workshop, clientPorts: readonly number[], peerPorts: readonly number[]): Program[] {
  const at = (port: number | undefined) => `http://127.0.0.1:${port ?? 0}`;
  const peers = peerPorts.map((port, index) => `etcd-${index}=${at(port)}`).join(",");
  return clientPorts.map((clientPort, index) => {
    const name = `etcd-${index}`;
    const options = {
      name,
      "data-dir": join(workshop.folder, name),
      "listen-client-urls": at(clientPort),
      "advertise-client-urls": at(clientPort),
      "listen-peer-urls": at(peerPorts[index]),
      "initial-advertise-peer-urls": at(peerPorts[index]),
      "initial-cluster": peers,
      "enable-v2": "true",
      "heartbeat-interval": "200",
      "election-timeout": "2000",
      logger: "zap",
      "log-level": "warn",
    };
    return workshop.start(name, ["etcd", ...Object.entries(options).map(([key, value]) => `--${key}=${value}`)]);
  });
}

interface NodeSettings {
  readonly name: string;
  readonly postgresPort: number;
  readonly restPort: number;
  readonly etcdPorts: readonly number[];
  readonly isSynchronous: boolean;
}

function createNode(workshop: Workshop, settings: NodeSettings): Node {
  const { name, restPort } = settings;
  const folder = join(workshop.folder, name);
  mkdirSync(folder, { mode: 0o700 });
  workshop.own(folder);
  const file = join(workshop.folder, `${name}.json`);
  // YAML holds JSON.
  writeFileSync(file, JSON.stringify(patroniSettings(folder, settings), null, 2));
  let patroni: Program | undefined;

  /** Patroni lets go of PostgreSQL, so that it outlives a Patroni that is killed. */
  function postmaster(): number | undefined {
    const lockFile = join(folder, "data", "postmaster.pid");
    const pid = existsSync(lockFile) ? Number(readFileSync(lockFile, "utf8").split("\n")[0]) : 0;
    const isPostgres = pid > 0 && commandOf(pid).includes("postgres");
    return isPostgres ? pid : undefined;
  }

  function signal(name: NodeJS.Signals): void {
    patroni?.signal(name);
    const pid = postmaster();
    if (pid !== undefined) signalTree(pid, name);
  }

  async function ask(path: string, init: RequestInit = {}): Promise<Response | undefined> {
    const signal = AbortSignal.timeout(init.method === "POST" ? 30_000 : 1_000);
    return fetch(`http://127.0.0.1:${restPort}/${path}`, { ...init, signal }).catch(() => undefined);
  }

  return {
    name,
    start() {
      patroni = workshop.start(name, ["patroni", file]);
    },
    kill: () => {
      signal("SIGKILL");
    },
    freeze: () => {
      signal("SIGSTOP");
    },
    thaw: () => {
      signal("SIGCONT");
    },
    hearNothing() {
      const receivers = descendantsOf(postmaster() ?? 0).filter((pid) => commandOf(pid).includes("walreceiver"));
      for (const receiver of receivers) process.kill(receiver, "SIGSTOP");
      return () => {
        // It ends before it reads what waits in its socket.
        for (const receiver of receivers) process.kill(receiver, "SIGTERM");
        for (const receiver of receivers) process.kill(receiver, "SIGCONT");
      };
    },
    leads: async () => (await ask("primary"))?.status === 200,
    async members() {
      const response = await ask("cluster");
      return response ? ((await response.json()) as { members: Member[] }).members : [];
    },
    async handOver() {
      const response = await ask("switchover", { method: "POST", body: JSON.stringify({ leader: name }) });
      if (response?.status !== 200) throw new Error(`Patroni did not switch over: ${(await response?.text()) ?? ""}`);
    },
  };
}

function patroniSettings(folder: string, { name, postgresPort, restPort, etcdPorts, isSynchronous }: NodeSettings) {
  const listen = `127.0.0.1:${restPort}`;
  return {
    scope: "aaygraph",
    name,
    restapi: { listen, connect_address: listen },
    // By etcd's API v3, Patroni 3.0 takes the lead back without looking when a frozen leader goes on.
    etcd: { hosts: etcdPorts.map((port) => `127.0.0.1:${port}`) },
    bootstrap: {
      dcs: {
        ...failover,
        maximum_lag_on_failover: 1_048_576,
        synchronous_mode: isSynchronous,
        postgresql: {
          use_pg_rewind: true,
          parameters: {
            max_connections: 100,
            shared_buffers: "32MB",
            wal_keep_size: "256MB",
            // The faults end processes and no machine, so that what was written is not lost with them.
            fsync: "off",
            autovacuum_naptime: "10min",
          },
        },
      },
      initdb: [{ encoding: "UTF8" }, "data-checksums"],
    },
    postgresql: {
      listen: `127.0.0.1:${postgresPort}`,
      connect_address: `127.0.0.1:${postgresPort}`,
      data_dir: join(folder, "data"),
      bin_dir: binaries(),
      pgpass: join(folder, "pgpass"),
      remove_data_directory_on_rewind_failure: true,
      authentication: { superuser: { username: "postgres" }, replication: { username: "replicator" } },
      pg_hba: ["local all all trust", "host all all 127.0.0.1/32 trust", "host replication all 127.0.0.1/32 trust"],
      parameters: { unix_socket_directories: folder },
    },
  };
}

/** Debian keeps each version's programs in a folder of its own. */
export function binaries(): string {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root) : [];
  const newest = versions.toSorted((one, other) => Number(other) - Number(one))[0];
  if (newest === undefined) throw new Error("PostgreSQL is not installed: run test/cluster/install.sh first.");
  return join(root, newest, "bin");
}

function startHaproxy(
  workshop: Workshop,
  port: number,
  postgresPorts: readonly number[],
  restPorts: readonly number[],
): void {
  const file = join(workshop.folder, "haproxy.cfg");
  const servers = postgresPorts.map(
    (postgresPort, at) => `  server node${at} 127.0.0.1:${postgresPort} check port ${restPorts[at] ?? 0}`,
  );
  const lines = [
    "defaults",
    "  mode tcp",
    "  timeout connect 2s",
    "  timeout client 1h",
    "  timeout server 1h",
    "  timeout check 1s",
    "listen leader",
    `  bind 127.0.0.1:${port}`,
    "  maxconn 500",
    "  option httpchk OPTIONS /primary",
    "  http-check expect status 200",
    "  default-server inter 1s fall 2 rise 1 on-marked-down shutdown-sessions",
    ...servers,
    "",
  ];
  writeFileSync(file, lines.join("\n"));
  workshop.start("haproxy", ["/usr/sbin/haproxy", "-db", "-f", file]);
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

function tail(log: string): string {
  return log.split("\n").slice(-15).join("\n");
}
