import { type Browser, chromium, type Page } from "playwright-core";

export interface Visit extends AsyncDisposable {
  readonly page: Page;
  /** The address of everything that the page has asked for, WebSockets included. */
  readonly requests: readonly string[];
  /** What the browser's console warned of, and errors that nobody caught. */
  readonly complaints: readonly string[];
  readonly sees: (section: string, text: string) => Promise<void>;
  readonly seesAnswer: (text: string) => Promise<void>;
  readonly run: () => Promise<void>;
  /** Presses play in the tab of this name. */
  readonly runTab: (name: string) => Promise<void>;
  /** Opens a tab with this operation; GraphiQL has read it once the tab carries the operation's name. */
  readonly write: (operation: string, name: string) => Promise<void>;
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** Opens the playground that this origin serves, in a window of its own. */
export async function visit(browser: Browser, origin: string): Promise<Visit> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("websocket", (socket) => requests.push(socket.url()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (["warning", "error"].includes(message.type())) complaints.push(message.text());
  });
  await page.goto(`${origin}/playground`);
  await page.getByLabel("Operation Editor").locator(".view-line").first().waitFor();

  const sees: Visit["sees"] = async (section, text) => {
    await page.getByLabel(section, { exact: true }).locator(".view-lines", { hasText: text }).first().waitFor();
  };
  const run = () => page.getByLabel("Execute query").click();
  return {
    page,
    requests,
    complaints,
    sees,
    seesAnswer: (text) => sees("Result Window", text),
    run,
    async runTab(name) {
      await page.getByRole("tab", { name, exact: true }).click();
      await run();
    },
    async write(operation, name) {
      await page.getByLabel("New tab").click();
      await page.getByLabel("Operation Editor").locator(".monaco-editor").first().click();
      await page.keyboard.insertText(operation);
      await page.getByRole("tab", { name }).waitFor();
    },
    [Symbol.asyncDispose]: () => page.close(),
  };
}
