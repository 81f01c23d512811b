import { availableParallelism } from "node:os";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSettings } from "../../src/config/settings";
import { providers } from "../../src/providers/registry";
import { ekoKeys, live, liveEko, problemsOf, type Env } from "./liveSettings";

const masterKey = live.AAY_MASTER_KEY!;
const tokenSecret = live.AAY_JWT_SECRET!;

const read = (env: Env) => readSettings(env, providers);

function without(env: Env, name: string): Env {
  return Object.fromEntries(Object.entries(env).filter(([key]) => key !== name));
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "aaygraph-settings-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function fileOf(content: string): string {
  const path = join(folder, randomBytes(8).toString("hex"));
  writeFileSync(path, content);
  return path;
}

describe("an empty environment", () => {
  it("is a sandbox on loopback", () => {
    expect(read({})).toMatchObject({
      mode: "sandbox",
      host: "127.0.0.1",
      port: 4000,
      dataDir: ".aaygraph",
      databaseUrl: undefined,
      masterKey: undefined,
      oldMasterKeys: [],
      rereadMasterKeys: expect.any(Function) as () => [],
      tokens: { issuer: "aaygraph-sandbox", audience: "aaygraph", trust: { kind: "local" } },
      introspection: true,
      playground: true,
      console: true,
      limits: { upstreamCalls: 100, rupees: 500 },
      trustedDocuments: undefined,
      allowedOrigins: [],
      maxConnections: 10_000,
    });
  });

  it("has every vendor simulated", () => {
    const modes = [...read({}).vendorById].map(([id, { mode }]) => [id, mode]);
    expect(modes).toEqual(providers.map(({ id }) => [id, "SANDBOX"]));
  });

  it("means the same as one whose values are all empty", () => {
    expect(problemsOf({ AAY_MODE: "", PORT: "", AAY_TRUSTED_DOCUMENTS: "", EKO_BASE_URL: "" })).toEqual([]);
  });
});

describe("live mode", () => {
  it("names everything missing in one message", () => {
    const message = problemsOf({ AAY_MODE: "live" }).join("\n");
    for (const name of ["AAY_MASTER_KEY", "AAY_JWT_ISSUER", "AAY_JWT_AUDIENCE", "AAY_JWKS_URL or AAY_JWT_SECRET"]) {
      expect(message).toContain(`${name} is missing`);
    }
  });

  it("prints all problems in the error's own words", () => {
    expect(() => read({ AAY_MODE: "live" })).toThrow(/AAY_MASTER_KEY[^]*AAY_JWT_ISSUER[^]*AAY_JWT_AUDIENCE/);
  });

  it.each(["AAY_MASTER_KEY", "AAY_JWT_ISSUER", "AAY_JWT_AUDIENCE", "AAY_JWT_SECRET"])("needs %s", (name) => {
    expect(problemsOf(without(live, name))).toEqual([expect.stringContaining(name)]);
  });

  it("starts with nothing but what it needs", () => {
    expect(read(live).mode).toBe("live");
  });

  it.each(["introspection", "playground"] as const)("keeps %s shut unless told otherwise", (door) => {
    expect(read(live)[door]).toBe(false);
    expect(read({ ...live, [`AAY_${door.toUpperCase()}`]: "on" })[door]).toBe(true);
  });

  it("wants a token secret that cannot be guessed", () => {
    expect(problemsOf({ ...live, AAY_JWT_SECRET: "x".repeat(31) })).toEqual([
      "AAY_JWT_SECRET is too short: it needs 32 bytes or more.",
    ]);
  });

  it("believes the keys of an issuer's own URL", () => {
    const env = { ...without(live, "AAY_JWT_SECRET"), AAY_JWKS_URL: "https://issuer.example/keys" };
    expect(read(env).tokens.trust).toEqual({ kind: "jwks", url: new URL("https://issuer.example/keys") });
  });
});

describe("what is refused", () => {
  it.each<[string, Env]>([
    ["AAY_MODE", { AAY_MODE: "production" }],
    ["AAY_INTROSPECTION", { AAY_INTROSPECTION: "true" }],
    ["PORT", { PORT: "65536" }],
    ["PORT", { PORT: "4e3" }],
    ["PORT", { PORT: "-1" }],
    ["AAY_MAX_CONNECTIONS", { AAY_MAX_CONNECTIONS: "0" }],
    ["AAY_ALLOWED_ORIGINS", { AAY_ALLOWED_ORIGINS: "*" }],
    ["AAY_ALLOWED_ORIGINS", { AAY_ALLOWED_ORIGINS: "null" }],
    ["AAY_ALLOWED_ORIGINS", { AAY_ALLOWED_ORIGINS: "https://app.example, https://app.example/path" }],
    ["AAY_UPSTREAM_BUDGET", { AAY_UPSTREAM_BUDGET: "0" }],
    ["AAY_MASTER_KEY", { AAY_MASTER_KEY: randomBytes(31).toString("base64") }],
    ["AAY_MASTER_KEYS_OLD", { AAY_MASTER_KEYS_OLD: `${masterKey},c2hvcnQ=` }],
    ["AAY_JWKS_URL", { AAY_JWKS_URL: "not a url" }],
    ["AAY_JWKS_URL", { AAY_JWKS_URL: "file:///keys.json" }],
    ["EKO_TIMEOUT_MS", { EKO_TIMEOUT_MS: "0" }],
    ["EKO_MAX_IN_FLIGHT", { EKO_MAX_IN_FLIGHT: "eight" }],
    ["EKO_BASE_URL", { ...ekoKeys, EKO_BASE_URL: "api.eko.in" }],
    ["EKO_BASE_URL", { ...ekoKeys, EKO_BASE_URL: "file:///eko" }],
    ["AAY_TRUSTED_DOCUMENTS", { AAY_TRUSTED_DOCUMENTS: "documents.json" }],
    ["AAY_LIMIT_DEPTH", { AAY_LIMIT_DEPTH: "0" }],
    ["AAY_LIMIT_TOKENS", { AAY_LIMIT_TOKENS: "50001" }],
    ["AAY_RUPEE_BUDGET", { AAY_RUPEE_BUDGET: "2.04" }],
    ["OTEL_EXPORTER_OTLP_ENDPOINT", { OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4318" }],
    ["AAY_PROCESSES", { AAY_PROCESSES: "0" }],
    ["AAY_PROCESSES", { AAY_PROCESSES: String(availableParallelism() + 1) }],
    ["AAY_PROCESSES", { AAY_PROCESSES: "2", DATABASE_POOL: "45" }],
  ])("names %s in %j", (name, env) => {
    expect(problemsOf(env)).toEqual([expect.stringContaining(name)]);
  });

  it("is a secret beside a URL of keys, for they contradict each other", () => {
    const env = { AAY_JWT_SECRET: tokenSecret, AAY_JWKS_URL: "https://issuer.example/keys" };
    expect(problemsOf(env)).toEqual([expect.stringMatching(/AAY_JWT_SECRET and AAY_JWKS_URL contradict/)]);
  });
});

describe("a key that somebody could guess", () => {
  const inBase64 = (bytes: readonly number[]) => Buffer.from(bytes).toString("base64");
  const upTo32 = (byteAt: (at: number) => number) => Array.from({ length: 32 }, (_, at) => byteAt(at));

  it.each<[string, readonly number[]]>([
    ["zeros", upTo32(() => 0)],
    ["one byte over and over", upTo32(() => 7)],
    ["a short pattern over and over", upTo32((at) => [11, 205, 3, 97][at % 4]!)],
    ["its second half over again", upTo32((at) => (at % 16) * 15)],
    ["numbers in a row", upTo32((at) => at + 1)],
    ["a handful of bytes", upTo32((at) => (at * at) % 5)],
  ])("is no master key in live mode: %s", (_what, bytes) => {
    const env = { ...live, AAY_MASTER_KEY: inBase64(bytes) };
    expect(problemsOf(env)).toEqual([expect.stringContaining("AAY_MASTER_KEY is too simple")]);
  });

  it("may still open what it has sealed", () => {
    expect(problemsOf({ ...live, AAY_MASTER_KEYS_OLD: inBase64(upTo32(() => 7)) })).toEqual([]);
  });

  it("may be the master key of a sandbox", () => {
    expect(problemsOf({ AAY_MASTER_KEY: inBase64(upTo32(() => 7)) })).toEqual([]);
  });

  it.each(["a".repeat(32), "0".repeat(64), "abcd".repeat(10), "secret1!".repeat(4)])(
    "is no secret for tokens in live mode: %s",
    (secret) => {
      const env = { ...live, AAY_JWT_SECRET: secret };
      expect(problemsOf(env)).toEqual([expect.stringContaining("AAY_JWT_SECRET is too simple")]);
    },
  );

  it("is never one that is random", () => {
    for (let time = 0; time < 200; time += 1) {
      const env = {
        ...live,
        AAY_MASTER_KEY: inBase64([...randomBytes(32)]),
        AAY_JWT_SECRET: randomBytes(32).toString("hex"),
      };
      expect(problemsOf(env)).toEqual([]);
    }
  });
});

describe("the address of a token issuer's keys in live mode", () => {
  const withKeysAt = (url: string) => ({ ...without(live, "AAY_JWT_SECRET"), AAY_JWKS_URL: url });

  it("is https", () => {
    expect(problemsOf(withKeysAt("http://issuer.example/keys"))).toEqual([
      "AAY_JWKS_URL must be https; AAY_ALLOW_PLAIN_HTTP names hosts that need not be.",
    ]);
  });

  it.each(["http://127.0.0.1:9000/keys", "http://localhost/keys", "http://[::1]:9000/keys"])(
    "may be plain on our own machine: %s",
    (url) => {
      expect(problemsOf(withKeysAt(url))).toEqual([]);
    },
  );

  it("may be plain where the operator names its host", () => {
    const env = { ...withKeysAt("http://keys.internal/keys"), AAY_ALLOW_PLAIN_HTTP: "keys.internal" };
    expect(problemsOf(env)).toEqual([]);
  });
});

describe("a name with _FILE", () => {
  it("stands for the file's content, without the line end that editors add", () => {
    const env = { ...without(live, "AAY_MASTER_KEY"), AAY_MASTER_KEY_FILE: fileOf(`${masterKey}\n`) };
    expect(read(env).masterKey?.reveal().toString("base64")).toBe(masterKey);
  });

  it("works for a vendor's credentials", () => {
    const env = { ...without(liveEko, "EKO_ACCESS_KEY"), EKO_ACCESS_KEY_FILE: fileOf("from the file") };
    const vendor = read(env).vendorById.get("EKO");
    expect(vendor?.mode === "LIVE" && vendor.credentials.read("EKO_ACCESS_KEY")?.reveal()).toBe("from the file");
  });

  it("contradicts the plain name beside it", () => {
    const env = { ...live, AAY_MASTER_KEY_FILE: fileOf(masterKey) };
    expect(problemsOf(env)).toEqual([expect.stringContaining("AAY_MASTER_KEY and AAY_MASTER_KEY_FILE contradict")]);
  });

  it("complains of a file that is not there", () => {
    expect(problemsOf({ DATABASE_URL_FILE: join(folder, "none") })).toEqual([
      "DATABASE_URL_FILE names a file that cannot be read.",
    ]);
  });

  it("means nothing when the file is empty", () => {
    const env = { ...without(live, "AAY_MASTER_KEY"), AAY_MASTER_KEY_FILE: fileOf("\n") };
    expect(problemsOf(env)).toEqual([expect.stringContaining("AAY_MASTER_KEY is missing")]);
  });
});

describe("a manifest of trusted documents", () => {
  const text = "query Mine { providers { id } }";
  const apollo = (changes: object) => ({
    format: "apollo-persisted-query-manifest",
    version: 1,
    operations: [{ id: "one", name: "Mine", type: "query", body: text }],
    ...changes,
  });
  const readManifest = (manifest: unknown) =>
    read({ AAY_TRUSTED_DOCUMENTS: fileOf(JSON.stringify(manifest)) }).trustedDocuments;

  it("is read as Apollo's tools write it", () => {
    expect(readManifest(apollo({}))).toEqual([{ id: "one", text }]);
  });

  it("is read as GraphQL Code Generator writes it", () => {
    expect(readManifest({ one: text })).toEqual([{ id: "one", text }]);
  });

  it.each<[string, unknown]>([
    ["another format", apollo({ format: "relay" })],
    ["another version", apollo({ version: 2 })],
    ["no operations", apollo({ operations: [] })],
    ["an operation without its text", apollo({ operations: [{ id: "one" }] })],
    ["texts that are none", { one: 1 }],
    ["a list", [text]],
  ])("is refused when it is %s", (_title, manifest) => {
    expect(problemsOf({ AAY_TRUSTED_DOCUMENTS: fileOf(JSON.stringify(manifest)) })).toEqual([
      expect.stringContaining("AAY_TRUSTED_DOCUMENTS does not name a manifest"),
    ]);
  });
});

describe("what was read", () => {
  it("is frozen", () => {
    expect(Object.isFrozen(read({}))).toBe(true);
  });

  it("carries old master keys in their order", () => {
    const old = [randomBytes(32).toString("base64"), randomBytes(32).toString("base64")];
    const settings = read({ AAY_MASTER_KEYS_OLD: `${old.join(" , ")},` });
    expect(settings.oldMasterKeys.map((key) => key.reveal().toString("base64"))).toEqual(old);
  });

  it("never quotes a value in its complaints", () => {
    const canary = "canary-5ebe2294";
    const names = [...Object.keys(liveEko), "DATABASE_URL", "AAY_JWKS_URL", "AAY_MASTER_KEYS_OLD", "PORT"];
    const more = ["EKO_TIMEOUT_MS", "AAY_MASTER_KEY_FILE", "EKO_ACCESS_KEY_FILE", "AAY_TRUSTED_DOCUMENTS"];
    const message = problemsOf(Object.fromEntries([...names, ...more].map((name) => [name, canary]))).join("\n");
    expect(message).toContain("AAY_MASTER_KEY");
    expect(message).not.toContain(canary);
  });

  it("shows no secret to whoever prints it", () => {
    const settings = read({ ...liveEko, DATABASE_URL: "postgres://someone:hush@db.example/aay" });
    const printed = JSON.stringify({ ...settings, vendorById: [...settings.vendorById] });
    for (const value of ["hush", masterKey, tokenSecret, "developer-key"]) expect(printed).not.toContain(value);
  });
});
