import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { goToLink, LinkWindowError, openLink, takeReturn } from "../../packages/link/src/link";

const link = { id: "ln_one", url: "https://graph.example/link/a-token" };

/** As much of a browser's window as the package touches. */
class Page extends EventTarget {
  closed = false;
  screenX = 0;
  screenY = 0;
  outerWidth = 1280;
  outerHeight = 800;
  readonly history = {
    state: { kept: true },
    replaceState: (_: unknown, __: string, url: URL) => (this.href = url.href),
  };
  readonly location;
  opened: Page | undefined;

  constructor(
    public href: string,
    private readonly isBlocking = false,
  ) {
    super();
    const go = (url: string) => (this.href = url);
    const getHref = () => this.href;
    this.location = {
      get href() {
        return getHref();
      },
      assign: go,
      replace: go,
    };
  }

  readonly open = (): Page | null => (this.isBlocking ? null : (this.opened = new Page("about:blank")));

  close(): void {
    this.closed = true;
    this.dispatchEvent(new Event("close"));
  }
}

const pages: Page[] = [];

function inPage<Result>(page: Page, act: () => Result): Result {
  pages.push(page);
  Object.assign(globalThis, { window: page });
  return act();
}

let over: AbortController;

beforeEach(() => {
  over = new AbortController();
});

/** It waits no longer than its test, so that a test which fails leaves nothing behind. */
function openUntilOver(made: Parameters<typeof openLink>[0]): ReturnType<typeof openLink> {
  const waiting = openLink(made, { signal: over.signal });
  waiting.catch(() => undefined);
  return waiting;
}

afterEach(() => {
  over.abort();
  for (const page of pages.splice(0)) page.dispatchEvent(new Event("pagehide"));
  jest.useRealTimers();
});

function returnTo(query: string): Page {
  return new Page(`https://lender.example/apply${query}`);
}

describe("a link in a window of its own", () => {
  it("resolves with the two parameters of the return address", async () => {
    const lender = returnTo("");
    const waiting = inPage(lender, () => openUntilOver(link));
    await Promise.resolve();
    expect(lender.opened?.href).toBe(link.url);
    inPage(returnTo("?link=ln_one&state=CONNECTED"), takeReturn);
    expect(await waiting).toEqual({ link: "ln_one", state: "CONNECTED" });
  });

  it("closes its window once its end is heard", async () => {
    const waiting = inPage(returnTo(""), () => openUntilOver(link));
    await Promise.resolve();
    const returned = returnTo("?link=ln_one&state=DECLINED");
    const closed = new Promise((resolve) => {
      returned.addEventListener("close", resolve);
    });
    inPage(returned, takeReturn);
    await waiting;
    await closed;
    expect(returned.closed).toBe(true);
  });

  it("does not take the end of another link for its own", async () => {
    const waiting = inPage(returnTo(""), () => openUntilOver(link));
    await Promise.resolve();
    inPage(returnTo("?link=ln_two&state=CONNECTED"), takeReturn);
    inPage(returnTo("?link=ln_one&state=FAILED"), takeReturn);
    expect(await waiting).toEqual({ link: "ln_one", state: "FAILED" });
  });

  it("opens before the link is made, so that the browser sees the click", async () => {
    const lender = returnTo("");
    const made = Promise.withResolvers<typeof link>();
    const waiting = inPage(lender, () => openUntilOver(made.promise));
    expect(lender.opened?.href).toBe("about:blank");
    made.resolve(link);
    await made.promise;
    await Promise.resolve();
    expect(lender.opened?.href).toBe(link.url);
    inPage(returnTo("?link=ln_one&state=CONNECTED"), takeReturn);
    await waiting;
  });

  it("closes its window when the link cannot be made", async () => {
    const lender = returnTo("");
    const waiting = inPage(lender, () => openUntilOver(Promise.reject(new Error("not today"))));
    await expect(waiting).rejects.toThrow("not today");
    expect(lender.opened?.closed).toBe(true);
  });

  it("rejects when the browser blocks the window", async () => {
    const waiting = inPage(new Page("https://lender.example/", true), () => openUntilOver(link));
    await expect(waiting).rejects.toEqual(new LinkWindowError("BLOCKED"));
  });

  it("rejects when the taxpayer closes the window", async () => {
    jest.useFakeTimers();
    const lender = returnTo("");
    const waiting = expect(inPage(lender, () => openUntilOver(link))).rejects.toMatchObject({ reason: "CLOSED" });
    await jest.advanceTimersByTimeAsync(10_000);
    lender.opened?.close();
    await jest.advanceTimersByTimeAsync(1_000);
    await waiting;
  });

  it("closes its window when the caller gives up", async () => {
    const lender = returnTo("");
    const leaving = new AbortController();
    const waiting = inPage(lender, () => openLink(link, { signal: leaving.signal }));
    await Promise.resolve();
    leaving.abort(new Error("left"));
    await expect(waiting).rejects.toThrow("left");
    expect(lender.opened?.closed).toBe(true);
  });

  it("refuses an address that would run as a script", async () => {
    const waiting = inPage(returnTo(""), () => openUntilOver({ id: "ln_one", url: "javascript:alert(1)" }));
    await expect(waiting).rejects.toThrow(TypeError);
  });
});

describe("a link in place of the page", () => {
  it("leads to the taxpayer's page", () => {
    const lender = returnTo("");
    inPage(lender, () => {
      goToLink(link);
    });
    expect(lender.href).toBe(link.url);
  });

  it("is told of on the return address, whose other parameters stay", () => {
    const returned = returnTo("?loan=4711&link=ln_one&state=EXPIRED#income");
    expect(inPage(returned, takeReturn)).toEqual({ link: "ln_one", state: "EXPIRED" });
    expect(returned.href).toBe("https://lender.example/apply?loan=4711#income");
  });

  it("is told of once", () => {
    const returned = returnTo("?link=ln_one&state=CONNECTED");
    inPage(returned, takeReturn);
    expect(inPage(returned, takeReturn)).toBeUndefined();
  });

  it.each(["", "?link=ln_one", "?link=ln_one&state=RICH", "?state=CONNECTED"])("is not seen in %p", (query) => {
    const page = returnTo(query);
    const { href } = page;
    expect(inPage(page, takeReturn)).toBeUndefined();
    expect(page.href).toBe(href);
  });
});

it("weighs less than 4 kB packed, with its hook", () => {
  const root = join(__dirname, "../..");
  const bundle = ["--bundle", "--minify", "--format=esm", "--external:react", "--target=es2022"];
  const sizes = ["link", "useLink"].map((name) => {
    const entry = `packages/link/src/${name}.ts`;
    return gzipSync(execFileSync("node_modules/.bin/esbuild", [entry, ...bundle], { cwd: root })).length;
  });
  console.info(`@aaygraph/link: ${String(sizes[0])} bytes packed, ${String(sizes[1])} with the hook`);
  expect(Math.max(...sizes)).toBeLessThan(4_096);
});
