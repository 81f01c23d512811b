import { hash } from "node:crypto";
import { systemClock } from "../../src/kernel/clock";
import { jumpingClock } from "../../src/sandbox/clock";
import {
  AuditRecordsDocument,
  AccessEventsDocument,
  EraseTaxpayerDocument,
  FilingDocumentsDocument,
  RevokeConsentDocument,
  type DocumentKind,
} from "../../packages/client/src/operations";
import { startTestService, type TestService } from "../support/service";
import { openToReady, orderFault } from "../support/sessionCaller";

type Caller = NonNullable<Parameters<TestService["token"]>[0]>;

const clock = jumpingClock(systemClock);
const notFound = { error: { code: "NOT_FOUND", message: "There is nothing here under that name." } };
let service: TestService;
let pan: string;
let consentId: string;

beforeAll(async () => {
  service = await startTestService({ TUTELAR_POLL_MS: "20" }, clock);
});

beforeEach(async () => {
  const documents: DocumentKind[] = ["VERIFICATION_FORM", "FILINGS"];
  const { input, session } = await openToReady(service, "TUTELAR", { documents });
  pan = input.pan;
  const { data } = await service.ask<{ session: { consent: { id: string } } }, unknown>(
    "query ($id: ID!) { session(id: $id) { consent { id } } }",
    { id: session.id },
  );
  consentId = data!.session.consent.id;
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

/** A new link to the newest acknowledgement form. */
async function newLink(caller?: Caller): Promise<string> {
  const { data } = await service.ask(FilingDocumentsDocument, { pan }, caller);
  return data!.taxpayer.filings.nodes![0]!.documents[0]!.href!;
}

async function follow(href: string, caller?: Caller) {
  const response = await service.fetch(href, caller && { caller });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: Object.fromEntries(response.headers), bytes };
}

async function refusal(href: string, caller?: Caller): Promise<unknown> {
  const { status, bytes } = await follow(href, caller);
  return { status, ...(JSON.parse(bytes.toString()) as object) };
}

describe("a link to a document", () => {
  it("hands out the file to the caller it was made for", async () => {
    const { status, headers, bytes } = await follow(await newLink());
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      "content-type": "application/pdf",
      "content-length": String(bytes.length),
      "content-disposition": expect.stringMatching(/^attachment; filename="ITR-V-\d{4}-\d{2}\.pdf"$/) as string,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
    expect(bytes.toString("latin1")).toMatch(/^%PDF-/);
  });

  it("is on the audit trail when it is followed", async () => {
    const { headers } = await follow(await newLink());
    const { data } = await service.ask(AuditRecordsDocument, { pan, kinds: ["DOCUMENT_HANDED_OUT"] });
    expect(data?.auditRecords.nodes).toMatchObject([{ caller: "developer", requestId: headers["x-request-id"] }]);
  });

  it("says nothing of where the file lies or whose it is", async () => {
    const token = (await newLink()).replace("/documents/", "");
    expect(Buffer.from(token, "base64url").toString("latin1")).not.toMatch(/http|tp_|ZZZP|TUTELAR/);
  });

  it("works once", async () => {
    const href = await newLink();
    expect((await follow(href)).status).toBe(200);
    expect(await refusal(href)).toEqual({ status: 404, ...notFound });
  });

  it("works for one of many who come at once", async () => {
    const href = await newLink();
    const uses = await Promise.all(Array.from({ length: 6 }, () => follow(href)));
    expect(uses.map(({ status }) => status).toSorted()).toEqual([200, 404, 404, 404, 404, 404]);
  });

  it("ends after ten minutes", async () => {
    const href = await newLink();
    void clock.jumpBy(10 * 60_000);
    expect(await refusal(href)).toEqual({ status: 404, ...notFound });
  });

  it.each<[string, Caller]>([
    ["another caller of the same tenant", { subject: "somebody else" }],
    ["another tenant", { tenant: "broker" }],
  ])("is nothing to %s", async (_who, caller) => {
    const href = await newLink();
    expect(await refusal(href, caller)).toEqual({ status: 404, ...notFound });
    expect((await follow(href)).status).toBe(200);
  });

  it.each(["/documents/", "/documents/AAAA", "/documents/../graphql%00", `/documents/${"A".repeat(4_000)}`])(
    "that nobody made is not found: %.20s",
    async (href) => {
      expect(await refusal(href)).toEqual({ status: 404, ...notFound });
    },
  );

  it("needs an access token", async () => {
    const response = await fetch(`${service.url}${await newLink()}`);
    expect(response.status).toBe(401);
  });

  it("hands out nothing that is no PDF", async () => {
    const href = await newLink();
    await orderFault(service, {
      vendor: "TUTELAR",
      fault: "FAILURE_WITH_200",
      body: { error: "no such file" },
      times: 1,
    });
    expect(await refusal(href)).toMatchObject({ status: 502, error: { code: "PROVIDER_BAD_RESPONSE" } });
  });

  it("needs the scope to read incomes", async () => {
    expect(await refusal(await newLink(), { scopes: ["compliance:read"] })).toMatchObject({ status: 403 });
  });

  it("cannot be used up but by reading it", async () => {
    const href = await newLink();
    expect((await service.fetch(href, { method: "POST" })).status).toBe(405);
    expect((await service.fetch(href, { method: "HEAD" })).status).toBe(405);
    expect((await follow(href)).status).toBe(200);
  });

  it("ends with the consent", async () => {
    const href = await newLink();
    await service.ask(RevokeConsentDocument, { consentId });
    expect(await refusal(href)).toMatchObject({ status: 403, error: { code: "CONSENT_REVOKED" } });
  });

  it("ends with the erasure of the taxpayer", async () => {
    const href = await newLink();
    await service.ask(EraseTaxpayerDocument, { pan, reason: "asked" });
    expect(await refusal(href)).toMatchObject({ status: 410, error: { code: "ERASED" } });
  });

  it("is not used up when the provider fails", async () => {
    const href = await newLink();
    await orderFault(service, { vendor: "TUTELAR", fault: "STATUS", status: 404, times: 1 });
    expect(await refusal(href)).toMatchObject({ status: 502, error: { code: "PROVIDER_BAD_RESPONSE" } });
    expect((await follow(href)).status).toBe(200);
  });

  it("is on record as a use of the consent", async () => {
    const href = await newLink();
    const uses = async () => {
      const { data } = await service.ask(AccessEventsDocument, { pan, first: 50 });
      const { nodes } = data!.taxpayer.accessEvents;
      return nodes.filter(({ kind, consents }) => kind === "DOCUMENT_HANDED_OUT" && consents.includes(consentId))
        .length;
    };
    const before = await uses();
    await follow(href);
    expect(await uses()).toBe(before + 1);
  });
});

describe("links in an answer", () => {
  it("are the caller's own, each time anew", async () => {
    expect(await newLink()).not.toBe(await newLink());
  });

  it("never show the provider's address", async () => {
    const answer = await service.ask(FilingDocumentsDocument, { pan });
    expect(JSON.stringify(answer)).not.toMatch(/image-pub|http:/);
  });

  it("lead to different files of different years", async () => {
    const { data } = await service.ask(FilingDocumentsDocument, { pan });
    const hrefs = data!.taxpayer.filings.nodes!.map(({ documents }) => documents[0]!.href!);
    const files = await Promise.all(hrefs.map(async (href) => hash("sha256", (await follow(href)).bytes)));
    expect(new Set(files).size).toBe(hrefs.length);
  });
});
