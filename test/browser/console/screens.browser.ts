import { gzipSync } from "node:zlib";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { startBuiltService, type BuiltService } from "../builtService";
import { launchBrowser } from "../visit";
import { openConsole } from "./consolePage";

const root = join(__dirname, "../../..");
const axe = readFileSync(join(root, "node_modules/axe-core/axe.min.js"), "utf8");
const screens = ["taxpayer", "sessions", "vendors", "consents", "audit"];
const mostKilobytes = 250;

let service: BuiltService;
let browser: Browser;

beforeAll(async () => {
  service = await startBuiltService();
  browser = await launchBrowser();
  await using visit = await openConsole(browser, service.origin);
  await visit.pick("Mohit Kapoor");
});

afterAll(async () => {
  await browser.close();
  await service[Symbol.asyncDispose]();
});

it(`loads with at most ${mostKilobytes} kB, gzipped`, () => {
  const folder = join(root, "dist/console");
  const sizes = readdirSync(folder).map((name) => gzipSync(readFileSync(join(folder, name))).length);
  const kilobytes = sizes.reduce((sum, size) => sum + size, 0) / 1_000;
  process.stdout.write(`The console's first load: ${kilobytes.toFixed(1)} kB, gzipped.\n`);
  expect(kilobytes).toBeLessThan(mostKilobytes);
});

it("asks nothing of any other origin", async () => {
  await using visit = await openConsole(browser, service.origin);
  await visit.pick("Mohit Kapoor");
  for (const screen of screens) await show(visit.page, screen);
  const hosts = visit.requests.map((url) => new URL(url).host);
  expect(new Set(hosts)).toEqual(new Set([new URL(service.origin).host]));
});

it("logs no warning, error or breach of its policy", async () => {
  await using visit = await openConsole(browser, service.origin);
  await visit.pick("Mohit Kapoor");
  for (const screen of screens) await show(visit.page, screen);
  expect(visit.complaints).toEqual([]);
});

describe.each([
  { theme: "light", width: 1440 },
  { theme: "dark", width: 360 },
])("in $theme at $width px", ({ theme, width }) => {
  it.each(screens)("has no serious finding of axe on %s", async (screen) => {
    await using visit = await openConsole(browser, service.origin, { width, dark: theme === "dark" });
    if (screen === "taxpayer") await visit.pick("Mohit Kapoor");
    await show(visit.page, screen);
    expect(await seriousFindings(visit.page)).toEqual([]);
  });

  it.each(screens)("needs no sideways scrolling on %s", async (screen) => {
    await using visit = await openConsole(browser, service.origin, { width, dark: theme === "dark" });
    if (screen === "taxpayer") await visit.pick("Mohit Kapoor");
    await show(visit.page, screen);
    expect(await visit.page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
  });
});

it("shows a session that somebody else opens, within two seconds", async () => {
  await using visit = await openConsole(browser, service.origin, { path: "/console#/sessions" });
  const sessions = visit.page.locator("[data-session]");
  await sessions.first().waitFor();
  const before = await sessions.count();
  await using other = await openConsole(browser, service.origin);
  await other.page.getByTestId("persona").filter({ hasText: "Asha Acharya" }).click();
  await other.page.getByTestId("income-chart").waitFor();
  await sessions.nth(before).waitFor({ timeout: 2_000 });
});

it("shows that a session has ended, within two seconds", async () => {
  await using visit = await openConsole(browser, service.origin, { path: "/console#/sessions" });
  await using other = await openConsole(browser, service.origin, { path: "/console#/sessions" });
  const first = visit.page.locator("[data-session]").first();
  const id = (await first.getAttribute("data-session")) ?? "";
  await other.page.locator(`[data-session="${id}"]`).getByRole("button", { name: "Log out" }).click();
  await visit.page.locator(`[data-session="${id}"]`).getByText("Closed by the caller").waitFor({ timeout: 2_000 });
});

it("goes on by itself after a restart of the service", async () => {
  await using visit = await openConsole(browser, service.origin, { path: "/console#/sessions" });
  const sessions = visit.page.locator("[data-session]");
  await sessions.first().waitFor();
  const before = await sessions.count();
  await service.restart();
  await using other = await openConsole(browser, service.origin);
  await other.pick("Farhan Basu");
  await sessions.nth(before).waitFor();
  await visit.page.getByText("Live", { exact: true }).waitFor();
});

it("shows how often a vendor has answered", async () => {
  await using visit = await openConsole(browser, service.origin, { path: "/console#/vendors" });
  const deepvue = visit.page.getByTestId("vendors").getByRole("listitem").filter({ hasText: "Deepvue" });
  await deepvue.locator(".big").getByText("100 %").waitFor({ timeout: 25_000 });
});

it("withdraws a consent", async () => {
  await using visit = await openConsole(browser, service.origin, { path: "/console#/consents" });
  const buttons = visit.page.getByRole("button", { name: "Withdraw" });
  await buttons.first().waitFor();
  const before = await buttons.count();
  await buttons.last().click();
  await visit.page.getByTestId("consents").getByText("Withdrawn").first().waitFor();
  expect(await buttons.count()).toBe(before - 1);
});

it("erases a taxpayer with a receipt", async () => {
  await using visit = await openConsole(browser, service.origin, { path: "/console#/consents" });
  await visit.page.getByText("Erase the taxpayer").first().click();
  await visit.page.getByLabel("Enter the whole PAN").fill("ZZZPA1001A");
  await visit.page.getByRole("button", { name: "Erase the taxpayer" }).click();
  await visit.page.getByText("Destroyed: keys 1").waitFor();
});

it("finds audit records by kind", async () => {
  await using visit = await openConsole(browser, service.origin, { path: "/console#/audit" });
  await visit.page.getByLabel("Kind").selectOption("SESSION_OPENED");
  const rows = visit.page.getByTestId("audit").locator("tbody tr");
  await rows.filter({ hasText: "Session opened" }).first().waitFor();
  await rows.filter({ hasText: "Read" }).first().waitFor({ state: "detached" });
});

it("reaches every screen by keyboard alone", async () => {
  await using visit = await openConsole(browser, service.origin);
  const link = visit.page.getByRole("link", { name: "Audit" });
  for (let presses = 0; presses < 10; presses += 1) {
    await visit.page.keyboard.press("Tab");
    if ((await visit.page.locator(":focus").innerText()) === "Audit") break;
  }
  await visit.page.keyboard.press("Enter");
  await visit.page.getByTestId("audit").waitFor();
  expect(await link.getAttribute("aria-current")).toBe("page");
});

it.each(screens)("speaks Hindi on %s, and says so to a screen reader", async (screen) => {
  await using visit = await openConsole(browser, service.origin);
  await visit.page.getByRole("button", { name: "हिन्दी" }).click();
  await show(visit.page, screen);
  const heading = visit.page.getByRole("heading", { level: 1 });
  expect(await heading.innerText()).toMatch(/^[\u0900-\u097f-\s]+$/);
  expect(await visit.page.locator("html").getAttribute("lang")).toBe("hi");
});

async function show(page: Page, screen: string): Promise<void> {
  await page.evaluate(`location.hash = "#/${screen}"`);
  await page.locator(`nav a[aria-current][href="#/${screen}"]`).waitFor();
  await page.locator(".note.busy").first().waitFor({ state: "detached" });
}

async function seriousFindings(page: Page): Promise<unknown> {
  // The page's policy allows no script of others: the debugger may.
  await page.evaluate(axe);
  const { violations } = await page.evaluate<{
    violations: readonly { id: string; impact: string; nodes: readonly { html: string }[] }[];
  }>("axe.run()");
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 3).map(({ html }) => html) }));
}
