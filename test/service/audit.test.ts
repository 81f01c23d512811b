import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type EmbeddedServer, startEmbedded } from "../../src/store/postgres/embedded";
import {
  AccessEventsDocument,
  AuditRecordsDocument,
  CloseSessionDocument,
  ComplianceDocument,
  EraseTaxpayerDocument,
  RevokeConsentDocument,
  type AccessEventsQuery,
} from "../../packages/client/src/operations";
import { externalPlace, newDataDir, sql, type StorePlace } from "../store/storePlace";
import { launch } from "../support/process";
import { startTestService, type TestService } from "../support/service";
import { codesOf, newPerson, openToReady, subscribe } from "../support/sessionCaller";

type AccessEvent = NonNullable<AccessEventsQuery["taxpayer"]>["accessEvents"]["nodes"][number];

const reader = { subject: "clerk", scopes: ["income:read", "compliance:read", "pii:reveal", "session:write"] };
const auditor = { subject: "auditor", scopes: ["income:read", "compliance:read", "audit:read", "session:write"] };
const readFilings = `query ($pan: Pan!) { taxpayer(pan: $pan) {
  filings { nodes { form incomeHeads { salary } } } compliance { standing } } }`;

const dataDir = newDataDir();
let server: EmbeddedServer;
let place: StorePlace;
let service: TestService;
let env: Record<string, string>;

beforeAll(async () => {
  server = await startEmbedded({ dataDir: dataDir.path });
  place = await externalPlace(server.url);
  env = { DATABASE_URL: (await place.url()).reveal(), AAY_MASTER_KEY: Buffer.alloc(32, 7).toString("base64") };
  service = await startTestService(env);
}, 60_000);

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await place[Symbol.asyncDispose]();
  await server.stop();
  await dataDir[Symbol.asyncDispose]();
});

/** What is on record of this person, oldest first, without what the auditor has done to find out. */
async function eventsOf(pan: string, tenant = "lender"): Promise<AccessEvent[]> {
  const { data } = await service.ask(AccessEventsDocument, { pan, first: 100 }, { ...auditor, tenant });
  const events = data?.taxpayer.accessEvents.nodes ?? [];
  return events.filter(({ caller }) => caller !== auditor.subject).toReversed();
}

async function readyPerson() {
  const { input, session } = await openToReady(service, "KWIKID");
  return { pan: input.pan, sessionId: session.id };
}

describe("the audit trail of a taxpayer", () => {
  it("tells who has read which fields, under which consent, and why", async () => {
    const { pan } = await readyPerson();
    await service.ask(readFilings, { pan }, reader);
    const read = (await eventsOf(pan)).filter(({ kind }) => kind === "READ");
    expect(read).toMatchObject([
      {
        caller: "clerk",
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        purposes: ["CREDIT_UNDERWRITING"],
        consents: [expect.stringMatching(/^cn_/) as string],
        documents: expect.arrayContaining(["FILINGS", "COMPLIANCE"]) as string[],
        fields: [
          "Taxpayer.filings",
          "Filing.form",
          "Filing.incomeHeads",
          "Taxpayer.compliance",
          "ComplianceStatus.standing",
        ],
        code: null,
      },
    ]);
  });

  it.each([
    ["HTTP POST", (pan: string) => service.ask(readFilings, { pan }, reader)],
    [
      "HTTP GET",
      async (pan: string) => {
        const search = new URLSearchParams({ query: readFilings, variables: JSON.stringify({ pan }) });
        const headers = { "apollo-require-preflight": "yes" };
        await (await service.fetch(`/graphql?${search.toString()}`, { headers, caller: reader })).json();
      },
    ],
    [
      "WebSocket",
      async (pan: string) => {
        for await (const { errors } of subscribe(service, readFilings, { pan }, reader)) expect(errors).toBeUndefined();
      },
    ],
  ])("has each reading over %s, the first and those after it alike", async (_, ask) => {
    const { pan } = await readyPerson();
    for (let time = 0; time < 3; time += 1) await ask(pan);
    const read = (await eventsOf(pan)).filter(({ kind }) => kind === "READ");
    expect(read).toHaveLength(3);
    expect(new Set(read.map(({ requestId }) => requestId)).size).toBe(3);
    expect(new Set(read.map(({ fields }) => fields.join()))).toHaveProperty("size", 1);
  });

  it("has every step of a session, with whoever has taken it", async () => {
    const { pan, sessionId } = await readyPerson();
    await service.ask(CloseSessionDocument, { sessionId }, reader);
    const steps = (await eventsOf(pan)).filter(({ session }) => session === sessionId);
    expect(steps.map(({ kind, caller }) => [kind, caller])).toEqual([
      ["SESSION_OPENED", "developer"],
      ["OTP_AWAITED", null],
      ["OTP_SUBMITTED", "developer"],
      ["SESSION_PROCESSING", null],
      ["SESSION_READY", null],
      ["SESSION_ENDED", "clerk"],
    ]);
  });

  it("has a PAN that was shown whole", async () => {
    const { pan } = newPerson();
    await service.ask("query ($pan: Pan!) { taxpayer(pan: $pan) { pan(reveal: true) } }", { pan }, reader);
    expect(await eventsOf(pan)).toMatchObject([{ kind: "REVEALED", fields: ["Taxpayer.pan(reveal)"] }]);
  });

  it("has what was refused for want of a scope", async () => {
    const { pan } = newPerson();
    const caller = { ...reader, scopes: ["compliance:read"] };
    await service.ask(
      "query ($pan: Pan!) { taxpayer(pan: $pan) { pan(reveal: true) profile { name } } }",
      { pan },
      caller,
    );
    const refused = (await eventsOf(pan)).map(({ kind, code, fields }) => ({ kind, code, fields }));
    expect(refused).toEqual([
      { kind: "REFUSED", code: "FORBIDDEN", fields: ["Taxpayer.profile"] },
      { kind: "REFUSED", code: "FORBIDDEN", fields: ["Taxpayer.pan(reveal)"] },
    ]);
  });

  it("has what was refused after the consent was revoked", async () => {
    const { pan } = await readyPerson();
    const consentId = (await eventsOf(pan))[0]?.consents[0] ?? "";
    await service.ask(RevokeConsentDocument, { consentId }, reader);
    await service.ask(readFilings, { pan }, reader);
    const after = (await eventsOf(pan)).filter(({ caller }) => caller === "clerk");
    expect(after).toMatchObject([
      { kind: "CONSENT_REVOKED", consents: [consentId], purposes: ["CREDIT_UNDERWRITING"] },
      { kind: "SESSION_ENDED", code: "CONSENT_REVOKED" },
      { kind: "REFUSED", code: "CONSENT_REVOKED" },
    ]);
  });

  it("stays after an erasure, of which it tells", async () => {
    const { pan } = await readyPerson();
    const erased = await service.ask(EraseTaxpayerDocument, { pan, reason: "asked for" });
    const taxpayer = erased.data?.eraseTaxpayer.receipt?.taxpayer ?? "";
    const { data } = await service.ask(AuditRecordsDocument, { kinds: ["ERASED", "READ"], first: 100 }, auditor);
    const ofTaxpayer = data?.auditRecords.nodes.filter(({ taxpayers }) => taxpayers.includes(taxpayer));
    expect(ofTaxpayer).toMatchObject([{ kind: "ERASED", caller: "developer" }]);
  });

  it("tells who has read the trail itself", async () => {
    const { pan } = newPerson();
    await service.ask(AccessEventsDocument, { pan }, auditor);
    const { data } = await service.ask(AccessEventsDocument, { pan }, auditor);
    expect(data?.taxpayer.accessEvents.nodes).toMatchObject([
      { kind: "AUDIT_READ", caller: "auditor", fields: ["Taxpayer.accessEvents"] },
    ]);
  });

  it("is read page by page", async () => {
    const { pan } = newPerson();
    for (let time = 0; time < 3; time += 1) await service.ask(ComplianceDocument, { pan }, reader);
    const first = (await service.ask(AccessEventsDocument, { pan, first: 2 }, auditor)).data?.taxpayer.accessEvents;
    const after = first?.pageInfo.endCursor ?? "";
    const second = (await service.ask(AccessEventsDocument, { pan, first: 2, after }, auditor)).data?.taxpayer
      .accessEvents;
    expect([first?.nodes, second?.nodes].map((nodes) => nodes?.map(({ kind }) => kind))).toEqual([
      ["READ", "READ"],
      ["READ"],
    ]);
    expect([first, second].map((page) => page?.pageInfo.hasNextPage)).toEqual([true, false]);
  });

  it.each(["", "ae_0", "ae_x", "cr_AAAAAAAAAAE"])("does not go on after %j, which is no place in it", async (after) => {
    const { pan } = newPerson();
    const { errors } = await service.ask(AccessEventsDocument, { pan, after }, auditor);
    expect(codesOf(errors)).toEqual(["BAD_INPUT"]);
  });

  it("is read with its own scope only", async () => {
    const { pan } = newPerson();
    expect(codesOf((await service.ask(AccessEventsDocument, { pan }, reader)).errors)).toEqual(["FORBIDDEN"]);
    expect(codesOf((await service.ask(AuditRecordsDocument, {}, reader)).errors)).toEqual(["FORBIDDEN"]);
  });

  it("is one tenant's own", async () => {
    const { pan } = newPerson();
    const tenant = `tenant-${randomUUID()}`;
    await service.ask(ComplianceDocument, { pan }, { ...reader, tenant });
    expect(await eventsOf(pan, tenant)).toMatchObject([{ kind: "READ" }]);
    expect(await eventsOf(pan)).toEqual([]);
  });

  it("holds no PAN", async () => {
    const { pan } = await readyPerson();
    await service.ask(readFilings, { pan }, reader);
    const rows = await sql(await place.url(), "select t::text from aaygraph.audit_records t");
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toMatch(/[A-Z]{5}\d{4}[A-Z]/);
  });
});

describe("an answer", () => {
  it("does not go out when its reading cannot be put on record", async () => {
    const tenant = `tenant-${randomUUID()}`;
    const { pan } = newPerson();
    const caller = { ...reader, tenant };
    await service.ask(ComplianceDocument, { pan }, caller);
    await sql(
      await place.url(),
      "alter table aaygraph.audit_records add constraint broken check (tenant not like 'tenant-%') not valid",
    );
    try {
      const { data, errors } = await service.ask(ComplianceDocument, { pan }, caller);
      expect(codesOf(errors)).toEqual(["INTERNAL"]);
      expect(JSON.stringify(data)).not.toContain("COMPLIANT");
    } finally {
      await sql(await place.url(), "alter table aaygraph.audit_records drop constraint broken");
    }
  });
});

describe("the command that verifies the audit trail", () => {
  it("prints the head, which a later run can be held against", async () => {
    const tenant = `tenant-${randomUUID()}`;
    const { pan } = newPerson();
    await service.ask(ComplianceDocument, { pan }, { ...reader, tenant });
    const first = await verify("--tenant", tenant);
    expect(first.printed).toMatch(new RegExp(`^${tenant}: 1 records, head 1:[0-9a-f]{64}\n$`));
    const head = first.printed.trim().split(" ").at(-1) ?? "";
    await service.ask(ComplianceDocument, { pan }, { ...reader, tenant });
    expect(await verify("--tenant", tenant, "--since", head)).toMatchObject({ status: 0 });
    const other = `1:${"0".repeat(64)}`;
    expect(await verify("--tenant", tenant, "--since", other)).toMatchObject({
      status: 1,
      printed: expect.stringContaining("record 1 is not the one that was kept elsewhere") as string,
    });
  }, 60_000);

  it("ends with status 1 where somebody has laid hands on a record, naming it", async () => {
    const tenant = `tenant-${randomUUID()}`;
    const { pan } = newPerson();
    for (let time = 0; time < 3; time += 1) await service.ask(ComplianceDocument, { pan }, { ...reader, tenant });
    await sql(
      await place.url(),
      `set session_replication_role = replica;
       update aaygraph.audit_records set caller = 'nobody' where tenant = '${tenant}' and sequence = 2`,
    );
    expect(await verify("--tenant", tenant)).toMatchObject({
      status: 1,
      printed: expect.stringContaining("NOT WHOLE: record 2 is not as it was written") as string,
    });
  }, 60_000);
});

describe("the command that anchors the audit trail", () => {
  it("shows that a trail was set back, until an operator accepts it", async () => {
    const tenant = `tenant-${randomUUID()}`;
    const file = join(dataDir.path, `${tenant}.jsonl`);
    const { pan } = newPerson();
    await service.ask(ComplianceDocument, { pan }, { ...reader, tenant });
    const url = await place.url();
    await sql(url, `create table earlier as select * from aaygraph.audit_heads where tenant = '${tenant}'`);
    await service.ask(ComplianceDocument, { pan }, { ...reader, tenant });
    expect(await audit("anchor", "--anchors", file)).toMatchObject({ status: 0 });
    await sql(
      url,
      `set session_replication_role = replica;
       delete from aaygraph.audit_records where tenant = '${tenant}' and sequence > 1;
       delete from aaygraph.audit_heads where tenant = '${tenant}';
       insert into aaygraph.audit_heads select * from earlier; drop table earlier`,
    );
    const { errors } = await service.ask(ComplianceDocument, { pan }, { ...reader, tenant });
    expect(errors?.map(({ extensions }) => extensions)).toMatchObject([
      { code: "STORE_UNAVAILABLE", retryAfterSeconds: 60 },
    ]);
    expect(await audit("anchor", "--anchors", file)).toMatchObject({
      status: 1,
      printed: expect.stringContaining(`${tenant}: SET BACK: record 2 is not in its trail`) as string,
    });
    expect(await verify("--tenant", tenant, "--anchors", file)).toMatchObject({ status: 1 });
    expect(await audit("accept", "--tenant", tenant)).toMatchObject({ status: 0 });
    expect(await service.ask(ComplianceDocument, { pan }, { ...reader, tenant })).not.toHaveProperty("errors");
    expect(await verify("--tenant", tenant, "--anchors", file)).toMatchObject({ status: 0 });
  }, 60_000);

  it("sends the heads to a webhook, and ends with status 1 where that fails", async () => {
    const received: string[] = [];
    const hook = createServer((request, response) => {
      request.on("data", (chunk: Buffer) => received.push(chunk.toString()));
      request.on("end", () => response.writeHead(received.length > 1 ? 500 : 204).end());
    }).listen(0, "127.0.0.1");
    await once(hook, "listening");
    const webhook = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/anchors?key=CANARY`;
    const args = ["anchor", "--anchors", join(dataDir.path, "hook.jsonl"), "--webhook", webhook];
    expect(await audit(...args)).toMatchObject({ status: 0 });
    const anchors = expect.arrayContaining([expect.objectContaining({ sequence: 1 })]) as unknown;
    expect(JSON.parse(received.join(""))).toMatchObject({ setBack: [], anchors });
    const failed = await audit(...args);
    expect(failed).toMatchObject({ status: 1, printed: expect.stringContaining("status 500") as string });
    expect(failed.printed).not.toContain("CANARY");
    hook.close();
  }, 60_000);

  it("makes checkpoints, which a verification may start from", async () => {
    const tenant = `tenant-${randomUUID()}`;
    const { pan } = newPerson();
    await service.ask(ComplianceDocument, { pan }, { ...reader, tenant });
    const made = await audit("checkpoint", "--tenant", tenant);
    expect(made.printed).toContain(`${tenant}: 1 records, head 1:`);
    expect(await verify("--tenant", tenant, "--from-checkpoint")).toEqual(made);
  }, 60_000);

  it("refuses what it does not know", async () => {
    for (const args of [["anchor"], ["accept"], ["checkpoint", "--since", "1:2"], ["forget"]]) {
      expect(await audit(...args)).toMatchObject({
        status: 1,
        printed: expect.stringContaining("Use: audit") as string,
      });
    }
  }, 60_000);
});

function verify(...args: string[]) {
  return audit("verify", ...args);
}

async function audit(...args: string[]) {
  const { printed, ended } = launch({ ...env, AAY_DATA_DIR: dataDir.path }, ["audit", ...args]);
  const [status] = await ended;
  return { status, printed: printed.out + printed.err };
}
