import type { Provider } from "../providers";

interface SettingRow {
  readonly meaning: string;
  /** What holds where it is not set, as the page prints it. */
  readonly fallback: string;
  /** Live mode does not start without it. */
  readonly isRequiredLive?: true;
}

/** Every setting but those of vendors and limits. A setting that is read and not listed here fails the tests. */
const settings: Readonly<Record<string, Readonly<Record<string, SettingRow>>>> = {
  Service: {
    AAY_MODE: { meaning: "`sandbox` or `live`.", fallback: "`sandbox`" },
    HOST: { meaning: "The address to listen at.", fallback: "`127.0.0.1`" },
    PORT: { meaning: "The port to listen at. `0` takes a free one.", fallback: "`4000`" },
    AAY_PROCESSES: {
      meaning:
        "Server processes on this machine, behind one port: 1 to the number of cores. One that dies is started again.",
      fallback: "`1`",
    },
    AAY_MAX_CONNECTIONS: { meaning: "Connections at once of each process, idle ones included.", fallback: "`10000`" },
    AAY_ALLOWED_ORIGINS: {
      meaning: "Origins whose pages may ask, with commas between: `https://app.example`.",
      fallback: "none",
    },
    AAY_INTROSPECTION: {
      meaning: "`on` or `off`. Off: the schema needs the scope `ops:read`.",
      fallback: "`on`; live: `off`",
    },
    AAY_PLAYGROUND: { meaning: "`on` or `off`: the page at `/playground`.", fallback: "`on`; live: `off`" },
    AAY_TRUSTED_DOCUMENTS: {
      meaning: "A file with the only operations that run: Apollo's manifest, or `{ id: text }`.",
      fallback: "any operation runs",
    },
  },
  Store: {
    DATABASE_URL: { meaning: "The PostgreSQL to use.", fallback: "the service starts one of its own" },
    DATABASE_LISTEN_URL: {
      meaning: "A direct connection for LISTEN, where `DATABASE_URL` goes through a pooler such as PgBouncer.",
      fallback: "`DATABASE_URL`",
    },
    DATABASE_POOL: {
      meaning: "Connections of one process. Two more are for its sign of life and for LISTEN.",
      fallback: "`10`",
    },
    AAY_STORE_DURABILITY: {
      meaning: "`replicated`: refuse to start, and to acknowledge, without a synchronous standby. `local`: do without.",
      fallback: "`local`",
    },
    AAY_EMBEDDED_STORE: {
      meaning: "`on` lets the service start its own PostgreSQL in live mode, where `DATABASE_URL` is not set.",
      fallback: "`on`; live: `off`",
    },
    AAY_EVENT_DAYS: { meaning: "How many days the feed of events goes back.", fallback: "`30`" },
    AAY_DATA_DIR: { meaning: "Where the embedded PostgreSQL and the sandbox's secrets are.", fallback: "`.aaygraph`" },
    AAY_MASTER_KEY: {
      meaning: "32 random bytes in base64 (`openssl rand -base64 32`). It seals every taxpayer's own key.",
      fallback: "made once, kept in the data dir",
      isRequiredLive: true,
    },
    AAY_MASTER_KEYS_OLD: { meaning: "Earlier master keys that can still open, with commas between.", fallback: "none" },
  },
  Tokens: {
    AAY_JWT_ISSUER: { meaning: "The `iss` that tokens must have.", fallback: "a local issuer", isRequiredLive: true },
    AAY_JWT_AUDIENCE: { meaning: "The `aud` that tokens must have.", fallback: "`aaygraph`", isRequiredLive: true },
    AAY_JWKS_URL: {
      meaning: "The published keys of the issuer. This or `AAY_JWT_SECRET`, not both.",
      fallback: "the sandbox signs its own token",
    },
    AAY_JWT_SECRET: { meaning: "A shared secret for HS256, 32 bytes or more.", fallback: "none" },
  },
  Links: {
    AAY_PUBLIC_URL: {
      meaning:
        "The origin at which taxpayers' browsers reach this service: `https://tax.example`. Links are made with it.",
      fallback: "the listening address",
    },
    AAY_LINK_RETURN_URLS: {
      meaning:
        'Where links may return to: JSON, or the path of a file of it, `{ "tenant": ["https://app.example/done"] }`, or with more, `{ "tenant": { "name": "Acme Finance", "returnUrls": […], "frameOrigins": […] } }`. Name: as taxpayers know the tenant. An address without a path stands for its whole origin.',
      fallback: "any loopback address; live: none",
    },
  },
  Vendors: {
    AAY_ALLOW_PRIVATE_UPSTREAMS: {
      meaning: "`on` lets vendors, their files and webhooks be at private addresses in live mode.",
      fallback: "`off`",
    },
    AAY_ALLOW_PLAIN_HTTP: {
      meaning: "Hosts that may be reached without TLS in live mode, with commas between.",
      fallback: "none but loopback",
    },
  },
  Traces: {
    OTEL_EXPORTER_OTLP_ENDPOINT: {
      meaning: "The OpenTelemetry collector that takes traces, by OTLP over HTTP: `http://collector:4318`.",
      fallback: "no traces",
    },
  },
};

/** The settings of one vendor, by name. They follow from its place in the registry. */
function settingsOf({ name, settings: { prefix, required, optional, timeoutMs, maxInFlight } }: Provider) {
  const credentials = [...required, ...optional].map((key): [string, SettingRow] => [
    key,
    { meaning: optional.includes(key) ? "Optional." : `What ${name} gave you.`, fallback: "the simulator's" },
  ]);
  return new Map<string, SettingRow>([
    [
      `${prefix}_BASE_URL`,
      { meaning: `Where ${name} is reached.`, fallback: "its simulator; live: the vendor is `OFF`" },
    ],
    ...credentials,
    [`${prefix}_TIMEOUT_MS`, { meaning: "The longest that one call may take.", fallback: `\`${timeoutMs}\`` }],
    [`${prefix}_MAX_IN_FLIGHT`, { meaning: "Calls at once, in each process.", fallback: `\`${maxInFlight}\`` }],
    [
      `${prefix}_POLL_MS`,
      { meaning: "How often a job is asked whether it is done.", fallback: "as the vendor advises" },
    ],
    [
      `${prefix}_CALL_LIMITS`,
      { meaning: "The plan that was bought: `17/s,1000/m,50000/d`, or `none`.", fallback: "the published plan" },
    ],
    [`${prefix}_FILE_HOSTS`, { meaning: "More hosts from which its files may be fetched.", fallback: "none" }],
  ]);
}

/** Every name of the environment that is read, limits aside. */
export function settingNames(vendors: readonly Provider[]): readonly string[] {
  const ofVendors = vendors.flatMap((vendor) => [...settingsOf(vendor).keys()]);
  return [...Object.values(settings).flatMap((section) => Object.keys(section)), ...ofVendors];
}

/** docs/configuration.md */
export function printSettings(vendors: readonly Provider[]): string {
  const sections = Object.entries(settings).map(([title, rows]) => table(title, Object.entries(rows)));
  const ofVendors = vendors.map((vendor) => table(vendor.name, [...settingsOf(vendor)]));
  return [
    "# Configuration",
    "",
    "Printed from `src/config/settingsTable.ts` by `npm run schema`.",
    "",
    "Everything has a default in the sandbox. To go live, set `AAY_MODE=live`: what is missing or contradictory is named in one",
    "message, and the process ends with status 1 before it listens. Names in bold are required in live mode. Any `NAME` may be",
    "given as `NAME_FILE`, the path of a file that holds the value. Secrets never appear in logs, errors or `/health`.",
    "",
    "A vendor without its settings is `OFF` in live mode: the graph serves, `providers` says so, and asking for it answers",
    "`PROVIDER_NOT_CONFIGURED`. Limits have their own page: [limits.md](limits.md).",
    "",
    ...[...sections, ...ofVendors].flat(),
  ].join("\n");
}

function table(title: string, rows: readonly (readonly [string, SettingRow])[]): readonly string[] {
  const lines = rows.map(([name, { meaning, fallback, isRequiredLive }]) => {
    const shown = isRequiredLive ? `**\`${name}\`**` : `\`${name}\``;
    return `| ${shown} | ${meaning} | ${fallback} |`;
  });
  return [`## ${title}`, "", "| name | meaning | default |", "| --- | --- | --- |", ...lines, ""];
}
