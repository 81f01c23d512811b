import { createHash, createPublicKey, type JsonWebKey, verify } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newDataDir } from "../store/storePlace";
import { linkVisitor } from "../support/linkVisitor";
import { launch } from "../support/process";
import { startTestService, type TestService } from "../support/service";
import { openToReady } from "../support/sessionCaller";

const dataDir = newDataDir();
let service: TestService;

beforeAll(async () => {
  service = await startTestService({ AAY_DATA_DIR: dataDir.path });
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await dataDir[Symbol.asyncDispose]();
});

interface Receipt {
  readonly id: string;
  readonly issuedAt: string;
  readonly digest: string;
  readonly jws: string;
  readonly notice: string;
}

interface Consented {
  readonly session: { readonly consent: { readonly id: string; readonly receipt: Receipt } };
}

async function receiptOf(sessionId: string): Promise<Receipt> {
  const text = "query ($id: ID!) { session(id: $id) { consent { id receipt { id issuedAt digest jws notice } } } }";
  const { data } = await service.ask<Consented, unknown>(text, { id: sessionId });
  return data!.session.consent.receipt;
}

interface PublicKey extends JsonWebKey {
  readonly kid: string;
}

async function publicKeys(): Promise<readonly PublicKey[]> {
  const response = await fetch(`${service.url}/.well-known/jwks.json`);
  expect(response.headers.get("content-type")).toContain("json");
  return ((await response.json()) as { keys: PublicKey[] }).keys;
}

function decoded(part = ""): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, "base64url").toString()) as Record<string, unknown>;
}

async function keyOf(jws: string) {
  const { kid } = decoded(jws.split(".")[0]);
  const key = (await publicKeys()).find((each) => each.kid === kid);
  return key && createPublicKey({ key, format: "jwk" });
}

/** By node:crypto alone. */
async function isValid(jws: string): Promise<boolean> {
  const [head = "", payload = "", signature = ""] = jws.split(".");
  const key = await keyOf(jws);
  return key !== undefined && verify(null, Buffer.from(`${head}.${payload}`), key, Buffer.from(signature, "base64url"));
}

/** The receipt of a session that the API has opened, and the session. */
async function granted() {
  const { session, input } = await openToReady(service, "DEEPVUE");
  return { sessionId: session.id, input, receipt: await receiptOf(session.id) };
}

describe("a receipt", () => {
  it("states what was granted, of a taxpayer who is masked", async () => {
    const { receipt, input } = await granted();
    const [head, payload] = receipt.jws.split(".");
    expect(decoded(head)).toMatchObject({ alg: "EdDSA" });
    expect(decoded(payload)).toMatchObject({
      id: receipt.id,
      issuedAt: receipt.issuedAt,
      agreedBy: "CALLER",
      tenant: "lender",
      purpose: { word: "CREDIT_UNDERWRITING", rebitCode: "103" },
      documents: ["FILINGS"],
      dataLifeDays: 30,
      taxpayer: { pan: `${input.pan.slice(0, 5)}****${input.pan.slice(-1)}` },
      notice: { language: "en", sha256: createHash("sha256").update(receipt.notice).digest("hex") },
    });
    expect(receipt.jws + receipt.notice).not.toContain(input.pan);
  });

  it("has its payload's SHA-256 as its digest", async () => {
    const { receipt } = await granted();
    const payload = Buffer.from(receipt.jws.split(".")[1]!, "base64url");
    expect(receipt.digest).toBe(createHash("sha256").update(payload).digest("hex"));
  });

  it("is canonical JSON: its members stand in the order of their names", async () => {
    const { receipt } = await granted();
    const text = Buffer.from(receipt.jws.split(".")[1]!, "base64url").toString();
    const names = Object.keys(JSON.parse(text) as object);
    expect(names).toEqual(names.toSorted());
    expect(text).not.toMatch(/[:,] /);
  });

  it("is the same each time it is asked for", async () => {
    const { sessionId, receipt } = await granted();
    expect(await receiptOf(sessionId)).toEqual(receipt);
  });

  it("is verified by node:crypto", async () => {
    expect(await isValid((await granted()).receipt.jws)).toBe(true);
  });

  it("is verified by openssl", async () => {
    const { jws } = (await granted()).receipt;
    const [head = "", payload = "", signature = ""] = jws.split(".");
    const folder = mkdtempSync(join(tmpdir(), "aaygraph-receipt-"));
    const file = (name: string, content: Buffer | string) => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    const key = file("key.pem", (await keyOf(jws))!.export({ format: "pem", type: "spki" }));
    const signed = file("signed", `${head}.${payload}`);
    const by = file("signature", Buffer.from(signature, "base64url"));
    const args = ["pkeyutl", "-verify", "-pubin", "-inkey", key, "-rawin", "-in", signed, "-sigfile", by];
    expect(execFileSync("openssl", args, { encoding: "utf8" })).toContain("Verified Successfully");
  });

  it("of which one letter is changed is refused", async () => {
    const { jws } = (await granted()).receipt;
    const [head = "", payload = "", signature = ""] = jws.split(".");
    const altered = Buffer.from(payload, "base64url");
    altered[20] = altered[20]! ^ 1;
    expect(await isValid([head, altered.toString("base64url"), signature].join("."))).toBe(false);
  });

  it("stays valid over two rotations of the key, and new ones are signed by a new key", async () => {
    const before = (await granted()).receipt;
    for (let turn = 0; turn < 2; turn += 1) {
      const { printed, ended } = launch({ AAY_DATA_DIR: dataDir.path }, ["keys", "rotate-receipts"]);
      expect([(await ended)[0], printed.out]).toEqual([0, expect.stringContaining("signed by a new key")]);
    }
    const after = (await granted()).receipt;
    expect(decoded(after.jws.split(".")[0]).kid).not.toBe(decoded(before.jws.split(".")[0]).kid);
    expect([await isValid(before.jws), await isValid(after.jws)]).toEqual([true, true]);
    expect((await publicKeys()).length).toBe(3);
    expect(JSON.stringify(await publicKeys())).not.toContain('"d"');
  }, 60_000);
});

describe("the page of a consent", () => {
  async function visited() {
    const { receipt, input, sessionId } = await granted();
    const { code } = decoded(receipt.jws.split(".")[1]) as { code: string };
    const visitor = linkVisitor();
    const url = `${service.url}/consent/${receipt.id}`;
    return { receipt, input, sessionId, code, visitor, url };
  }

  it("asks for the receipt's code, and shows nothing without", async () => {
    const { receipt, visitor, url } = await visited();
    const page = await visitor.open(url);
    expect([page.status, page.has("code"), page.has("notice"), page.has("withdraw")]).toEqual([
      200,
      true,
      false,
      false,
    ]);
    const wrong = await visitor.open(`${url}?code=AAAAAAAAAAAAAAAAAAAAAA`);
    expect([wrong.status, wrong.has("problem"), wrong.has("notice")]).toEqual([404, true, false]);
    expect(wrong.html).not.toContain(receipt.digest);
  });

  it("shows what was agreed, and what was read since", async () => {
    const { receipt, input, code, visitor, url } = await visited();
    expect((await visitor.open(`${url}?code=${code}`)).html).toContain("Nothing was read yet");
    await service.ask("query ($pan: Pan!) { taxpayer(pan: $pan) { filings { nodes { form } } } }", { pan: input.pan });
    const page = await visitor.open(`${url}?code=${code}`);
    for (const line of receipt.notice.split("\n")) expect(page.html.replaceAll("&#39;", "'")).toContain(line);
    expect(page.html).toContain(receipt.digest);
    expect(/<ul data-testid="reads">[^]*your income-tax returns/.test(page.html)).toBe(true);
  });

  it("takes a withdrawal, which ends the session and deletes what was read", async () => {
    const { code, visitor, url, sessionId, input } = await visited();
    await visitor.open(`${url}?code=${code}`);
    const page = await visitor.press("withdraw");
    expect([page.has("withdrawn"), page.has("withdraw")]).toEqual([true, false]);
    const { data } = await service.ask("query ($id: ID!) { session(id: $id) { state consent { standing } } }", {
      id: sessionId,
    });
    expect(data).toEqual({ session: { state: "ENDED", consent: { standing: "REVOKED" } } });
    interface Trail {
      auditRecords: { nodes: { caller: string }[] };
    }
    const text = "query ($pan: Pan!) { auditRecords(pan: $pan, kinds: [CONSENT_REVOKED]) { nodes { caller } } }";
    const trail = await service.ask<Trail, unknown>(text, { pan: input.pan });
    expect(trail.data!.auditRecords.nodes[0]!.caller).toMatch(/^taxpayer:cr_/);
  });

  it("of an erased taxpayer is gone", async () => {
    const { code, visitor, url, input } = await visited();
    await service.ask('mutation ($pan: Pan!) { eraseTaxpayer(input: { pan: $pan, reason: "" }) { receipt { id } } }', {
      pan: input.pan,
    });
    expect((await visitor.open(`${url}?code=${code}`)).status).toBe(404);
  });
});
