import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { attachEmbedded, startEmbedded } from "../../src/store/postgres/embedded";
import { findPostmaster } from "../../src/store/postgres/postmaster";
import { startService } from "./serviceProcess";
import { newDataDir, sql } from "./storePlace";

const refused = { name: "StoreUnavailable", message: expect.stringContaining("already running") as string };

describe("the embedded server", () => {
  it("is refused to a second service on the same folder", async () => {
    await using dataDir = newDataDir();
    const server = await startEmbedded({ dataDir: dataDir.path });
    await expect(startEmbedded({ dataDir: dataDir.path })).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining(dataDir.path) as string,
    });
    expect(await sql(server.url, "select 1 as alive")).toEqual([{ alive: 1 }]);
    await server.stop();
  });

  it("goes to exactly one of several services that start at once in an empty folder", async () => {
    await using dataDir = newDataDir();
    const starts = await Promise.allSettled([1, 2, 3].map(() => startEmbedded({ dataDir: dataDir.path })));
    const [winner, ...others] = starts.filter((start) => start.status === "fulfilled");
    expect(others).toEqual([]);
    expect(starts.filter((start) => start.status === "rejected")).toEqual([
      { status: "rejected", reason: expect.objectContaining(refused) as Error },
      { status: "rejected", reason: expect.objectContaining(refused) as Error },
    ]);
    expect(await sql(winner!.value.url, "select 1 as alive")).toEqual([{ alive: 1 }]);
    await winner!.value.stop();
  });

  it("goes to exactly one of several services that find an orphan at once", async () => {
    await using dataDir = newDataDir();
    const service = startService(dataDir.path);
    await service.printed(2);
    await service.kill();
    const starts = await Promise.allSettled([1, 2, 3].map(() => startEmbedded({ dataDir: dataDir.path })));
    const winners = starts.filter((start) => start.status === "fulfilled");
    expect(winners).toHaveLength(1);
    expect(await sql(winners[0]!.value.url, "select 1 as alive")).toEqual([{ alive: 1 }]);
    await winners[0]!.value.stop();
  });

  it("stays with its service when PostgreSQL recovers from a crash", async () => {
    await using dataDir = newDataDir();
    const server = await startEmbedded({ dataDir: dataDir.path });
    const owners = () =>
      sql<{ pid: number }>(server.url, "select pid from pg_locks where locktype = 'advisory'").catch(() => []);
    const [before] = await owners();
    process.kill(before!.pid, "SIGKILL");
    let after = before;
    while (after === undefined || after.pid === before!.pid) [after] = await owners();
    await expect(startEmbedded({ dataDir: dataDir.path })).rejects.toMatchObject(refused);
    await server.stop();
  });

  it("starts although another program has the process number of a dead server", async () => {
    await using dataDir = newDataDir();
    await (await startEmbedded({ dataDir: dataDir.path })).stop();
    const stranger = spawn(process.execPath, ["-e", "setInterval(() => {}, 1e6)"]);
    await once(stranger, "spawn");
    const cluster = join(dataDir.path, "postgres");
    const lock = [stranger.pid, cluster, 1_785_000_000, 5432, "", "127.0.0.1", "  9999999         0", "ready   "];
    writeFileSync(join(cluster, "postmaster.pid"), `${lock.join("\n")}\n`);
    const server = await startEmbedded({ dataDir: dataDir.path });
    expect(await sql(server.url, "select 1 as alive")).toEqual([{ alive: 1 }]);
    expect(stranger.exitCode).toBeNull();
    await server.stop();
    stranger.kill();
  });

  it("is gone once it has been stopped", async () => {
    await using dataDir = newDataDir();
    const server = await startEmbedded({ dataDir: dataDir.path });
    const { pid } = (await findPostmaster(join(dataDir.path, "postgres")))!;
    await server.stop();
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });

  it("ends with a service that exits without stopping it", async () => {
    await using dataDir = newDataDir();
    const service = startService(dataDir.path, "0", "exit");
    await service.printed(1);
    expect(service.lines).toEqual(["open"]);
    while (await findPostmaster(join(dataDir.path, "postgres"))) continue;
    expect(existsSync(join(dataDir.path, "postgres", "PG_VERSION"))).toBe(true);
  });

  it("can be attached while it runs", async () => {
    await using dataDir = newDataDir();
    const server = await startEmbedded({ dataDir: dataDir.path });
    const joined = await attachEmbedded({ dataDir: dataDir.path });
    expect(joined?.reveal()).toBe(server.url.reveal());
    await server.stop();
    expect(await attachEmbedded({ dataDir: dataDir.path })).toBeUndefined();
  });

  it("leaves a folder unchanged when there is no server to attach", async () => {
    await using dataDir = newDataDir();
    expect(await attachEmbedded({ dataDir: dataDir.path })).toBeUndefined();
    expect(existsSync(dataDir.path)).toBe(false);
  });

  it("refuses the folder of another major version of PostgreSQL", async () => {
    await using dataDir = newDataDir();
    mkdirSync(join(dataDir.path, "postgres"), { recursive: true });
    writeFileSync(join(dataDir.path, "postgres", "PG_VERSION"), "17\n");
    await expect(startEmbedded({ dataDir: dataDir.path })).rejects.toThrow("belongs to PostgreSQL 17");
  });

  it("refuses a folder that is not PostgreSQL's", async () => {
    await using dataDir = newDataDir();
    mkdirSync(join(dataDir.path, "postgres"), { recursive: true });
    writeFileSync(join(dataDir.path, "postgres", "letter.txt"), "mine");
    await expect(startEmbedded({ dataDir: dataDir.path })).rejects.toThrow("is in the way");
    expect(readdirSync(dataDir.path)).not.toContainEqual(expect.stringContaining("postgres.new-"));
  });

  it("refuses a password that is not the one kept beside it", async () => {
    await using dataDir = newDataDir();
    await (await startEmbedded({ dataDir: dataDir.path })).stop();
    writeFileSync(join(dataDir.path, "postgres.password"), Buffer.alloc(32).toString("base64"));
    await expect(startEmbedded({ dataDir: dataDir.path })).rejects.toThrow("password");
    expect(await findPostmaster(join(dataDir.path, "postgres"))).toBeUndefined();
  });

  it("removes the draft of an interrupted first start", async () => {
    await using dataDir = newDataDir();
    const draft = join(dataDir.path, "postgres.new-0123");
    mkdirSync(draft, { recursive: true });
    utimesSync(draft, 0, 0);
    await (await startEmbedded({ dataDir: dataDir.path })).stop();
    expect(existsSync(draft)).toBe(false);
  });

  it.each([
    ["a statement that fails", "select * from nowhere_canary_7f3a"],
    ["a value that does not parse", "select 'canary_7f3a'::text::uuid"],
    ["a key that collides", "with doubled as (select 1) insert into kept values ('canary_7f3a'), ('canary_7f3a')"],
  ])("logs nothing of %s", async (_, statement) => {
    await using dataDir = newDataDir();
    const server = await startEmbedded({ dataDir: dataDir.path });
    await sql(server.url, "create table kept (name text primary key)");
    await expect(sql(server.url, statement)).rejects.toThrow();
    await server.stop();
    const log = readFileSync(join(dataDir.path, "postgres.log"), "utf8");
    expect(log).toContain("ready to accept connections");
    expect(log).not.toContain("canary_7f3a");
  });
});
