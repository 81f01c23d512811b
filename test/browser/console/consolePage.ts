import type { Browser, Page } from "playwright-core";

export interface ConsolePage extends AsyncDisposable {
  readonly page: Page;
  /** The address of everything that the page has asked for, WebSockets included. */
  readonly requests: readonly string[];
  /** What the browser's console warned of, and errors that nobody caught. */
  readonly complaints: readonly string[];
  /** Picks a person of the sandbox by name, and waits for the chart. */
  readonly pick: (name: string) => Promise<void>;
}

interface Look {
  readonly width?: number;
  readonly dark?: boolean;
  readonly path?: string;
}

/** Opens the console as the sandbox serves it, in a window of its own. */
export async function openConsole(browser: Browser, origin: string, look: Look = {}): Promise<ConsolePage> {
  const { width = 1280, dark = false, path = "/" } = look;
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: dark ? "dark" : "light" });
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("websocket", (socket) => requests.push(socket.url()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (["warning", "error"].includes(message.type())) complaints.push(message.text());
  });
  await page.goto(`${origin}${path}`);
  await page.getByRole("navigation").waitFor();
  return {
    page,
    requests,
    complaints,
    async pick(name) {
      await page.getByTestId("persona").filter({ hasText: name }).click();
      await page.getByTestId("income-chart").waitFor();
    },
    [Symbol.asyncDispose]: () => page.close(),
  };
}
