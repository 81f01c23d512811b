import { randomUUID } from "node:crypto";
import { onRecord, openStandInEko, type StandInEko } from "../support/standInEko";
import {
  allResults,
  isFinished,
  pansFrom,
  readRun,
  runUntil,
  spentToday,
  startRun,
  uploadList,
} from "../support/runCaller";
import { codesOf } from "../support/sessionCaller";
import { startTestService, type TestService } from "../support/service";

let eko: StandInEko;
let service: TestService;

beforeAll(async () => {
  eko = await openStandInEko();
  service = await startTestService(eko.env);
}, 60_000);

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await eko[Symbol.asyncDispose]();
});

let nextPan = 0;
/** People whom no other test asks about. */
function newPans(count: number): string[] {
  nextPan += count;
  return pansFrom(nextPan - count, count);
}

function askedOf(pans: readonly string[]): number {
  return eko.askedPans.filter((pan) => pans.includes(pan)).length;
}

function masked(pan: string): string {
  return `${pan.slice(0, 5)}****${pan.at(-1)}`;
}

type Caller = NonNullable<Parameters<typeof startRun>[2]>;

async function finishedRun(input: Record<string, unknown>, caller: Caller) {
  const { run } = await startRun(service, input, caller);
  return runUntil(service, run!.id, isFinished, caller);
}

function newTenant(): Caller {
  return { tenant: randomUUID() };
}

describe("a run over a list", () => {
  it("answers every line, in the order given", async () => {
    const caller = newTenant();
    const pans = newPans(30);
    const { run, replayed } = await startRun(service, { pans, reference: "Book of August" }, caller);
    expect([run!.state, run!.total, replayed]).toEqual(["RUNNING", 30, false]);
    const finished = await runUntil(service, run!.id, isFinished, caller);
    expect(finished).toMatchObject({ done: 30, found: 30, absent: 0, failed: 0, reference: "Book of August" });
    const results = await allResults(service, run!.id, { first: 7, caller });
    expect(results.map(({ position }) => position)).toEqual(pans.map((_, at) => at + 1));
    expect(results.map(({ taxpayer }) => taxpayer.pan)).toEqual(pans.map(masked));
    expect(new Set(results.map(({ compliance }) => compliance?.standing))).toEqual(new Set(["COMPLIANT"]));
  });

  it("costs what the ledger says", async () => {
    const caller = newTenant();
    const { rupees } = await finishedRun({ pans: newPans(20) }, caller);
    expect(await spentToday(service, caller)).toEqual({ calls: 20, rupees });
    expect(rupees).toBeCloseTo(20 * 2.04, 6);
  });

  it("asks once about a person who is given twice, and answers twice", async () => {
    const caller = newTenant();
    const pans = newPans(3);
    const [one, two, three] = pans;
    const { id, found, rupees } = await finishedRun({ pans: [one, two, one, three, one] }, caller);
    expect([found, askedOf(pans), rupees]).toEqual([5, 3, 6.12]);
    const results = await allResults(service, id, { caller });
    expect(results.map(({ taxpayer }) => taxpayer.pan)).toEqual([one!, two!, one!, three!, one!].map(masked));
  });

  it("takes what is stored for nothing", async () => {
    const caller = newTenant();
    const pans = newPans(6);
    await finishedRun({ pans: pans.slice(0, 4) }, caller);
    const { found, rupees } = await finishedRun({ pans }, caller);
    expect([found, rupees, askedOf(pans)]).toEqual([6, 4.08, 6]);
  });

  it("asks again where what is stored is too old", async () => {
    const caller = newTenant();
    const pans = newPans(3);
    await finishedRun({ pans }, caller);
    const { rupees } = await finishedRun({ pans, maxAgeSeconds: 0 }, caller);
    expect([rupees, askedOf(pans)]).toEqual([6.12, 6]);
  });

  it("tells people without a record from failures", async () => {
    const caller = newTenant();
    const [known, unknown, garbled] = newPans(3);
    eko.reply = (pan) => {
      if (pan === unknown) return { body: { status: 463, response_status_id: 1, message: "No record found" } };
      return pan === garbled ? { body: "<html>" } : onRecord(pan);
    };
    const run = await finishedRun({ pans: [known, unknown, garbled] }, caller);
    eko.reply = (pan) => onRecord(pan);
    const results = await allResults(service, run.id, { caller });
    expect(results.map(({ outcome }) => outcome)).toEqual(["FOUND", expect.any(String), "FAILED"]);
    expect(results[2]!.problem?.code).toBe("PROVIDER_BAD_RESPONSE");
    expect([run.found + run.absent + run.failed, run.failed]).toEqual([3, run.found === 1 && run.absent === 1 ? 1 : 2]);
    expect(askedOf([garbled!])).toBe(1);
  });

  it("is read by its id like anything that has one", async () => {
    const caller = newTenant();
    const { id } = await finishedRun({ pans: newPans(1) }, caller);
    const { data } = await service.ask<unknown, unknown>(
      "query ($id: ID!) { node(id: $id) { __typename id ... on ComplianceRun { state } } }",
      { id },
      caller,
    );
    expect(data).toEqual({ node: { __typename: "ComplianceRun", id, state: "FINISHED" } });
  });
});

describe("a run that is finished", () => {
  it("is an event, which names it", async () => {
    const caller = newTenant();
    const { id } = await finishedRun({ pans: newPans(1) }, caller);
    const { data } = await service.ask(
      "{ events(kinds: [RUN_FINISHED]) { nodes { kind run { id state } } } }",
      {},
      caller,
    );
    expect(data).toEqual({ events: { nodes: [{ kind: "RUN_FINISHED", run: { id, state: "FINISHED" } }] } });
  });
});

describe("a request for a run", () => {
  it("that is repeated brings the same run", async () => {
    const caller = newTenant();
    const pans = newPans(4);
    const input = { pans, idempotencyKey: "august", maxRupees: 100 };
    const [one, other] = await Promise.all([startRun(service, input, caller), startRun(service, input, caller)]);
    expect(one.run!.id).toBe(other.run!.id);
    expect([one.replayed, other.replayed].toSorted()).toEqual([false, true]);
    await runUntil(service, one.run!.id, isFinished, caller);
    expect(askedOf(pans)).toBe(4);
  });

  it("under a key of another request is a conflict", async () => {
    const caller = newTenant();
    const input = { pans: newPans(1), idempotencyKey: "august", maxRupees: 100 };
    await startRun(service, input, caller);
    const { run, problem } = await startRun(service, { ...input, maxRupees: 200 }, caller);
    expect([run, problem?.code]).toEqual([null, "CONFLICT"]);
  });

  it.each([
    ["names a malformed PAN", { pans: ["ZZZPA0001A", "nobody"] }, "pans"],
    ["has no PAN", { pans: [] }, "pans"],
    ["has neither PANs nor an upload", {}, "pans"],
    ["has PANs besides an upload", { pans: ["ZZZPA0001A"], upload: "up_none" }, "pans"],
    ["may cost less than nothing", { pans: ["ZZZPA0001A"], maxRupees: -1 }, "maxRupees"],
    ["wants answers of the future", { pans: ["ZZZPA0001A"], maxAgeSeconds: -1 }, "maxAgeSeconds"],
  ])("that %s is refused by the name of its field", async (_title, changes, field) => {
    const input = { maxRupees: 1, idempotencyKey: randomUUID(), ...changes };
    const { errors } = await service.ask(
      "mutation ($input: ComplianceRunInput!) { startComplianceRun(input: $input) { replayed } }",
      { input },
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_INPUT" });
    expect(JSON.stringify(errors)).toContain(field);
    expect(JSON.stringify(errors)).not.toContain("nobody");
  });

  it("with more PANs than a request may have is refused", async () => {
    const input = { pans: pansFrom(0, 1_001), maxRupees: 1, idempotencyKey: "x" };
    const { errors } = await service.ask(
      "mutation ($input: ComplianceRunInput!) { startComplianceRun(input: $input) { replayed } }",
      { input },
    );
    expect(errors).toMatchObject([
      { extensions: { code: "BAD_INPUT" }, message: expect.stringContaining("pans") as string },
    ]);
  });

  it("needs the scope for compliance", async () => {
    const { errors } = await service.ask(
      "mutation ($input: ComplianceRunInput!) { startComplianceRun(input: $input) { replayed } }",
      { input: { pans: newPans(1), maxRupees: 1, idempotencyKey: "x" } },
      { scopes: ["income:read"] },
    );
    expect(codesOf(errors)).toEqual(["FORBIDDEN"]);
  });
});

describe("another tenant", () => {
  it("finds no run, cancels none and starts none over the upload", async () => {
    const [owner, stranger] = [newTenant(), newTenant()];
    const { id } = await finishedRun({ pans: newPans(1) }, owner);
    const { upload } = await uploadList(service, newPans(1).join("\n"), { caller: owner });
    const asked = [
      "query ($id: ID!) { complianceRun(id: $id) { state } }",
      "query ($id: ID!) { node(id: $id) { id } }",
      "mutation ($id: ID!) { cancelComplianceRun(input: { runId: $id }) { replayed } }",
    ];
    for (const text of asked)
      expect(codesOf((await service.ask(text, { id }, stranger)).errors)).toEqual(["NOT_FOUND"]);
    await expect(startRun(service, { upload }, stranger)).rejects.toThrow("NOT_FOUND");
  });
});

describe("the file of a run", () => {
  const linkOf = "query ($id: ID!) { complianceRun(id: $id) { file { fileName contentType href } } }";

  async function hrefOf(id: string, caller: Caller): Promise<string> {
    const { data } = await service.ask<{ complianceRun: { file: { href: string } } }, unknown>(linkOf, { id }, caller);
    return data!.complianceRun.file.href;
  }

  it("has a line for each line of the list, with PANs masked", async () => {
    const caller = { ...newTenant(), scopes: ["compliance:read"] };
    const pans = newPans(3);
    const { id } = await finishedRun({ pans }, caller);
    const response = await service.fetch(await hrefOf(id, caller), { caller });
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/csv"]);
    const [head, ...lines] = (await response.text()).trim().split("\r\n");
    expect(head).toBe(
      "position,pan,outcome,itrFiled,standing,standingLabel,filingStatus,filingStatusLabel,assessmentYear,filedOn,acknowledgementNumber,checkedAt,provider,problem",
    );
    expect(lines.map((line) => line.split(",").slice(0, 5).join())).toEqual(
      pans.map((pan, at) => `${at + 1},${masked(pan)},FOUND,true,COMPLIANT`),
    );
  });

  it("shows whole PANs to those who may see them, and says so in the trail", async () => {
    const caller = newTenant();
    const pans = newPans(2);
    const { id } = await finishedRun({ pans }, caller);
    const text = await (await service.fetch(await hrefOf(id, caller), { caller })).text();
    expect(pans.every((pan) => text.includes(pan))).toBe(true);
    const { data } = await service.ask<{ auditRecords: { nodes: { kind: string; fields: string[] }[] } }, unknown>(
      "{ auditRecords { nodes { kind fields } } }",
      {},
      caller,
    );
    const ofFile = data!.auditRecords.nodes.filter(({ fields }) => fields[0]?.startsWith("ComplianceRun.file"));
    expect(ofFile.map(({ kind }) => kind).toSorted()).toEqual(["DOCUMENT_HANDED_OUT", "READ", "REVEALED"]);
  });

  it("is handed out once, to the caller who asked for the link", async () => {
    const caller = newTenant();
    const { id } = await finishedRun({ pans: newPans(1) }, caller);
    const href = await hrefOf(id, caller);
    expect((await service.fetch(href, { caller: { ...caller, subject: "another" } })).status).toBe(404);
    expect((await service.fetch(href, { caller: { ...caller, scopes: ["income:read"] } })).status).toBe(403);
    expect((await service.fetch(href, { caller })).status).toBe(200);
    expect((await service.fetch(href, { caller })).status).toBe(404);
  });

  it("is not there before the run is over", async () => {
    const caller = newTenant();
    const { run } = await startRun(service, { pans: newPans(1), maxRupees: 0 }, caller);
    const { data } = await service.ask(linkOf, { id: run!.id }, caller);
    expect(data).toEqual({ complianceRun: { file: null } });
  });
});

describe("an erased person", () => {
  const erase = 'mutation ($pan: Pan!) { eraseTaxpayer(input: { pan: $pan, reason: "asked" }) { receipt { id } } }';

  it("vanishes from runs that are over", async () => {
    const caller = newTenant();
    const pans = newPans(3);
    const { id, rupees } = await finishedRun({ pans: [...pans, pans[1]] }, caller);
    const { errors } = await service.ask(erase, { pan: pans[1] }, caller);
    expect(errors).toBeUndefined();
    expect(await readRun(service, id, caller)).toMatchObject({ total: 2, done: 2, found: 2, rupees });
    const results = await allResults(service, id, { caller });
    expect(results.map(({ position, taxpayer }) => [position, taxpayer.pan])).toEqual([
      [1, masked(pans[0]!)],
      [3, masked(pans[2]!)],
    ]);
  });

  it("vanishes from lists that no run has come to", async () => {
    const caller = newTenant();
    const pans = newPans(3);
    const { upload, lines } = await uploadList(service, pans.join("\n"), { caller });
    await service.ask(erase, { pan: pans[0] }, caller);
    const run = await finishedRun({ upload }, caller);
    expect([lines, run.total, run.found, askedOf([pans[0]!])]).toEqual([3, 2, 2, 0]);
  });

  it("is not asked about when given again", async () => {
    const caller = newTenant();
    const pans = newPans(2);
    await service.ask(erase, { pan: pans[0] }, caller);
    const run = await finishedRun({ pans }, caller);
    expect([run.total, run.found, askedOf([pans[0]!])]).toEqual([1, 1, 0]);
  });
});

describe("a taxpayer who has withdrawn consent", () => {
  it("is not asked about, and has the refusal as result", async () => {
    const caller = newTenant();
    const [pan] = newPans(1);
    const terms = `{ purpose: KYC, startsAt: "2026-01-01T00:00:00Z", expiresAt: "2099-01-01T00:00:00Z", dataLifeDays: 1 }`;
    const { data } = await service.ask<{ openSession: { session: { consent: { id: string } } } }, unknown>(
      `mutation ($pan: Pan!, $password: String!) { openSession(input: { pan: $pan, password: $password,
        provider: TUTELAR, consent: ${terms}, idempotencyKey: "k" }) { session { consent { id } } } }`,
      { pan, password: `Sandbox@${pan!.slice(5, 9)}` },
      caller,
    );
    const { id } = data!.openSession.session.consent;
    await service.ask(
      "mutation ($id: ID!) { revokeConsent(input: { consentId: $id }) { consent { id } } }",
      { id },
      caller,
    );
    const run = await finishedRun({ pans: [pan] }, caller);
    expect([run.failed, run.rupees, askedOf([pan!])]).toEqual([1, 0, 0]);
    const [result] = await allResults(service, run.id, { caller });
    expect(result!.problem?.code).toBe("CONSENT_REVOKED");
  });
});

describe("an uploaded list", () => {
  it("is counted, with its rejected lines by number", async () => {
    const pans = newPans(3);
    const text = `\uFEFFname,PAN\r\nAsha,${pans[0]}\r\nnobody,here\r\n\r\n"Rao, B",${pans[1]!.toLowerCase()}\r\nC,${pans[2]}`;
    const { lines, rejected } = await uploadList(service, text, { contentType: "text/csv" });
    expect(lines).toBe(3);
    expect(rejected).toEqual([{ line: 3, reason: "There is no PAN in it: five letters, four digits, a letter." }]);
  });

  it("may serve several runs", async () => {
    const caller = newTenant();
    const pans = newPans(1_100);
    const { upload, lines } = await uploadList(service, pans.join("\n"), { caller });
    expect(lines).toBe(1_100);
    const first = await finishedRun({ upload }, caller);
    expect(first).toMatchObject({ total: 1_100, found: 1_100 });
    expect(await finishedRun({ upload }, caller)).toMatchObject({ found: 1_100, rupees: 0 });
    expect(await spentToday(service, caller)).toEqual({ calls: 1_100, rupees: first.rupees });
  }, 60_000);

  it.each([
    ["without the scope", { caller: { scopes: ["income:read"] } }, 403],
    ["as JSON", { contentType: "application/json" }, 415],
    ["by GET", { method: "GET" }, 405],
  ])("is refused %s", async (_title, changes, status) => {
    expect((await uploadList(service, "ZZZPA0001A", changes)).status).toBe(status);
  });
});
