import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { serveExampleGraph } from "./exampleGraph";
import { launchBrowser, visit } from "./visit";

const acceptedToken = "an-accepted-token";
const directory = mkdtempSync(join(tmpdir(), "aaygraph-playground-"));
let browser: Browser;

beforeAll(async () => {
  // The build is an ES module, which jest cannot load.
  const build = `import { buildPlayground } from "./scripts/playground.mjs"; await buildPlayground(process.argv[1]);`;
  execFileSync(process.execPath, ["--input-type=module", "--eval", build, directory]);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  rmSync(directory, { recursive: true });
});

it("answers the first tab", async () => {
  await using visit = await openPlayground({ token: acceptedToken });
  await visit.run();
  await visit.seesAnswer('"itrFiled": true');
});

it("asks nothing of any other origin", async () => {
  await using visit = await openPlayground({ token: acceptedToken });
  await visit.run();
  await visit.seesAnswer('"itrFiled": true');
  expect(new Set(visit.requests.map((url) => new URL(url).origin))).toEqual(new Set([visit.origin]));
});

it("logs no warning, error or breach of its policy", async () => {
  await using visit = await openPlayground({ token: acceptedToken });
  await visit.run();
  await visit.seesAnswer('"itrFiled": true');
  await visit.write("query Mistaken { nobody }", "Mistaken");
  await visit.page.locator(".squiggly-error").waitFor();
  expect(visit.complaints).toEqual([]);
});

it("fills in the token it was given", async () => {
  await using visit = await openPlayground({ token: acceptedToken });
  await visit.page.getByRole("button", { name: "Headers", exact: true }).click();
  await visit.sees("Headers", `"Authorization": "Bearer ${acceptedToken}"`);
});

it("asks for a token when it was given none", async () => {
  await using visit = await openPlayground({ token: undefined });
  await visit.sees("Headers", '"Authorization": "Bearer <paste your token here>"');
});

it("opens with the tabs that need no phone", async () => {
  await using visit = await openPlayground({ token: acceptedToken });
  const titles = await visit.page.getByRole("tab").allInnerTexts();
  expect(titles).toEqual(["StartHere", "ManyAtOnce", "WhatCounts", "WhoIsBehindIt", "WhenItGoesWrong"]);
});

it("marks a field that the schema does not have", async () => {
  await using visit = await openPlayground({ token: acceptedToken });
  await visit.write("query Mistaken { nobody }", "Mistaken");
  await visit.page.locator(".squiggly-error").waitFor();
});

it("tidies a query", async () => {
  await using visit = await openPlayground({ token: acceptedToken });
  await visit.write("subscription   Untidy{count}", "Untidy");
  await visit.page.getByLabel("Prettify query").click();
  await visit.sees("Operation Editor", "subscription Untidy {");
});

it("shows one event of a subscription after another", async () => {
  await using visit = await openPlayground({ token: acceptedToken });
  await visit.write("subscription Counting { count }", "Counting");
  await visit.run();
  await visit.seesAnswer('"count": 1');
  visit.countOn();
  await visit.seesAnswer('"count": 2');
});

it("leaves nothing behind in the browser", async () => {
  await using visit = await openPlayground({ token: acceptedToken });
  await visit.run();
  await visit.seesAnswer('"itrFiled": true');
  await visit.page.reload();
  await visit.page.getByRole("tab").first().waitFor();
  expect(await visit.page.evaluate("({ ...localStorage, ...sessionStorage })")).toEqual({});
});

async function openPlayground({ token }: { token: string | undefined }) {
  const graph = await serveExampleGraph({ directory, acceptedToken, token });
  const opened = await visit(browser, graph.origin);
  return {
    ...graph,
    ...opened,
    async [Symbol.asyncDispose]() {
      await opened[Symbol.asyncDispose]();
      await graph[Symbol.asyncDispose]();
    },
  };
}
