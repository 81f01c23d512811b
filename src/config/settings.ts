import type { ProviderId } from "../domain/answer";
import { Secret } from "../kernel/secret";
import type { Provider } from "../providers/provider";
import { oneOf, readEnvironment, wholeNumber, type Environment } from "./environment";
import { readTokenSettings, type TokenSettings } from "./tokenSettings";
import { readVendorSettings, type VendorSettings } from "./vendorSettings";

export interface Settings {
  readonly mode: "sandbox" | "live";
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly databaseUrl: Secret | undefined;
  /** Left out only in the sandbox, where the data dir keeps one of its own. */
  readonly masterKey: Secret<Buffer> | undefined;
  readonly oldMasterKeys: readonly Secret<Buffer>[];
  readonly tokens: TokenSettings;
  readonly introspection: boolean;
  readonly playground: boolean;
  readonly upstreamBudget: number;
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

/** Names of the configuration that promise something this version does not do: better refused than ignored. */
const notSupportedYet = ["AAY_TRUSTED_DOCUMENTS", "OTEL_EXPORTER_OTLP_ENDPOINT"];

export function readSettings(env: NodeJS.ProcessEnv, vendors: readonly Provider[]): Settings {
  const environment = readEnvironment(env);
  const settings = giveMeaning(environment, vendors);
  if (environment.problems.length > 0) throw new ConfigurationError(environment.problems);
  return Object.freeze(settings);
}

function giveMeaning(environment: Environment, vendors: readonly Provider[]): Settings {
  const mode = oneOf(environment, "AAY_MODE", ["sandbox", "live"], "sandbox");
  const live = mode === "live";
  for (const name of notSupportedYet) {
    if (environment.text(name) !== undefined) environment.complain(`${name} is not supported yet: unset it.`);
  }
  oneOf(environment, "AAY_PROCESSES", ["1"], "1");
  const isOn = (name: string, fallback: "on" | "off") => oneOf(environment, name, ["on", "off"], fallback) === "on";
  const allowPrivate = isOn("AAY_ALLOW_PRIVATE_UPSTREAMS", "off");
  const databaseUrl = environment.text("DATABASE_URL");
  const masterKey = environment.text("AAY_MASTER_KEY");
  if (live && masterKey === undefined) environment.complain("AAY_MASTER_KEY is missing: 32 random bytes, in base64.");
  return {
    mode,
    host: environment.text("HOST") ?? "127.0.0.1",
    port: wholeNumber(environment, "PORT", { fallback: 4000, least: 0, most: 65_535 }),
    dataDir: environment.text("AAY_DATA_DIR") ?? ".aaygraph",
    databaseUrl: databaseUrl === undefined ? undefined : new Secret(databaseUrl),
    masterKey: masterKey === undefined ? undefined : readKey(environment, "AAY_MASTER_KEY", masterKey),
    oldMasterKeys: (environment.text("AAY_MASTER_KEYS_OLD") ?? "")
      .split(",")
      .filter((key) => key.trim() !== "")
      .map((key) => readKey(environment, "AAY_MASTER_KEYS_OLD", key)),
    tokens: readTokenSettings(environment, { live }),
    introspection: isOn("AAY_INTROSPECTION", live ? "off" : "on"),
    playground: isOn("AAY_PLAYGROUND", live ? "off" : "on"),
    upstreamBudget: wholeNumber(environment, "AAY_UPSTREAM_BUDGET", { fallback: 100, least: 1, most: 10_000 }),
    allowPrivateUpstreams: allowPrivate,
    vendorById: new Map(
      vendors.map((vendor) => [vendor.id, readVendorSettings(environment, vendor, { live, allowPrivate })]),
    ),
  };
}

function readKey(environment: Environment, name: string, base64: string): Secret<Buffer> {
  const key = Buffer.from(base64.trim(), "base64");
  if (key.length !== 32) environment.complain(`${name} does not hold 32 bytes in base64.`);
  return new Secret(key);
}
