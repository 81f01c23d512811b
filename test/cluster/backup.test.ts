import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Secret } from "../../src/kernel/secret";
import { openStore } from "../../src/store/store";
import { append, read } from "../store/auditTrailContract";
import { answer, met, pan, settingsFor, sql } from "../store/storePlace";
import { binaries } from "./cluster";
import { freePorts, openWorkshop, until } from "./programs";

const keptElsewhere = "--exclude-table-data=aaygraph.subject_keys";

/** As docs/operating/postgresql.md says: a dump, an empty database, the same master key. */
describe("a backup", () => {
  it("is restored with its answers, its people and a whole audit trail", async () => {
    await using server = await openServer();
    const before = await server.fill("live");
    server.dump("live", "backup.dump");
    await server.restore("backup.dump", "restored");
    await using store = await openStore(settingsFor({ databaseUrl: server.url("restored") }));
    expect(await met(store)).toMatchObject({ id: before.id, answers: [answer()] });
    expect(await store.verifyAudit({ anchors: before.anchors })).toMatchObject([{ count: 2, flaw: undefined }]);
    await append(store, read(3));
  });

  it("without the keys of its people, and without those kept elsewhere, opens nothing of them", async () => {
    await using server = await openServer();
    await server.fill("live");
    server.dump("live", "backup.dump", keptElsewhere);
    await server.restore("backup.dump", "restored");
    await using store = await openStore(settingsFor({ databaseUrl: server.url("restored") }));
    const { rows } = { rows: await sql(server.url("restored"), "select from aaygraph.answers") };
    expect(rows).toHaveLength(1);
    expect((await met(store)).answers).toEqual([]);
  });

  it("that lacks what came after it shows by the anchors", async () => {
    await using server = await openServer();
    await server.fill("live");
    server.dump("live", "backup.dump");
    const { anchors } = await server.fill("live");
    await server.restore("backup.dump", "restored");
    await using store = await openStore(settingsFor({ databaseUrl: server.url("restored") }));
    const flaw = expect.stringContaining("is missing that was kept elsewhere") as string;
    expect(await store.verifyAudit({ anchors })).toMatchObject([{ flaw }]);
  });

  it("opens nothing under another master key", async () => {
    await using server = await openServer();
    await server.fill("live");
    server.dump("live", "backup.dump");
    await server.restore("backup.dump", "restored");
    const masterKey = new Secret(randomBytes(32));
    await expect(openStore(settingsFor({ databaseUrl: server.url("restored"), masterKey }))).rejects.toMatchObject({
      name: "StoreUnavailable",
    });
  });
});

/** One PostgreSQL of Debian's, which has the programs that dump and restore. */
async function openServer() {
  await using opening = new AsyncDisposableStack();
  const workshop = opening.use(openWorkshop());
  const bin = binaries();
  const [port = 0] = await freePorts(1);
  const data = join(workshop.folder, "data");
  mkdirSync(data, { mode: 0o700 });
  workshop.own(data);
  const password = join(workshop.folder, "password");
  writeFileSync(password, "rehearsal", { mode: 0o644 });
  const init = [join(bin, "initdb"), "-D", data, "-U", "owner", "-A", "scram-sha-256", "--pwfile", password, "-N"];
  await workshop.start("initdb", init as [string, ...string[]]).ended;
  workshop.start("postgres", [
    join(bin, "postgres"),
    ...["-D", data, "-p", String(port), "-h", "127.0.0.1", "-k", workshop.folder, "-F"],
  ]);
  const url = (name: string) => new Secret(`postgres://owner:rehearsal@127.0.0.1:${port}/${name}`);
  const answers = () =>
    sql(url("postgres"), "select 1").then(
      () => true,
      () => false,
    );
  await until("PostgreSQL", 30_000, answers);
  await sql(url("postgres"), "create database live");
  const file = (name: string) => join(workshop.folder, name);
  const run = (program: string, ...args: string[]) => execFileSync(join(bin, program), args, { stdio: "pipe" });
  const open = opening.move();
  return {
    url,
    /** One person with an answer, and two audit records more. */
    async fill(name: string) {
      await using store = await openStore(settingsFor({ databaseUrl: url(name) }));
      const { id } = await met(store);
      await store.taxpayers.keep("lender", id, [answer()]);
      await append(store, read(1), read(2));
      const anchors = (await store.anchorAudit(new Map())).map(({ anchor }) => anchor);
      return { id, pan: pan(1), anchors };
    },
    dump(name: string, to: string, ...options: string[]): void {
      run("pg_dump", "--format=custom", ...options, "--file", file(to), url(name).reveal());
    },
    async restore(from: string, name: string): Promise<void> {
      await sql(url("postgres"), `create database ${name}`);
      run("pg_restore", "--no-owner", "--exit-on-error", "--dbname", url(name).reveal(), file(from));
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}
