import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchBrowser } from "./visit";

const lender = "http://lender.test/apply";
const taxpayer = "http://taxpayer.test/link/a-token";
const taxpayerPage = `<form action="${lender}"><input type="hidden" name="link" value="ln_one">
  <button name="state" value="CONNECTED">Done</button></form>`;

let browser: Browser;
let script: string;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  const entry = "test/linkPackage/lenderPage.tsx";
  const bundle = ["--bundle", "--jsx=automatic", '--define:process.env.NODE_ENV="production"'];
  script = execFileSync("node_modules/.bin/esbuild", [entry, ...bundle], {
    cwd: join(__dirname, "../.."),
    maxBuffer: 2 ** 26,
  }).toString();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
});

beforeEach(async () => {
  context = await browser.newContext();
  await context.route(`${lender}*`, (route) =>
    route.fulfill({ contentType: "text/html", body: `<body><script src="/lender.js"></script>` }),
  );
  await context.route("http://lender.test/lender.js", (route) =>
    route.fulfill({ contentType: "text/javascript", body: script }),
  );
  await context.route(taxpayer, (route) => route.fulfill({ contentType: "text/html", body: taxpayerPage }));
  page = await context.newPage();
  await page.goto(lender);
});

afterEach(async () => {
  await context.close();
});

async function openWindow(): Promise<Page> {
  const opening = page.waitForEvent("popup");
  await page.getByRole("button", { name: "Window" }).click();
  const opened = await opening;
  await opened.waitForURL(taxpayer);
  return opened;
}

it("brings a link's end from its window to the page that has opened it", async () => {
  const opened = await openWindow();
  const closing = opened.waitForEvent("close");
  await opened.getByRole("button", { name: "Done" }).click();
  await page.getByText("ln_one CONNECTED").waitFor();
  await closing;
});

it("tells that the window was closed", async () => {
  const opened = await openWindow();
  await page.getByText("OPEN", { exact: true }).waitFor();
  await opened.close();
  await page.getByText("CLOSED", { exact: true }).waitFor();
});

it("tells a link's end after a redirect, and takes it from the address", async () => {
  await page.getByRole("button", { name: "Here" }).click();
  await page.waitForURL(taxpayer);
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByText("ln_one CONNECTED").waitFor();
  expect(page.url()).toBe(lender);
});

it("can be begun anew where the browser shows the page as it was left", async () => {
  await openWindow();
  await page.getByText("OPEN", { exact: true }).waitFor();
  await page.evaluate(`dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }))`);
  await page.getByText("IDLE", { exact: true }).waitFor();
});

it("tells that the browser has blocked the window", async () => {
  await page.addInitScript("window.open = () => null");
  await page.reload();
  await page.getByRole("button", { name: "Window" }).click();
  await page.getByText("BLOCKED", { exact: true }).waitFor();
});
