import type { Browser, Page } from "playwright-core";
import { createClient, IncomeOverYearsDocument } from "../../../packages/client/src";
import { startBuiltService, type BuiltService } from "../builtService";
import { launchBrowser } from "../visit";
import { openConsole } from "./consolePage";

const losses = { name: "Mohit Kapoor", pan: "ZZZPK9002B" };
const disputed = { name: "Chitra Hari", pan: "ZZZPH8001A" };
const company = { name: "Ektara Foods", pan: "ZZZCE5002B" };

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

it("is where the first address leads", async () => {
  await using visit = await openConsole(browser, service.origin);
  expect(new URL(visit.page.url()).pathname).toBe("/console");
});

it("shows a person's income after one click", async () => {
  await using visit = await openConsole(browser, service.origin);
  await visit.pick(losses.name);
  expect(await visit.page.getByTestId("figure").count()).toBeGreaterThan(20);
});

it("shows the figures that the graph has, to the rupee", async () => {
  await using visit = await openConsole(browser, service.origin);
  await visit.pick(losses.name);
  const filings = await filingsOf(losses.pan);
  for (const filing of filings) {
    const shown = await figuresOf(visit.page, filing.assessmentYear);
    const wanted = {
      "incomeHeads.salary": filing.incomeHeads?.salary,
      "incomeHeads.businessOrProfession": filing.incomeHeads?.businessOrProfession,
      "incomeHeads.otherSources": filing.incomeHeads?.otherSources,
      grossTotalIncome: filing.grossTotalIncome,
      totalIncome: filing.totalIncome,
      "tax.totalPayable": filing.tax?.totalPayable,
      "refund.claimed": filing.refund?.claimed,
    };
    for (const [path, amount] of Object.entries(wanted))
      expect([path, shown[path]]).toEqual([path, amount ?? undefined]);
  }
  expect(filings.length).toBeGreaterThan(3);
});

it("groups digits as India does", async () => {
  await using visit = await openConsole(browser, service.origin);
  await visit.pick(losses.name);
  const loss = visit.page.locator('[data-path="incomeHeads.businessOrProfession"][data-amount="-1200000"]');
  expect(await loss.innerText()).toBe("−₹12,00,000");
});

it("draws a loss below the axis", async () => {
  await using visit = await openConsole(browser, service.origin);
  await visit.pick(losses.name);
  const axis = await visit.page.locator(".chart .axis").last().boundingBox();
  const bars = await visit.page.locator(".bar.businessOrProfession").all();
  const tops = await Promise.all(bars.map(async (bar) => (await bar.boundingBox())?.y ?? 0));
  expect(tops.filter((top) => top >= axis!.y - 1)).toHaveLength(2);
});

it("draws what no source tells as missing, never as zero", async () => {
  await using visit = await openConsole(browser, service.origin);
  await visit.pick(company.name);
  const filings = await filingsOf(company.pan);
  const untold = filings.filter(({ effective, grossTotalIncome }) => effective && grossTotalIncome === null);
  const row = visit.page.getByRole("row", { name: /^Gross total income/ });
  expect(untold.length).toBeGreaterThan(0);
  expect(await row.getByTestId("missing").count()).toBe(untold.length);
});

it("tells of every figure who said it, how, when and who disagrees", async () => {
  await using visit = await openConsole(browser, service.origin);
  await visit.pick(losses.name);
  await visit.page.getByTestId("figure").first().click();
  const panel = visit.page.getByTestId("provenance");
  expect(await panel.getByRole("definition").allInnerTexts()).toEqual([
    expect.stringMatching(/^(Deepvue|Tutelar|Finpass)$/),
    expect.stringMatching(/^Read|^Reported|^Worked/),
    expect.stringMatching(/^\d{1,2} [A-Z][a-z]{2} \d{4}, \d{2}:\d{2}$/),
    expect.any(String),
    expect.any(String),
    "Nobody",
  ]);
});

it("shows who disagrees once two providers have been asked", async () => {
  await using visit = await openConsole(browser, service.origin);
  await visit.pick(disputed.name);
  await visit.page.getByRole("button", { name: "Log in at Finpass" }).click();
  await visit.page.locator(".figure.differs").first().click({ timeout: 45_000 });
  const claims = visit.page.getByTestId("provenance").getByRole("listitem");
  expect((await claims.allInnerTexts()).map((text) => text.split("\n", 1)[0])).toEqual(
    expect.arrayContaining(["Deepvue", "Finpass"]),
  );
});

it("changes what counts with the policy", async () => {
  await using visit = await openConsole(browser, service.origin);
  await visit.pick(losses.name);
  const assessable = visit.page.getByTestId("assessable");
  const before = await assessable.innerText();
  await visit.page.getByLabel("Of several years").selectOption("LOWEST");
  await assessable.filter({ hasNotText: before }).waitFor();
});

it("opens a figure's source by keyboard alone", async () => {
  await using visit = await openConsole(browser, service.origin);
  await visit.pick(losses.name);
  const figure = visit.page.getByTestId("figure").first();
  await figure.focus();
  await visit.page.keyboard.press("Enter");
  await visit.page.getByTestId("provenance").waitFor({ state: "visible" });
  await visit.page.keyboard.press("Escape");
  await visit.page.getByTestId("provenance").waitFor({ state: "hidden" });
  expect(await visit.page.locator(":focus").getAttribute("data-path")).toBe(await figure.getAttribute("data-path"));
});

it("refuses a malformed PAN in words", async () => {
  await using visit = await openConsole(browser, service.origin);
  await visit.page.getByTestId("taxpayer-search").fill("12");
  await visit.page.keyboard.press("Enter");
  await visit.page.getByText("A PAN has five letters").waitFor();
});

it("keeps the PAN out of its address", async () => {
  await using visit = await openConsole(browser, service.origin);
  await visit.page.getByTestId("taxpayer-search").fill(disputed.pan);
  await visit.page.keyboard.press("Enter");
  await visit.page.getByText("ZZZPH****A").first().waitFor();
  expect([visit.page.url(), ...visit.requests].join()).not.toContain(disputed.pan);
});

async function filingsOf(pan: string) {
  const client = createClient({ url: `${service.origin}/graphql`, token: () => service.token });
  const { data } = await client.ask(IncomeOverYearsDocument, { pan });
  return data?.taxpayer.filings.nodes ?? [];
}

/** What stands on screen for this year, by the path of each figure. */
async function figuresOf(page: Page, year: string): Promise<Record<string, number>> {
  const figures = await page.locator(`td[data-year="${year}"] [data-testid="figure"]`).all();
  const entries = figures.map(async (figure) => [
    await figure.getAttribute("data-path"),
    Number((await figure.innerText()).replaceAll(/[₹,]/g, "").replace("−", "-")),
  ]);
  return Object.fromEntries(await Promise.all(entries)) as Record<string, number>;
}
