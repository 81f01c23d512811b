import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from "playwright-core";
import { createLink, type MadeLink } from "../support/linkVisitor";
import type { TestService } from "../support/service";
import { newPerson } from "../support/sessionCaller";

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** A cheap phone. */
export const phone: BrowserContextOptions = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 };

export interface LinkVisit extends AsyncDisposable {
  readonly page: Page;
  readonly link: MadeLink;
  readonly pan: string;
  readonly password: string;
  /** Every address that was asked for, and every error on the page. */
  readonly requests: readonly string[];
  readonly complaints: readonly string[];
  sees(testId: string): Promise<Locator>;
  press(testId: string): Promise<void>;
  agree(): Promise<void>;
  logIn(with_?: { readonly pan?: string; readonly password?: string }): Promise<void>;
  submitOtp(otp: string): Promise<void>;
  /** Writes a picture of the page where LINK_PICTURES names a folder. */
  picture(name: string): Promise<void>;
}

/** A taxpayer with a browser of their own, on the first page of a link. */
export async function visitLink(
  browser: Browser,
  service: TestService,
  input: Record<string, unknown>,
  options: BrowserContextOptions = phone,
): Promise<LinkVisit> {
  const link = await createLink(service, input);
  const context: BrowserContext = await browser.newContext(options);
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    // A form that is answered with a problem is no fault of the page.
    const isStatus = message.text().includes("Failed to load resource");
    if (["warning", "error"].includes(message.type()) && !isStatus) complaints.push(message.text());
  });
  await page.goto(link.url);
  const person = newPerson();
  const find = (testId: string) => page.getByTestId(testId);
  const sees: LinkVisit["sees"] = async (testId) => {
    await find(testId).first().waitFor();
    return find(testId).first();
  };
  const press: LinkVisit["press"] = async (testId) => {
    await find(testId).first().click();
  };
  return {
    page,
    link,
    ...person,
    requests,
    complaints,
    sees,
    press,
    async agree() {
      await press("agree");
      await sees("password");
    },
    async logIn({ pan = person.pan, password = person.password } = {}) {
      if ((await find("pan").count()) > 0) await find("pan").fill(pan);
      await find("password").fill(password);
      await press("continue");
    },
    async submitOtp(otp) {
      await find("otp").fill(otp);
      await press("continue");
    },
    async picture(name) {
      const folder = process.env.LINK_PICTURES;
      if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
    },
    [Symbol.asyncDispose]: () => context.close(),
  };
}

interface Finding {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What axe finds that is moderate or worse, by the rules of WCAG 2.2 AA and its own best practices. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  // Not as a script of the page, which its policy forbids.
  const run = async (expression: string): Promise<unknown> => {
    const { result } = await session.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    return result.value;
  };
  await run(axe);
  const findings = (await run("axe.run().then(({ violations }) => violations)")) as readonly Finding[];
  await session.detach();
  return findings
    .filter(({ impact }) => impact !== "minor")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

/** The page with everything that it loads, packed as it is sent. */
export async function weightOf(url: string, cookie: string): Promise<number> {
  const origin = new URL(url).origin;
  const texts = await Promise.all(
    [url, `${origin}/link/page.css`, `${origin}/link/page.js`].map(async (each) =>
      (await fetch(each, { headers: { cookie } })).text(),
    ),
  );
  return texts.reduce((sum, text) => sum + gzipSync(text).length, 0);
}
