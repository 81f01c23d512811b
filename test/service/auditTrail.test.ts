import { type EmbeddedServer, startEmbedded } from "../../src/store/postgres/embedded";
import { AuditTrailDocument, ComplianceDocument, type AuditTrailQuery } from "../../packages/client/src/operations";
import { externalPlace, newDataDir, sql, type StorePlace } from "../store/storePlace";
import { startTestService, type TestService } from "../support/service";
import { newPerson } from "../support/sessionCaller";

const dataDir = newDataDir();
let server: EmbeddedServer;
let place: StorePlace;
let service: TestService;

beforeAll(async () => {
  server = await startEmbedded({ dataDir: dataDir.path });
  place = await externalPlace(server.url);
  const masterKey = Buffer.alloc(32, 7).toString("base64");
  service = await startTestService({ DATABASE_URL: (await place.url()).reveal(), AAY_MASTER_KEY: masterKey });
}, 60_000);

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await place[Symbol.asyncDispose]();
  await server.stop();
  await dataDir[Symbol.asyncDispose]();
});

async function trailOf(tenant: string, isWhole = true): Promise<AuditTrailQuery["auditTrail"]> {
  const { data, errors } = await service.ask(AuditTrailDocument, { isWhole }, { tenant, scopes: ["audit:read"] });
  expect(errors).toBeUndefined();
  return data!.auditTrail;
}

async function read(tenant: string): Promise<void> {
  await service.ask(ComplianceDocument, { pan: newPerson().pan }, { tenant });
}

describe("a tenant's audit trail", () => {
  it.each([true, false])("is intact from its first record to its head (whole: %s)", async (isWhole) => {
    const tenant = `intact-${isWhole}`;
    await read(tenant);
    const first = await trailOf(tenant, isWhole);
    await read(tenant);
    const second = await trailOf(tenant, isWhole);
    expect(first).toMatchObject({ isIntact: true, flaw: null, head: { sequence: first.records } });
    expect(second.records).toBeGreaterThan(first.records);
    expect(second.head.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(second.head.hash).not.toBe(first.head.hash);
  });

  it("is that of nobody else", async () => {
    await read("full");
    // The verification itself is its first record.
    expect(await trailOf("empty")).toMatchObject({ isIntact: true, records: 1, head: { sequence: 1 } });
  });

  it("shows the first record that was changed", async () => {
    const tenant = "changed";
    await read(tenant);
    await read(tenant);
    const url = await place.url();
    await sql(url, "alter table aaygraph.audit_records disable trigger user");
    await sql(url, "update aaygraph.audit_records set caller = 'x' where tenant = $1 and sequence = 2", [tenant]);
    await sql(url, "alter table aaygraph.audit_records enable trigger user");
    const { isIntact, flaw, records } = await trailOf(tenant);
    expect({ isIntact, flaw, records }).toEqual({
      isIntact: false,
      flaw: "record 2 is not as it was written, or not in its place",
      records: 1,
    });
  });

  it("is verified for an auditor alone", async () => {
    const { errors } = await service.ask(AuditTrailDocument, {}, { scopes: ["income:read"] });
    expect(errors![0]!.extensions).toMatchObject({ code: "FORBIDDEN" });
  });
});
