import { hash } from "node:crypto";
import { FilingDocumentsDocument, RevokeConsentDocument } from "../../packages/client/src/operations";
import { externalPlace, newDataDir, sql, type StorePlace } from "../store/storePlace";
import { startEmbedded, type EmbeddedServer } from "../../src/store/postgres/embedded";
import { startTestService, type TestService } from "../support/service";
import { openToReady, orderFault } from "../support/sessionCaller";

interface FileOfYear {
  readonly kind: string;
  readonly fileName: string;
  readonly contentType: string;
  readonly href: string;
}

const dataDir = newDataDir();
let server: EmbeddedServer;
let place: StorePlace;
let service: TestService;

beforeAll(async () => {
  server = await startEmbedded({ dataDir: dataDir.path });
  place = await externalPlace(server.url);
  service = await startTestService({
    DATABASE_URL: (await place.url()).reveal(),
    TUTELAR_POLL_MS: "20",
    FINPASS_POLL_MS: "20",
  });
}, 60_000);

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await place[Symbol.asyncDispose]();
  await server.stop();
  await dataDir[Symbol.asyncDispose]();
});

async function documentsOf(pan: string): Promise<readonly FileOfYear[]> {
  const { data } = await service.ask(FilingDocumentsDocument, { pan });
  return data!.taxpayer.filings.nodes!.flatMap(({ documents }) => documents as FileOfYear[]);
}

async function statementOf(pan: string, assessmentYear: string): Promise<FileOfYear | null> {
  const { data } = await service.ask<
    { taxpayer: { informationStatement: { document: FileOfYear | null } } },
    { pan: string; year: string }
  >(
    `query ($pan: Pan!, $year: AssessmentYear!) { taxpayer(pan: $pan) {
      informationStatement(assessmentYear: $year) { document { kind fileName contentType href } } } }`,
    { pan, year: assessmentYear },
  );
  return data!.taxpayer.informationStatement.document;
}

const endings = async () =>
  sql<{ outcome: string; sha256: Buffer | null; byte_count: number }>(
    await place.url(),
    "select outcome, sha256, byte_count from aaygraph.document_endings order by at desc",
  );

const isUnmasked = /(?<!\d)\d{12}(?!\d)/;

describe.each(["KWIKID", "DEEPVUE", "FINPASS"] as const)("the file of a return that came from %s", (provider) => {
  it("is handed out as the Department's own JSON", async () => {
    const { input } = await openToReady(service, provider, { documents: ["FILINGS"] });
    const file = (await documentsOf(input.pan)).find(({ kind }) => kind === "RETURN_FILE")!;
    expect(file).toMatchObject({
      contentType: "application/json",
      fileName: expect.stringMatching(/^ITR-\d{4}-\d{2}\.json$/) as string,
    });
    const response = await service.fetch(file.href);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "application/json",
      "cache-control": "no-store",
      "content-disposition": `attachment; filename="${file.fileName}"`,
    });
    expect(Object.keys((await response.json()) as object)).toEqual(["ITR"]);
  });

  it("holds no Aadhaar and no account number whole", async () => {
    const { input } = await openToReady(service, provider, { documents: ["FILINGS"] });
    const [file] = await documentsOf(input.pan);
    const text = await (await service.fetch(file!.href)).text();
    expect(text).toMatch(/XXXX/);
    expect(text).not.toMatch(isUnmasked);
  });
});

describe("the file of an information statement", () => {
  it("is handed out once", async () => {
    const { input } = await openToReady(service, "DEEPVUE", { documents: ["INFORMATION_STATEMENT", "FILINGS"] });
    const [filed] = await documentsOf(input.pan);
    const year = /\d{4}-\d{2}/.exec(filed!.fileName)![0];
    const file = await statementOf(input.pan, year);
    expect(file).toMatchObject({ kind: "INFORMATION_STATEMENT", fileName: `AIS-${year}.json` });
    const response = await service.fetch(file!.href);
    expect(Object.keys((await response.json()) as object)).toContain("partB");
    expect((await service.fetch(file!.href)).status).toBe(404);
  });

  it("is gone with the consent", async () => {
    const { input, session } = await openToReady(service, "DEEPVUE", { documents: ["FILINGS"] });
    const [file] = await documentsOf(input.pan);
    const { data } = await service.ask<{ session: { consent: { id: string } } }, unknown>(
      "query ($id: ID!) { session(id: $id) { consent { id } } }",
      { id: session.id },
    );
    const consentId = data!.session.consent.id;
    const kept = async () =>
      (await sql(await place.url(), "select from aaygraph.files where consent_id = $1", [consentId])).length;
    expect(await kept()).toBeGreaterThan(0);
    await service.ask(RevokeConsentDocument, { consentId });
    expect(await kept()).toBe(0);
    expect((await service.fetch(file!.href)).status).toBe(403);
  });
});

describe("what was handed out", () => {
  it("is on record with its digest", async () => {
    const { input } = await openToReady(service, "TUTELAR", { documents: ["VERIFICATION_FORM", "FILINGS"] });
    const [file] = await documentsOf(input.pan);
    const bytes = Buffer.from(await (await service.fetch(file!.href)).arrayBuffer());
    const sha256 = hash("sha256", bytes, "buffer");
    expect(await endings()).toContainEqual({ outcome: "WHOLE", sha256, byte_count: bytes.length });
  });

  it("is on record as broken where the caller breaks off", async () => {
    const { input } = await openToReady(service, "TUTELAR", { documents: ["VERIFICATION_FORM", "FILINGS"] });
    const [file] = await documentsOf(input.pan);
    await orderFault(service, { vendor: "TUTELAR", fault: "SLOW_DRIP", delayMs: 50, times: 1 });
    const response = await service.fetch(file!.href);
    expect(response.status).toBe(200);
    await response.body!.cancel();
    while (!(await endings()).some(({ outcome, sha256 }) => outcome === "BROKEN" && sha256 === null));
    expect((await service.fetch(file!.href)).status).toBe(404);
  });
});
