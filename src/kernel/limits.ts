import { Fault } from "./fault";

interface LimitEntry {
  readonly setting: string;
  readonly fallback: number;
  /** A sandbox has one caller, who measures. */
  readonly inSandbox: number;
  /** The highest number that can be set. */
  readonly most: number;
  /** What is counted, so that "At most 16 …" becomes a sentence. */
  readonly counts: string;
}

/** Every limit and its setting. Settings, refusals and the docs derive from it. */
export const limitRegister = {
  bodyBytes: entry("AAY_LIMIT_BODY_BYTES", 1_000_000, 100_000_000, "bytes in one body or message"),
  tokens: entry("AAY_LIMIT_TOKENS", 4_000, 50_000, "tokens in a document"),
  variableDepth: entry("AAY_LIMIT_VARIABLE_DEPTH", 10, 100, "levels of lists and objects in one value"),
  listSize: entry("AAY_LIMIT_LIST_SIZE", 2_000, 100_000, "members of one list in the arguments"),
  depth: entry("AAY_LIMIT_DEPTH", 16, 100, "levels of fields, with fragments unfolded"),
  fields: entry("AAY_LIMIT_FIELDS", 1_000, 100_000, "fields, with fragments unfolded"),
  rootFields: entry("AAY_LIMIT_ROOT_FIELDS", 20, 1_000, "fields at the root, with fragments unfolded"),
  aliases: entry("AAY_LIMIT_ALIASES", 100, 10_000, "aliases, with fragments unfolded"),
  directives: entry("AAY_LIMIT_DIRECTIVES", 50, 10_000, "directives in a document"),
  cost: entry("AAY_LIMIT_COST", 50_000, 100_000_000, "points, as the fields and lists asked for are priced beforehand"),
  upstreamCalls: entry("AAY_UPSTREAM_BUDGET", 100, 10_000, "calls to providers by one operation"),
  rupees: entry("AAY_RUPEE_BUDGET", 500, 1_000_000, "rupees for calls to providers by one operation"),
  requestsPerMinute: entry(
    "AAY_LIMIT_REQUESTS_PER_MINUTE",
    120_000,
    100_000_000,
    "requests of one tenant a minute, over all processes",
    600_000,
  ),
  linkRequestsPerMinute: entry(
    "AAY_LIMIT_LINK_REQUESTS",
    200,
    1_000_000,
    "requests for the page of one link or consent a minute, over all processes",
  ),
  addressRequestsPerMinute: entry(
    "AAY_LIMIT_ADDRESS_REQUESTS",
    1_000,
    100_000_000,
    "requests for taxpayers' pages from one address a minute, over all processes",
    100_000,
  ),
  rupeesPerDay: entry(
    "AAY_LIMIT_RUPEES_PER_DAY",
    100_000,
    100_000_000,
    "rupees for calls to providers by one tenant a day",
  ),
  portalLoginsPerDay: entry("AAY_LIMIT_LOGINS_PER_DAY", 20_000, 10_000_000, "portal logins of one tenant a day"),
  operationsAtOnce: entry("AAY_LIMIT_OPERATIONS", 1_000, 100_000, "operations of one tenant at once, in each process"),
  operationSeconds: entry("AAY_LIMIT_OPERATION_SECONDS", 120, 3_600, "seconds for one operation over HTTP"),
  subscriptionsAtOnce: entry(
    "AAY_LIMIT_SUBSCRIPTIONS",
    10_000,
    1_000_000,
    "subscriptions of one tenant at once, in each process",
  ),
} as const satisfies Record<string, LimitEntry>;

export type LimitName = keyof typeof limitRegister;
export type Limits = Readonly<Record<LimitName, number>>;

export const limitNames = Object.keys(limitRegister) as LimitName[];

/** Names the limit and its number, and nothing of what was sent. */
export function beyond<Name extends LimitName>(
  name: Name,
  limits: Pick<Limits, Name>,
  context: { provider?: string } = {},
): Fault {
  return new Fault("LIMIT_EXCEEDED", { ...context, hint: sentenceOf(name, limits[name]) });
}

/** For a limit that passes with time. */
export function untilLater<Name extends LimitName>(
  name: Name,
  limits: Pick<Limits, Name>,
  retryAfterSeconds: number,
): Fault {
  return new Fault("RATE_LIMITED", { retryAfterSeconds, hint: sentenceOf(name, limits[name]) });
}

function sentenceOf(name: LimitName, most: number): string {
  return `At most ${most} ${limitRegister[name].counts} (limit: ${name}).`;
}

function entry(setting: string, fallback: number, most: number, counts: string, inSandbox = fallback): LimitEntry {
  return { setting, fallback, inSandbox, most, counts };
}
