import { createEvents } from "../../src/kernel/events";
import { openDatabase } from "../../src/store/database";
import { startEmbedded } from "../../src/store/postgres/embedded";
import { findPostmaster } from "../../src/store/postgres/postmaster";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { newDataDir } from "./storePlace";

/** Kills the server, other than the one that was killed before. */
async function kill(dataDir: string, before = 0): Promise<number> {
  for (;;) {
    const { pid = before } = (await findPostmaster(join(dataDir, "postgres"))) ?? {};
    await new Promise(setImmediate);
    if (pid === before) continue;
    process.kill(pid, "SIGKILL");
    return pid;
  }
}

describe("an embedded PostgreSQL that dies", () => {
  it("comes back at the same address with what was committed", async () => {
    await using dataDir = newDataDir();
    const reasons: Error[] = [];
    const server = await startEmbedded({ dataDir: dataDir.path, onLost: (reason) => reasons.push(reason) });
    const database = await openDatabase({ url: server.url, events: createEvents() });
    await database.run("create table kept as select 1 as id");
    let killed = 0;
    for (let death = 0; death < 2; death += 1) {
      killed = await kill(dataDir.path, killed);
      let count = 0;
      while (count === 0 && reasons.length === 0)
        count = await database.run("select from kept").then(
          (found) => found.count,
          () => 0,
        );
    }
    expect(reasons).toEqual([]);
    await database.close();
    await server.stop();
    expect(await findPostmaster(join(dataDir.path, "postgres"))).toBeUndefined();
  });

  it("is reported lost where it cannot start again", async () => {
    await using dataDir = newDataDir();
    const lost = Promise.withResolvers<Error>();
    const server = await startEmbedded({ dataDir: dataDir.path, onLost: lost.resolve });
    await writeFile(join(dataDir.path, "postgres", "PG_VERSION"), "9\n");
    await kill(dataDir.path);
    expect((await lost.promise).message).toContain("The embedded PostgreSQL could not be started");
    await server.stop();
  }, 90_000);
});
