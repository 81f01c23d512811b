import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePorts, type Workshop } from "./programs";

/** PgBouncer in transaction mode before the leader: its port. */
export async function startPooler(workshop: Workshop, leaderPort: number): Promise<number> {
  const [port = 0] = await freePorts(1);
  const file = join(workshop.folder, "pgbouncer.ini");
  const lines = [
    "[databases]",
    `postgres = host=127.0.0.1 port=${leaderPort} dbname=postgres user=postgres`,
    "[pgbouncer]",
    "listen_addr = 127.0.0.1",
    `listen_port = ${port}`,
    "unix_socket_dir =",
    "auth_type = any",
    "pool_mode = transaction",
    "default_pool_size = 20",
    "max_client_conn = 200",
    // A server that is frozen is left, and the leader looked for again.
    "server_connect_timeout = 2",
    "server_login_retry = 1",
    "query_wait_timeout = 5",
    "",
  ];
  writeFileSync(file, lines.join("\n"));
  workshop.start("pgbouncer", ["/usr/sbin/pgbouncer", file]);
  return port;
}
