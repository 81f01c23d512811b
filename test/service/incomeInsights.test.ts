import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { printRupees, readRupees } from "../../src/domain";
import { passwordOf } from "../../src/sandbox/personas";
import { EraseTaxpayerDocument, RevokeConsentDocument } from "../../packages/client/src/operations";
import { startTestService, type TestService } from "../support/service";
import { openToReady } from "../support/sessionCaller";

interface Shown {
  readonly assessable: { readonly amount: number | null; readonly state: string; readonly missing: readonly string[] };
  readonly policy: { readonly digest: string };
  readonly years: readonly {
    readonly filing: { readonly assessmentYear: string };
    readonly recurring: { amount: number };
  }[];
  readonly crossChecks: readonly { readonly name: string; readonly outcome: string; readonly message: string }[];
  readonly trace: readonly { readonly step: string; readonly amount: number | null; readonly formula: string }[];
}

interface Answer {
  readonly taxpayer: {
    readonly incomeInsights: Shown | null;
    readonly sources: readonly { readonly document: string; readonly outcome: string }[];
  };
}

const insights = `policy { digest } assessable { amount state missing } crossChecks { name outcome message }
  years { filing { assessmentYear } recurring { amount } } trace { step amount formula }`;

type Caller = NonNullable<Parameters<TestService["token"]>[0]>;

/** Leaves interest and sales of shares out of the return. */
const hider = "ZZZPK9013N";

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
  await openToReady(service, "DEEPVUE", { pan: hider, password: passwordOf(hider), documents: null, years: 3 });
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

function ask(pan: string, given = "", caller?: Caller) {
  return service.ask<Answer, unknown>(
    `query ($pan: Pan!) { taxpayer(pan: $pan) { incomeInsights${given} { ${insights} } sources { document outcome } } }`,
    { pan },
    caller,
  );
}

describe("Income insights", () => {
  it("flag interest that a return leaves out", async () => {
    const { data, errors } = await ask(hider);
    expect(errors).toBeUndefined();
    const flagged = data?.taxpayer.incomeInsights?.crossChecks.filter(({ outcome }) => outcome === "FLAGGED") ?? [];
    expect(new Set(flagged.map(({ name }) => name))).toContain("INTEREST_AGAINST_STATEMENT");
  });

  it("end their trace with the assessable income", async () => {
    const shown = (await ask(hider)).data?.taxpayer.incomeInsights;
    expect(shown?.assessable.amount).toBeGreaterThan(0);
    expect(shown?.trace.at(-1)).toMatchObject({ step: "assessable", amount: shown?.assessable.amount });
  });

  it("carry the digest of the policy that was applied", async () => {
    const { data } = await ask(hider, '(policy: { name: "Trader loan", rentShare: 0.7 })');
    const canonical =
      '{"agriculturalShare":0,"averaging":"MEAN_IF_RISING_ELSE_LATEST","businessBasis":"DECLARED","grossProfitShare":0.2,' +
      '"name":"Trader loan","rentShare":0.7,"version":"1","years":3}';
    expect(data?.taxpayer.incomeInsights?.policy.digest).toBe(createHash("sha256").update(canonical).digest("hex"));
  });

  it("are worded in Hindi on demand", async () => {
    const { data } = await ask(hider, "(locale: HI)");
    expect(data?.taxpayer.incomeInsights?.trace.at(-1)?.formula).toMatch(/[\u0900-\u097F]/);
  });

  it("name the returns that count, newest first", async () => {
    const years = (await ask(hider)).data?.taxpayer.incomeInsights?.years.map(({ filing }) => filing.assessmentYear);
    expect(years?.length).toBeGreaterThan(1);
    expect(years).toEqual(years?.toSorted().toReversed());
  });

  it("are not possible for somebody of whom nothing is known", async () => {
    const { data, errors } = await ask("ZZZPK9005E");
    expect(errors).toBeUndefined();
    expect(data?.taxpayer.incomeInsights?.assessable).toMatchObject({ amount: null, state: "NOT_POSSIBLE" });
    expect(data?.taxpayer.incomeInsights?.assessable.missing).toHaveLength(3);
  });

  it.each(["FILINGS", "TAX_CREDITS", "INFORMATION_STATEMENT"])("tell that %s needs a session", async (document) => {
    const { data } = await ask("ZZZPK9005E");
    expect(data?.taxpayer.sources).toContainEqual({ document, outcome: "NOT_CONNECTED" });
  });

  it("refuse a policy that makes no sense, by its field", async () => {
    const { data, errors } = await ask(hider, "(policy: { businessBasis: RECEIPTS })");
    expect(data?.taxpayer).toEqual({ incomeInsights: null, sources: [] });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_INPUT" });
  });

  it("spend nothing that asking for their documents would not", async () => {
    const { extensions } = await ask(hider);
    expect(extensions?.cost).toMatchObject({ upstreamCalls: 0, portalLogins: 0 });
  });
});

describe("An income report", () => {
  const pan = hider;

  async function linkTo(format: "PDF" | "CSV", pan: string = hider): Promise<string> {
    const { data } = await service.ask<{ taxpayer: { incomeReport: { href: string } } }, unknown>(
      `{ taxpayer(pan: "${pan}") { incomeReport(policy: { name: "House" }, format: ${format}) { href } } }`,
    );
    return data?.taxpayer.incomeReport.href ?? "";
  }

  it("is a PDF behind a link of our own", async () => {
    const response = await service.fetch(await linkTo("PDF"));
    const bytes = Buffer.from(await response.arrayBuffer());
    if (process.env.KEEP_REPORT) writeFileSync(process.env.KEEP_REPORT, bytes);
    expect(response.headers.get("content-type")).toBe("application/pdf");
    expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
    expect(bytes.toString("latin1")).toContain("ZZZPK****N");
  });

  it("is handed out once", async () => {
    const link = await linkTo("PDF");
    await (await service.fetch(link)).arrayBuffer();
    expect((await service.fetch(link)).status).toBe(404);
  });

  it("tells as CSV the figures that the graph tells", async () => {
    const text = await (await service.fetch(await linkTo("CSV"))).text();
    const shown = (await ask(pan, '(policy: { name: "House" })')).data?.taxpayer.incomeInsights;
    expect(text).toContain(`Policy digest (SHA-256),${shown?.policy.digest}`);
    expect(text).toContain(printRupees(readRupees(shown?.assessable.amount)!));
    for (const { message } of shown?.crossChecks ?? []) expect(text).toContain(message);
  });

  it("holds no whole PAN", async () => {
    expect(await (await service.fetch(await linkTo("CSV"))).text()).not.toContain(pan);
  });

  it("names its record in the audit trail", async () => {
    const response = await service.fetch(await linkTo("CSV"));
    const reference = /Audit reference,(\S+)/.exec(await response.text())?.[1];
    expect(reference).toBe(response.headers.get("x-request-id"));
    const { data } = await service.ask<{ auditRecords: { nodes: { requestId: string; kind: string }[] } }, unknown>(
      "{ auditRecords(first: 5) { nodes { requestId kind } } }",
    );
    expect(data?.auditRecords.nodes).toContainEqual({ requestId: reference, kind: "DOCUMENT_HANDED_OUT" });
  });

  async function refusal(link: string, caller?: Caller): Promise<unknown> {
    const response = await service.fetch(link, caller && { caller });
    const { error } = (await response.json()) as { error: { code: string } };
    return [response.status, error.code];
  }

  /** Somebody of whom the consent can be lost without harm to other tests. */
  async function openedForOne() {
    const { input, session } = await openToReady(service, "DEEPVUE", { documents: null, years: 2 });
    const { data } = await service.ask<{ session: { consent: { id: string } } }, unknown>(
      "query ($id: ID!) { session(id: $id) { consent { id } } }",
      { id: session.id },
    );
    return { pan: input.pan, consentId: data?.session.consent.id ?? "" };
  }

  it("is refused after the consent is revoked", async () => {
    const { pan, consentId } = await openedForOne();
    const link = await linkTo("CSV", pan);
    await service.ask(RevokeConsentDocument, { consentId });
    expect(await refusal(link)).toEqual([403, "CONSENT_REVOKED"]);
  });

  it("is refused after the taxpayer is erased", async () => {
    const { pan } = await openedForOne();
    const link = await linkTo("CSV", pan);
    await service.ask(EraseTaxpayerDocument, { pan, reason: "asked" });
    expect(await refusal(link)).toEqual([410, "ERASED"]);
  });

  it.each<[string, Caller]>([
    ["another caller of the same tenant", { subject: "somebody else" }],
    ["another tenant", { tenant: "broker" }],
  ])("is nothing to %s", async (_who, caller) => {
    const link = await linkTo("CSV");
    expect(await refusal(link, caller)).toEqual([404, "NOT_FOUND"]);
    expect((await service.fetch(link)).status).toBe(200);
  });

  it("needs the scope to read incomes", async () => {
    const link = await linkTo("CSV");
    expect((await service.fetch(link, { caller: { scopes: ["compliance:read"] } })).status).toBe(403);
  });
});

describe("What a persona shows", () => {
  // Deepvue alone tells both statements line by line.
  it.each([
    ["ZZZPK9014P", "SALARY_AGAINST_TAX_CREDITS"],
    ["ZZZPK9015Q", "TURNOVER_AGAINST_TAX_CREDITS"],
    ["ZZZPK9016R", "TURNOVER_AGAINST_GST"],
    ["ZZZPK9017S", "DIVIDEND_AGAINST_STATEMENT"],
    ["ZZZPK9018T", "TDS_CLAIM_AGAINST_DEPOSITS"],
  ])("comes through a vendor: %s, %s", async (pan, check) => {
    await openToReady(service, "DEEPVUE", { pan, password: passwordOf(pan), documents: null, years: 3 });
    const { data } = await ask(pan);
    const flagged = data?.taxpayer.incomeInsights?.crossChecks.filter(({ outcome }) => outcome === "FLAGGED") ?? [];
    expect(flagged.map(({ name }) => name)).toContain(check);
  });

  it.each(["KWIKID", "FINPASS"] as const)("passes no check that %s cannot tell", async (provider) => {
    const caller = { tenant: `asks ${provider}` };
    const [pan, documents] = ["ZZZPK9014P", null];
    await openToReady(service, provider, { pan, password: passwordOf(pan), documents, years: 3 }, caller);
    const { data } = await ask(pan, "", caller);
    const checks = data?.taxpayer.incomeInsights?.crossChecks.filter(({ name }) => name.startsWith("SALARY_AGAINST"));
    expect(checks?.map(({ outcome }) => outcome)).toEqual(["NOT_POSSIBLE", "NOT_POSSIBLE", "NOT_POSSIBLE"]);
  });
});
