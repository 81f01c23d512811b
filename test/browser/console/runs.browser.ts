import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { ComplianceRunDocument, createClient } from "../../../packages/client/src";
import { startBuiltService, type BuiltService } from "../builtService";
import { launchBrowser } from "../visit";
import { seriousFindings } from "./axe";
import { openConsole } from "./consolePage";

const book = join(__dirname, "../../../examples/book.csv");
const linesOfBook = 58;
const pans = ["ZZZPA1001A", "ZZZPA1002B", "ZZZPA1003C"];
/** People whom no other test here asks about: nothing is stored of them, so each costs a call. */
const unasked = ["ZZZPT7001A", "ZZZPT7002B", "ZZZPT7003C", "ZZZPT7004D"];

let service: BuiltService;
let browser: Browser;

beforeAll(async () => {
  service = await startBuiltService();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await service[Symbol.asyncDispose]();
});

function openRuns(look: Parameters<typeof openConsole>[2] = {}) {
  return openConsole(browser, service.origin, { path: "/console#/runs", ...look });
}

it("shows the figures that the graph has of a run over pasted PANs", async () => {
  await using visit = await openRuns();
  const run = await startRun(visit.page, { pans });
  await run.getByText("3 of 3 done").waitFor();
  await run.getByText("Finished").waitFor();
  const kept = await keptRun(await idOf(run));
  expect(await figuresOf(run)).toEqual({
    done: kept.done,
    found: kept.found,
    absent: kept.absent,
    failed: kept.failed,
    rupees: kept.rupees,
  });
  expect(kept.done).toBe(pans.length);
});

it("lists the results in the order given", async () => {
  await using visit = await openRuns();
  const run = await startRun(visit.page, { pans: pans.toReversed() });
  await run.locator('[data-position="3"]').waitFor();
  expect(await run.locator("tbody code").allInnerTexts()).toEqual(["ZZZPA****C", "ZZZPA****B", "ZZZPA****A"]);
});

it("takes a file, and names the lines that it rejects", async () => {
  await using visit = await openRuns();
  const run = await startRun(visit.page, { file: book, budget: "500" });
  await visit.page.getByText(`${linesOfBook} lines taken, 1 rejected.`).waitFor();
  await visit.page.getByText("Line 60: There is no PAN in it").waitFor();
  await run.getByText(`${linesOfBook} of ${linesOfBook} done`).waitFor();
});

it("turns the pages of the results", async () => {
  await using visit = await openRuns();
  const run = await startRun(visit.page, { file: book, budget: "500" });
  await run.getByText("Finished").waitFor();
  await run.getByRole("button", { name: "Next page" }).click();
  await run.locator('[data-position="26"]').waitFor();
  await run.getByRole("button", { name: "First page" }).click();
  await run.locator('[data-position="1"]').waitFor();
});

it("saves all results as the CSV of the run", async () => {
  await using visit = await openRuns();
  const run = await startRun(visit.page, { pans });
  await run.getByText("Finished").waitFor();
  const coming = visit.page.waitForEvent("download");
  await run.getByRole("button", { name: "All results as CSV" }).click();
  const file = await coming;
  const lines = readFileSync(await file.path(), "utf8")
    .trim()
    .split("\n");
  expect(file.suggestedFilename()).toMatch(/\.csv$/);
  expect(lines).toHaveLength(1 + pans.length);
});

it("says why a run is paused, and cancels it", async () => {
  await using visit = await openRuns();
  const run = await startRun(visit.page, { pans: unasked, budget: "3" });
  await run.getByText("Paused").first().waitFor();
  const { problem, done } = await keptRun(await idOf(run));
  await run.getByText(problem?.message ?? "no problem").waitFor();
  expect(done).toBeLessThan(unasked.length);
  await run.getByRole("button", { name: "Cancel the run" }).click();
  await run.getByText("Cancelled").waitFor();
});

it("finds an earlier run by its id", async () => {
  await using earlier = await openRuns();
  const id = await idOf(await startRun(earlier.page, { pans }));
  await using visit = await openRuns();
  await visit.page.getByLabel("Show an earlier run by its id").fill(id);
  await visit.page.keyboard.press("Enter");
  await visit.page.locator(`[data-run="${id}"]`).getByText("3 of 3 done").waitFor();
});

it.each([
  { input: { pans: ["ZZZPA1001A", "12"] }, said: "Not a PAN: line 2." },
  { input: { pans: [] }, said: "Paste PANs or choose a file." },
  { input: { pans, budget: "much" }, said: "The budget is an amount in rupees." },
])("says what is wrong before it asks: $said", async ({ input, said }) => {
  await using visit = await openRuns();
  await fill(visit.page, input);
  await visit.page.getByText(said).waitFor();
  expect(await visit.page.locator("[data-run]").count()).toBe(0);
});

it("keeps no PAN on the page once the run is started", async () => {
  await using visit = await openRuns();
  await startRun(visit.page, { pans });
  await visit.page.locator('[data-position="3"]').waitFor();
  const held = `${await visit.page.getByLabel("PANs, one a line").inputValue()} ${await visit.page.locator("#console").innerHTML()}`;
  expect(pans.filter((pan) => held.includes(pan))).toEqual([]);
});

it.each([
  { theme: "light", width: 1440 },
  { theme: "dark", width: 360 },
])("has no serious finding of axe with a run in $theme at $width px", async ({ theme, width }) => {
  await using visit = await openRuns({ width, dark: theme === "dark" });
  const run = await startRun(visit.page, { pans });
  await run.locator('[data-position="3"]').waitFor();
  expect(await seriousFindings(visit.page)).toEqual([]);
  expect(await visit.page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
});

it("tells of a run in Hindi", async () => {
  await using visit = await openRuns();
  const run = await startRun(visit.page, { pans });
  await visit.page.getByRole("button", { name: "हिन्दी" }).click();
  await run.getByText("3 में से 3 पूरे").waitFor();
});

interface Wanted {
  readonly pans?: readonly string[];
  readonly file?: string;
  readonly budget?: string;
}

async function fill(page: Page, { pans: list = [], file, budget = "100" }: Wanted): Promise<void> {
  await page.getByLabel("PANs, one a line").fill(list.join("\n"));
  if (file !== undefined) await page.getByLabel("Or a file").setInputFiles(file);
  await page.getByLabel("Budget").fill(budget);
  await page.getByRole("button", { name: "Start a run" }).click();
}

async function startRun(page: Page, wanted: Wanted) {
  await fill(page, wanted);
  const run = page.locator("[data-run]").first();
  await run.getByTestId("run-done").waitFor();
  return run;
}

type Shown = Awaited<ReturnType<typeof startRun>>;

async function idOf(run: Shown): Promise<string> {
  return (await run.getAttribute("data-run")) ?? "";
}

async function keptRun(id: string) {
  const client = createClient({ url: `${service.origin}/graphql`, token: () => service.token });
  const { data } = await client.ask(ComplianceRunDocument, { id });
  return data!.complianceRun!;
}

/** As printed: "₹6.12" is 6.12. */
async function figuresOf(run: Shown): Promise<Record<string, number>> {
  const names = ["found", "absent", "failed", "rupees"];
  const entries = names.map(async (name) => [name, numberOf(await run.getByTestId(`run-${name}`).innerText())]);
  const done = numberOf((await run.getByTestId("run-done").innerText()).split(" of ", 1)[0] ?? "");
  return { done, ...(Object.fromEntries(await Promise.all(entries)) as Record<string, number>) };
}

function numberOf(text: string): number {
  return Number(text.replaceAll(/[₹,]/g, ""));
}
