import type { Browser } from "playwright-core";
import { readLink } from "../support/linkVisitor";
import { startTestService, type TestService } from "../support/service";
import { letTimePass, orderFault, readOtp, wrongOtp } from "../support/sessionCaller";
import { axeFindings, type LinkVisit, phone, visitLink, weightOf } from "./linkVisit";
import { launchBrowser } from "./visit";

const returnUrl = "http://127.0.0.1:9/back";
const vendors = ["KWIKID", "DEEPVUE", "TUTELAR", "FINPASS"] as const;
type Vendor = (typeof vendors)[number];

const lender = { name: "Acme Finance", returnUrls: [returnUrl] };

let service: TestService;
let browser: Browser;

beforeAll(async () => {
  [service, browser] = await Promise.all([
    startTestService({
      TUTELAR_POLL_MS: "20",
      FINPASS_POLL_MS: "20",
      AAY_LINK_RETURN_URLS: JSON.stringify({ lender }),
    }),
    launchBrowser(),
  ]);
});

afterAll(async () => {
  await browser.close();
  await service[Symbol.asyncDispose]();
});

async function opened(vendor: Vendor, input: Record<string, unknown> = {}, options = phone): Promise<LinkVisit> {
  return visitLink(browser, service, { provider: vendor, ...input }, options);
}

async function agreed(vendor: Vendor, input: Record<string, unknown> = {}, options = phone): Promise<LinkVisit> {
  const visit = await opened(vendor, input, options);
  await visit.agree();
  return visit;
}

/** For vendors that read the portal by themselves. */
async function passTime(vendor: Vendor): Promise<void> {
  if (vendor === "TUTELAR" || vendor === "FINPASS") await letTimePass(service);
}

async function finish(visit: LinkVisit, vendor: Vendor): Promise<void> {
  if (vendor === "KWIKID") {
    await visit.sees("otp");
    await visit.submitOtp(await readOtp(service, visit.pan));
  } else await passTime(vendor);
  await visit.sees("done");
}

async function stateOf({ link }: LinkVisit): Promise<string> {
  return (await readLink(service, link.id)).state;
}

describe.each(vendors)("with %s, a taxpayer", (vendor) => {
  it("comes to the end, and back to the lender with two parameters", async () => {
    await using visit = await agreed(vendor, { returnUrl });
    await visit.page.route(`${returnUrl}*`, (route) => route.fulfill({ body: "the lender" }));
    await visit.logIn();
    await finish(visit, vendor);
    expect(await stateOf(visit)).toBe("CONNECTED");
    await visit.press("continue");
    await visit.page.waitForURL(`${returnUrl}?link=${visit.link.id}&state=CONNECTED`);
    expect(visit.complaints).toEqual([]);
  });

  it("enters a wrong password, and then the right one into an empty field", async () => {
    await using visit = await agreed(vendor);
    await visit.logIn({ password: "not the password" });
    await passTime(vendor);
    await visit.sees("problem");
    expect(await (await visit.sees("password")).inputValue()).toBe("");
    await visit.logIn();
    await finish(visit, vendor);
  });

  it("is told that the account is locked", async () => {
    await using visit = await agreed(vendor);
    await visit.logIn({ pan: "ZZZPV7003C", password: "Sandbox@7003" });
    await passTime(vendor);
    expect(await (await visit.sees("problem")).innerText()).toMatch(/locked/);
    expect(await stateOf(visit)).toBe("FAILED");
  });

  it("is told that the portal is down, and may try again", async () => {
    await using visit = await agreed(vendor);
    await visit.logIn({ pan: "ZZZPA1004D", password: "Sandbox@1004" });
    await passTime(vendor);
    expect(await (await visit.sees("problem")).innerText()).toMatch(/portal is down/);
    await visit.press("continue");
    await visit.sees("password");
  });

  it("declines", async () => {
    await using visit = await opened(vendor);
    await visit.press("decline");
    await visit.sees("declined");
    expect(await stateOf(visit)).toBe("DECLINED");
  });

  it("comes too late", async () => {
    await using visit = await agreed(vendor);
    await letTimePass(service, 31 * 60_000);
    await visit.page.reload();
    expect(await (await visit.sees("problem")).innerText()).toMatch(/expired/);
  });

  it("opens it in a second browser in vain", async () => {
    await using visit = await opened(vendor);
    const other = await browser.newContext(phone);
    const page = await other.newPage();
    await page.goto(visit.link.url);
    await page.getByTestId("problem").waitFor();
    expect(await page.locator("form").count()).toBe(0);
    await other.close();
  });

  it("finds it cancelled by the lender", async () => {
    await using visit = await agreed(vendor);
    await service.ask("mutation ($id: ID!) { cancelLink(input: { linkId: $id }) { replayed } }", { id: visit.link.id });
    await visit.logIn();
    expect(await (await visit.sees("problem")).innerText()).toMatch(/cancelled/);
  });
});

it("enters a wrong one-time password, and then the right one", async () => {
  await using visit = await agreed("KWIKID");
  await visit.logIn();
  await visit.sees("otp");
  const otp = await readOtp(service, visit.pan);
  await visit.submitOtp(wrongOtp(otp));
  await visit.sees("problem");
  await visit.submitOtp(otp);
  await visit.sees("done");
});

it("goes on at another provider once the taxpayer agrees", async () => {
  await using visit = await agreed("KWIKID");
  await orderFault(service, { vendor: "KWIKID", operation: "*", fault: "STATUS", status: 503, times: 1 });
  await visit.logIn();
  await visit.sees("problem");
  await visit.picture("other-provider");
  await visit.press("agree");
  await visit.logIn();
  await letTimePass(service);
  await visit.sees("done");
});

it("is walked by the keyboard alone", async () => {
  await using visit = await opened("KWIKID");
  const { page } = visit;
  const tabTo = async (testId: string) => {
    for (let presses = 0; presses < 12; presses += 1) {
      if ((await page.evaluate("document.activeElement.dataset.testid")) === testId) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`the keyboard does not come to ${testId}`);
  };
  await tabTo("agree");
  await page.keyboard.press("Enter");
  await visit.sees("password");
  await tabTo("pan");
  await page.keyboard.type(visit.pan);
  await page.keyboard.press("Tab");
  await page.keyboard.type(visit.password);
  await page.keyboard.press("Enter");
  await visit.sees("otp");
  await tabTo("otp");
  await page.keyboard.type(await readOtp(service, visit.pan));
  await tabTo("continue");
  await page.keyboard.press("Space");
  await visit.sees("done");
});

it.each(["KWIKID", "FINPASS"] as const)("works without JavaScript: %s", async (vendor) => {
  await using visit = await agreed(vendor, {}, { ...phone, javaScriptEnabled: false });
  await visit.logIn();
  await finish(visit, vendor);
  expect(await stateOf(visit)).toBe("CONNECTED");
});

it("is walked in Hindi, by the same test ids", async () => {
  await using visit = await opened("KWIKID");
  await visit.page.getByRole("link", { name: "हिन्दी" }).click();
  await visit.page.getByRole("button", { name: "मैं सहमत हूँ" }).waitFor();
  await visit.picture("hindi-notice");
  await visit.agree();
  await visit.picture("hindi-login");
  await visit.logIn({ password: "not the password" });
  expect(await (await visit.sees("problem")).innerText()).toMatch(/पासवर्ड/);
  await visit.logIn();
  await finish(visit, "KWIKID");
  await visit.picture("hindi-done");
  const latin = (await visit.page.locator("main").innerText()).replace(/Acme Finance|KwikID|AayGraph/g, "");
  expect(latin).not.toMatch(/[A-Za-z]{4,}/);
});

it("shows by itself what is going on", async () => {
  await using visit = await agreed("FINPASS");
  await visit.logIn();
  await visit.sees("progress");
  await visit.picture("progress");
  await letTimePass(service);
  await visit.sees("done");
});

describe("each step at 360 pixels", () => {
  const findings: string[] = [];
  const tooWide: string[] = [];
  const weights: number[] = [];

  async function look(visit: LinkVisit, name: string): Promise<void> {
    const { page } = visit;
    await visit.picture(name);
    findings.push(...(await axeFindings(page)).map((finding) => `${name}: ${finding}`));
    const width = await page.evaluate("document.documentElement.scrollWidth");
    if (width !== 360) tooWide.push(`${name}: ${String(width)}`);
    const cookie = (await page.context().cookies()).map((each) => `${each.name}=${each.value}`).join("; ");
    weights.push(await weightOf(page.url(), cookie));
  }

  beforeAll(async () => {
    await using visit = await opened("KWIKID", { returnUrl, documents: ["PROFILE", "FILINGS"] });
    await look(visit, "notice");
    await visit.agree();
    await look(visit, "login");
    await visit.logIn({ password: "not the password" });
    await visit.sees("problem");
    await look(visit, "wrong-password");
    await visit.logIn();
    await visit.sees("otp");
    await look(visit, "otp");
    const otp = await readOtp(service, visit.pan);
    await visit.submitOtp(wrongOtp(otp));
    await visit.sees("problem");
    await look(visit, "wrong-otp");
    await visit.submitOtp(otp);
    await visit.sees("done");
    await look(visit, "done");
    const consent = await visit.page.getByRole("link", { name: "Your receipt" }).getAttribute("href");
    await service.ask("query ($pan: Pan!) { taxpayer(pan: $pan) { filings { nodes { form } } } }", { pan: visit.pan });
    await visit.page.goto(new URL(consent!, service.url).href);
    await look(visit, "consent");
    await visit.press("withdraw");
    await visit.sees("withdrawn");
    await look(visit, "withdrawn");
    await using locked = await agreed("DEEPVUE", { returnUrl });
    await locked.logIn({ pan: "ZZZPV7003C", password: "Sandbox@7003" });
    await locked.sees("problem");
    await look(locked, "locked");
    await using wide = await agreed("DEEPVUE", {}, { viewport: { width: 1280, height: 900 } });
    await wide.picture("login-wide");
  }, 60_000);

  it("passes axe", () => {
    expect(findings).toEqual([]);
  });

  it("is not wider than the screen", () => {
    expect(tooWide).toEqual([]);
  });

  it("weighs 60 kB at most, with all that it loads", () => {
    expect(weights.length).toBeGreaterThan(8);
    console.info(`heaviest page: ${Math.max(...weights)} bytes, packed`);
    expect(Math.max(...weights)).toBeLessThan(60_000);
  });
});

it("sends the password and the one-time password nowhere but to its own page, and leaves no trace of them", async () => {
  await using visit = await agreed("KWIKID");
  const titles: string[] = [];
  visit.page.on(
    "framenavigated",
    (frame) =>
      void frame.title().then(
        (title) => titles.push(title),
        () => undefined,
      ),
  );
  await visit.logIn();
  await visit.sees("otp");
  const otp = await readOtp(service, visit.pan);
  await visit.submitOtp(otp);
  await visit.sees("done");
  const { origin } = new URL(service.url);
  expect(visit.requests.filter((url) => !url.startsWith(origin) && !url.startsWith("data:"))).toEqual([]);
  const places = [
    ...visit.requests,
    ...titles,
    ...service.log,
    JSON.stringify(await visit.page.context().storageState()),
  ];
  for (const secret of [visit.password, otp, visit.pan]) {
    expect(places.filter((place) => place.includes(secret))).toEqual([]);
  }
});
