import crypto from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";
import { type EmbeddedServer, startEmbedded } from "../../src/store/postgres/embedded";
import { everyRow } from "../store/sealingContract";
import { masterKey, newDataDir, sql } from "../store/storePlace";
import { createLink, type LinkPage, linkVisitor, readLink } from "../support/linkVisitor";
import { startTestService, type TestService } from "../support/service";
import { newPerson, readOtp, wrongOtp } from "../support/sessionCaller";
import { sight } from "../support/sightings";
import { attributeOf, openTraceCollector, type TraceCollector } from "../support/traceCollector";

/** Written in the longest form that the page takes, so that no chance looks like it. */
const wrong = "canary-password-that-is-wrong";

const dataDir = newDataDir();
const printed: string[] = [];
const pages: LinkPage[] = [];
const secrets = new Map<string, string>();
let server: EmbeddedServer;
let collector: TraceCollector;
let service: TestService;

/** Six digits may stand somewhere by chance, eight such digits do not. */
function distinctOtps(): void {
  const { randomInt } = crypto;
  let last = 73_190_482;
  const draw = (least: number, beyond?: number) =>
    beyond === undefined && least === 1_000_000 ? (last += 1) : randomInt(least, beyond ?? 0);
  jest.spyOn(crypto, "randomInt").mockImplementation(draw);
}

beforeAll(async () => {
  distinctOtps();
  for (const method of ["error", "warn", "info", "log", "debug"] as const) {
    jest.spyOn(console, method).mockImplementation((...words: unknown[]) => void printed.push(inspect(words)));
  }
  server = await startEmbedded({ dataDir: dataDir.path });
  collector = await openTraceCollector();
  process.env.OTEL_BSP_SCHEDULE_DELAY = collector.env().OTEL_BSP_SCHEDULE_DELAY;
  service = await startTestService({
    ...collector.env(),
    DATABASE_URL: server.url.reveal(),
    AAY_MASTER_KEY: masterKey.reveal().toString("base64"),
  });
  const { pan, password } = newPerson();
  const link = await createLink(service, { provider: "KWIKID" });
  const visitor = linkVisitor();
  const see = (page: LinkPage) => void pages.push(page);
  see(await visitor.open(link.url));
  see(await visitor.press("agree"));
  see(await visitor.press("continue", { pan, password: wrong }));
  see(await visitor.settle());
  see(await visitor.press("continue", { pan, password }));
  see(await visitor.settle());
  const otp = await readOtp(service, pan);
  see(await visitor.press("continue", { otp: wrongOtp(otp) }));
  see(await visitor.settle());
  see(await visitor.press("continue", { otp }));
  see(await visitor.settle());
  if ((await readLink(service, link.id)).state !== "CONNECTED") throw new Error("the link did not get CONNECTED");
  secrets.set("wrong password", wrong).set("password", password).set("PAN", pan);
  secrets.set("link's secret", link.url.split("/").at(-1)!);
  secrets.set("browser's secret", visitor.cookies.get("aay_browser")!);
  secrets.set("one-time password", otp);
}, 60_000);

afterAll(async () => {
  jest.restoreAllMocks();
  await service[Symbol.asyncDispose]();
  await collector[Symbol.asyncDispose]();
  await server.stop();
  await dataDir[Symbol.asyncDispose]();
});

describe("when a link has been walked, well and badly, no secret of it stands", () => {
  it("in any table", async () => {
    expect(sight([await everyRow(server.url)], secrets)).toEqual([]);
  });

  it("in any file of the database", async () => {
    await sql(server.url, "checkpoint");
    const entries = await readdir(dataDir.path, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    expect(sight(await Promise.all(files.map((file) => readFile(file))), secrets)).toEqual([]);
  });

  it("in the log, or in what is written past it", () => {
    expect(service.log.join("")).toContain("link changed");
    expect(sight([...service.log, ...printed], secrets)).toEqual([]);
  });

  it("in any trace", async () => {
    await service.ask("query LastOfAll { __typename }");
    await collector.until((span) => attributeOf(span, "graphql.operation.name") === "LastOfAll");
    expect(sight(collector.received, secrets)).toEqual([]);
  });

  it("in the metrics", async () => {
    expect(sight([await (await service.fetch("/metrics")).text()], secrets)).toEqual([]);
  });

  it("on any page, in its title or its headers, but the cookie of the browser itself", () => {
    const texts = pages.map(({ html, headers }) => {
      const told = [...headers].filter(([name]) => name !== "set-cookie");
      return html + JSON.stringify(told);
    });
    expect(texts.join("")).toContain("<title>");
    expect(sight(texts, secrets)).toEqual([]);
  });
});

it("a secret that does stand in a table is found", async () => {
  await sql(server.url, "update aaygraph.links set state = $1", [secrets.get("link's secret")]);
  expect(sight([await everyRow(server.url)], secrets)).toEqual(["link's secret"]);
});
