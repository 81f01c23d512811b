import type { Browser } from "playwright-core";
import { type BuiltService, startBuiltService } from "./builtService";
import { launchBrowser, type Visit, visit } from "./visit";

let service: BuiltService;
let browser: Browser;

beforeAll(async () => {
  [service, browser] = await Promise.all([startBuiltService(), launchBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await service[Symbol.asyncDispose]();
});

/** In each tab, what tells that it has worked. */
const walk = [
  ["OpenSession", '"state": "AWAITING_OTP"'],
  ["SubmitOtp", '"state": "READY"'],
  ["WatchSession", '"state": "READY"'],
  ["ReadSession", '"kind": "READ_DATA"'],
  ["WhatCounts", '"digest": "'],
  ["CloseSession", '"endReason": "CLOSED_BY_CALLER"'],
  ["RevokeConsent", '"standing": "REVOKED"'],
  ["EraseTaxpayer", '"keys": 1'],
] as const;

describe("a walk through the session's tabs, with nothing but the play button", () => {
  let visitor: Visit;
  const reached: string[] = [];

  beforeAll(async () => {
    visitor = await visit(browser, service.origin);
    for (const [name, answer] of walk) {
      await visitor.runTab(name);
      await visitor.seesAnswer(answer);
      reached.push(name);
    }
    await visitor.page.getByLabel("Show Fake phone").click();
  });

  afterAll(() => visitor[Symbol.asyncDispose]());

  it("follows the order of the tabs", async () => {
    const titles = await visitor.page.getByRole("tab").allInnerTexts();
    expect(titles).toEqual(["StartHere", ...reached, "WhoIsBehindIt", "WhenItGoesWrong", "ManyAtOnce"]);
  });

  it("leads to READY, and on until the taxpayer is forgotten", () => {
    expect(reached).toEqual(walk.map(([name]) => name));
  });

  it("asks nothing of any other origin", () => {
    const { host } = new URL(service.origin);
    expect(new Set(visitor.requests.map((url) => new URL(url).host))).toEqual(new Set([host]));
  });

  it("gives no warning, error or breach of the page's policy", () => {
    expect(visitor.complaints).toEqual([]);
  });

  it("leaves nothing behind in the browser", async () => {
    expect(await visitor.page.evaluate("({ ...localStorage, ...sessionStorage })")).toEqual({});
    expect(visitor.page.url()).toBe(`${service.origin}/playground`);
  });

  it("leaves no one-time password in the log", async () => {
    const otp = await messagesOn(visitor).first().locator("strong").innerText();
    expect(otp).toMatch(/^[0-9]{6}$/);
    expect(service.output()).not.toContain(otp);
  });

  it("leaves a message on the fake phone that tells whose it is, masked", async () => {
    const text = await messagesOn(visitor).first().innerText();
    expect(text).toMatch(/^[0-9]{6}\n+One-time password for ZZZPA\*{4}A\n+KWIKID, .*20[0-9]{2}/);
  });
});

it("says what to run first, and asks nothing, where a session is needed and there is none", async () => {
  await using visitor = await visit(browser, service.origin);
  const asked = () => visitor.requests.filter((url) => url.endsWith("/graphql"));
  const before = asked();
  for (const name of ["SubmitOtp", "WatchSession", "ReadSession", "CloseSession", "RevokeConsent"]) {
    await visitor.runTab(name);
    await visitor.seesAnswer("Run OpenSession first");
  }
  expect(asked()).toEqual(before);
});

it("does not submit a one-time password that is older than the session", async () => {
  await using visitor = await visit(browser, service.origin);
  await openSession(visitor);
  const old = { provider: "KWIKID", pan: "ZZZPN****A", otp: "123456", sentAt: "2020-01-01T00:00:00.000Z" };
  await visitor.page.route("**/phone.json", (route) => route.fulfill({ json: { now: old.sentAt, messages: [old] } }));
  await visitor.runTab("SubmitOtp");
  await visitor.seesAnswer("The fake phone has no one-time password yet");
});

it.each([60, -60])("opens a session in the sandbox's day, %i days from the browser's", async (days) => {
  await using visitor = await visit(browser, service.origin);
  await service.jumpDays(days);
  await openSession(visitor);
});

it("runs what a tab holds, however soon after it was opened", async () => {
  await using visitor = await visit(browser, service.origin);
  await visitor.page.evaluate(`
    [...document.querySelectorAll("[role=tab] button")].find((button) => button.textContent === "WhoIsBehindIt").click();
    document.querySelector("[aria-label^='Execute query']").click();
  `);
  await visitor.seesAnswer('"providers"');
});

describe("the fake phone", () => {
  it("is looked at right after a mutation", async () => {
    await using visitor = await visit(browser, service.origin);
    const looked = visitor.page.waitForResponse("**/phone.json");
    await visitor.write('mutation Again { resendOtp(input: { sessionId: "none" }) { replayed } }', "Again");
    await visitor.run();
    expect((await looked).status()).toBe(200);
  });

  it("shows what comes in while it is open", async () => {
    await using visitor = await visit(browser, service.origin);
    await visitor.page.getByLabel("Show Fake phone").click();
    await using other = await visit(browser, service.origin);
    const { maskedPan } = await openSession(other);
    await messagesOn(visitor).filter({ hasText: maskedPan }).waitFor();
  });
});

/** Newest first. */
function messagesOn({ page }: Visit) {
  return page.getByRole("region", { name: "Fake phone" }).getByRole("listitem");
}

let persons = 0;

/** Opens a session of somebody whom no other test logs in, and who has the same password: it follows the digits. */
async function openSession({ page, run, seesAnswer }: Visit) {
  const lastLetter = String.fromCharCode("A".charCodeAt(0) + persons++);
  await page.getByRole("tab", { name: "OpenSession" }).click();
  await page.getByLabel("Variables", { exact: true }).getByText("ZZZPA1001A").dblclick();
  await page.keyboard.insertText(`ZZZPN1001${lastLetter}`);
  await run();
  await seesAnswer('"state": "AWAITING_OTP"');
  return { maskedPan: `ZZZPN****${lastLetter}` };
}
