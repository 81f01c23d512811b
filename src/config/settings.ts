import { availableParallelism } from "node:os";
import type { ProviderId } from "../domain";
import { Secret, asList, asObject, limitNames, limitRegister, type Limits } from "../kernel";
import type { Provider } from "../providers";
import {
  oneOf,
  readEnvironment,
  readHttpUrl,
  readOrigins,
  wholeNumber,
  isWeakKey,
  requireTls,
  type Environment,
} from "./environment";
import { type LinkSettings, readLinkSettings } from "./linkSettings";
import { readVendorSettings, type VendorSettings } from "./vendorSettings";
import { readFileSync } from "node:fs";

export interface Settings {
  readonly mode: "sandbox" | "live";
  readonly host: string;
  readonly port: number;
  /** Pages of other origins that may ask: none by default. */
  readonly allowedOrigins: readonly string[];
  /** Server processes on this machine, behind one port. */
  readonly processes: number;
  readonly maxConnections: number;
  readonly dataDir: string;
  readonly databaseUrl: Secret | undefined;
  /** A direct connection for LISTEN, where `databaseUrl` goes through a pooler. */
  readonly databaseListenUrl: Secret | undefined;
  readonly databaseConnections: number;
  readonly durability: "replicated" | "local";
  /** How many days events are kept. */
  readonly eventDays: number;
  /** Left out only in the sandbox, where the data dir keeps one of its own. */
  readonly masterKey: Secret<Buffer> | undefined;
  readonly oldMasterKeys: readonly Secret<Buffer>[];
  /** All of them as they are given at this moment: the files that hold them may have changed. */
  readonly rereadMasterKeys: () => readonly Secret<Buffer>[];
  readonly tokens: TokenSettings;
  readonly links: LinkSettings;
  readonly introspection: boolean;
  readonly playground: boolean;
  readonly limits: Limits;
  /** The only documents that may be asked; undefined: any may be. */
  readonly trustedDocuments: readonly TrustedDocument[] | undefined;
  /** The OpenTelemetry collector that takes traces. */
  readonly traces: URL | undefined;
  /** Whether vendors, and the files they point to, may stand at private addresses. */
  readonly allowPrivateUpstreams: boolean;
  readonly vendorById: ReadonlyMap<ProviderId, VendorSettings>;
}

export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";

  constructor(readonly problems: readonly string[]) {
    super(
      ["This service cannot start as it is configured:", ...problems.map((problem) => `  - ${problem}`)].join("\n"),
    );
  }
}

const keyBytes = 32;
/** It allows 100, some of them for commands beside the service. */
const embeddedConnections = 92;

export function readSettings(env: NodeJS.ProcessEnv, vendors: readonly Provider[]): Settings {
  const environment = readEnvironment(env);
  const settings = giveMeaning(environment, vendors);
  if (environment.problems.length > 0) throw new ConfigurationError(environment.problems);
  return Object.freeze(settings);
}

function giveMeaning(environment: Environment, vendors: readonly Provider[]): Settings {
  const mode = oneOf(environment, "AAY_MODE", ["sandbox", "live"], "sandbox");
  const live = mode === "live";
  const isOn = (name: string, fallback: "on" | "off") => oneOf(environment, name, ["on", "off"], fallback) === "on";
  const allowPrivate = isOn("AAY_ALLOW_PRIVATE_UPSTREAMS", "off");
  const secret = (name: string) => {
    const text = environment.text(name);
    return text === undefined ? undefined : new Secret(text);
  };
  const databaseUrl = secret("DATABASE_URL");
  const databaseListenUrl = secret("DATABASE_LISTEN_URL");
  const durability = oneOf(environment, "AAY_STORE_DURABILITY", ["replicated", "local"], "local");
  const embedded = isOn("AAY_EMBEDDED_STORE", live ? "off" : "on");
  const most = availableParallelism();
  const processes = wholeNumber(environment, "AAY_PROCESSES", { fallback: 1, least: 1, most });
  const databaseConnections = wholeNumber(environment, "DATABASE_POOL", { fallback: 10, least: 2, most: 1_000 });
  if (databaseUrl === undefined) {
    complainOfEmbedded(environment, { embedded, durability, databaseListenUrl });
    if (processes > 1 && processes * (databaseConnections + 2) > embeddedConnections) {
      environment.complain(
        `AAY_PROCESSES and DATABASE_POOL ask for more than the ${embeddedConnections} connections of the embedded PostgreSQL.`,
      );
    }
  }
  const traces = environment.text("OTEL_EXPORTER_OTLP_ENDPOINT");
  const masterKey = environment.text("AAY_MASTER_KEY");
  if (live && masterKey === undefined) environment.complain("AAY_MASTER_KEY is missing: 32 random bytes, in base64.");
  return {
    mode,
    host: environment.text("HOST") ?? "127.0.0.1",
    port: wholeNumber(environment, "PORT", { fallback: 4000, least: 0, most: 65_535 }),
    allowedOrigins: readOrigins(environment, "AAY_ALLOWED_ORIGINS"),
    processes,
    maxConnections: wholeNumber(environment, "AAY_MAX_CONNECTIONS", { fallback: 10_000, least: 10, most: 1_000_000 }),
    dataDir: environment.text("AAY_DATA_DIR") ?? ".aaygraph",
    databaseUrl,
    databaseListenUrl,
    databaseConnections,
    durability,
    eventDays: wholeNumber(environment, "AAY_EVENT_DAYS", { fallback: 30, least: 1, most: 3_650 }),
    masterKey: masterKey === undefined ? undefined : readNewKey(environment, masterKey, { live }),
    oldMasterKeys: readKeys(environment, "AAY_MASTER_KEYS_OLD"),
    rereadMasterKeys: () =>
      ["AAY_MASTER_KEY", "AAY_MASTER_KEYS_OLD"].flatMap((name) => readKeys(environment, name).filter(isWhole)),
    tokens: readTokenSettings(environment, { live }),
    links: readLinkSettings(environment, { live }),
    introspection: isOn("AAY_INTROSPECTION", live ? "off" : "on"),
    playground: isOn("AAY_PLAYGROUND", live ? "off" : "on"),
    limits: readLimits(environment, mode),
    trustedDocuments: readTrustedDocuments(environment),
    traces: traces === undefined ? undefined : readHttpUrl(environment, "OTEL_EXPORTER_OTLP_ENDPOINT", traces),
    allowPrivateUpstreams: allowPrivate,
    vendorById: new Map(
      vendors.map((vendor) => [vendor.id, readVendorSettings(environment, vendor, { live, allowPrivate })]),
    ),
  };
}

/** The embedded PostgreSQL stands alone: it is one process on one disk. */
function complainOfEmbedded(
  environment: Environment,
  {
    embedded,
    durability,
    databaseListenUrl,
  }: { embedded: boolean } & Pick<Settings, "durability" | "databaseListenUrl">,
): void {
  if (!embedded) {
    environment.complain(
      "DATABASE_URL is missing: the PostgreSQL to use. AAY_EMBEDDED_STORE=on starts one beside the service instead.",
    );
  }
  if (durability === "replicated") environment.complain("AAY_STORE_DURABILITY=replicated needs DATABASE_URL.");
  if (databaseListenUrl !== undefined) environment.complain("DATABASE_LISTEN_URL needs DATABASE_URL.");
}

/** Old keys only open what is there, so they are taken as they are. */
function readNewKey(environment: Environment, base64: string, { live }: { live: boolean }): Secret<Buffer> {
  const key = readKey(environment, "AAY_MASTER_KEY", base64);
  if (live && isWhole(key) && isWeakKey(key.reveal())) {
    environment.complain("AAY_MASTER_KEY is too simple: make it of 32 random bytes, such as openssl rand -base64 32.");
  }
  return key;
}

function readKeys(environment: Environment, name: string): readonly Secret<Buffer>[] {
  const keys = (environment.text(name) ?? "").split(",").filter((key) => key.trim() !== "");
  return keys.map((key) => readKey(environment, name, key));
}

function isWhole(key: Secret<Buffer>): boolean {
  return key.reveal().length === keyBytes;
}

function readKey(environment: Environment, name: string, base64: string): Secret<Buffer> {
  const key = Buffer.from(base64.trim(), "base64");
  if (key.length !== keyBytes) environment.complain(`${name} does not hold 32 bytes in base64.`);
  return new Secret(key);
}

/** Whose access tokens are believed. */
interface TokenSettings {
  readonly issuer: string;
  readonly audience: string;
  /** `local`: the sandbox signs its own developer token with a secret that its data dir keeps. */
  readonly trust:
    | { readonly kind: "local" }
    | { readonly kind: "secret"; readonly secret: Secret }
    | { readonly kind: "jwks"; readonly url: URL };
}

function readTokenSettings(environment: Environment, { live }: { live: boolean }): TokenSettings {
  const issuer = environment.text("AAY_JWT_ISSUER");
  const audience = environment.text("AAY_JWT_AUDIENCE");
  const trust = readTrust(environment);
  if (live) {
    if (issuer === undefined) environment.complain("AAY_JWT_ISSUER is missing.");
    if (audience === undefined) environment.complain("AAY_JWT_AUDIENCE is missing.");
    if (trust.kind === "local") environment.complain("AAY_JWKS_URL or AAY_JWT_SECRET is missing.");
    if (trust.kind === "secret") {
      const secret = Buffer.from(trust.secret.reveal());
      if (secret.length < 32) environment.complain("AAY_JWT_SECRET is too short: it needs 32 bytes or more.");
      else if (isWeakKey(secret)) environment.complain("AAY_JWT_SECRET is too simple: make it of random bytes.");
    }
    if (trust.kind === "jwks") requireTls(environment, "AAY_JWKS_URL", trust.url);
  }
  return { issuer: issuer ?? "aaygraph-sandbox", audience: audience ?? "aaygraph", trust };
}

function readTrust(environment: Environment): TokenSettings["trust"] {
  const secret = environment.text("AAY_JWT_SECRET");
  const jwksUrl = environment.text("AAY_JWKS_URL");
  if (secret !== undefined && jwksUrl !== undefined) {
    environment.complain("AAY_JWT_SECRET and AAY_JWKS_URL contradict each other: give one of them.");
  }
  if (secret !== undefined) return { kind: "secret", secret: new Secret(secret) };
  if (jwksUrl === undefined) return { kind: "local" };
  return { kind: "jwks", url: readHttpUrl(environment, "AAY_JWKS_URL", jwksUrl) ?? new URL("about:blank") };
}

interface TrustedDocument {
  readonly id: string;
  readonly text: string;
}

const setting = "AAY_TRUSTED_DOCUMENTS";

/** The only documents that may be asked, in the formats that clients' build tools write. Undefined: any may be. */
function readTrustedDocuments(environment: Environment): readonly TrustedDocument[] | undefined {
  const path = environment.text(setting);
  if (path === undefined) return undefined;
  const documents = documentsIn(contentOf(path));
  if (documents === undefined) {
    environment.complain(`${setting} does not name a manifest: Apollo's, or JSON that maps each id to its text.`);
  }
  return documents;
}

function contentOf(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

function documentsIn(content: unknown): TrustedDocument[] | undefined {
  const manifest = asObject(content);
  if (manifest === undefined) return undefined;
  if (manifest.format === undefined) return allOf(Object.entries(manifest).map(([id, text]) => toDocument(id, text)));
  const { format, version, operations } = manifest;
  if (format !== "apollo-persisted-query-manifest" || version !== 1) return undefined;
  return allOf(asList(operations).map((operation) => toDocument(asObject(operation)?.id, asObject(operation)?.body)));
}

function toDocument(id: unknown, text: unknown): TrustedDocument | undefined {
  return typeof id === "string" && typeof text === "string" ? { id, text } : undefined;
}

function allOf(documents: readonly (TrustedDocument | undefined)[]): TrustedDocument[] | undefined {
  const there = documents.filter((document) => document !== undefined);
  return there.length === documents.length && there.length > 0 ? there : undefined;
}

function readLimits(environment: Environment, mode: "sandbox" | "live"): Limits {
  const numbers = limitNames.map((name) => {
    const { setting, fallback, inSandbox, most } = limitRegister[name];
    const usual = mode === "sandbox" ? inSandbox : fallback;
    return [name, wholeNumber(environment, setting, { fallback: usual, least: 1, most })] as const;
  });
  return Object.fromEntries(numbers) as Limits;
}
