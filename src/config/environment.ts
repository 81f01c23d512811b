import { readFileSync } from "node:fs";

/** The environment as text: each name stands for itself or for the file that NAME_FILE points to. */
export interface Environment {
  text(name: string): string | undefined;
  /** Problems are gathered, so that an operator reads all of them at once. */
  complain(problem: string): void;
  readonly problems: readonly string[];
}

export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const problems = new Set<string>();
  return {
    text(name) {
      const given = env[name]?.trim();
      const value = given === "" ? undefined : given;
      const path = env[`${name}_FILE`];
      if (path === undefined || path === "") return value;
      if (value !== undefined) problems.add(`${name} and ${name}_FILE contradict each other: give one of them.`);
      try {
        return readFileSync(path, "utf8").trim() || undefined;
      } catch {
        problems.add(`${name}_FILE names a file that cannot be read.`);
        return undefined;
      }
    },
    complain: (problem) => problems.add(problem),
    get problems() {
      return [...problems];
    },
  };
}

export function oneOf<const Choice extends string>(
  environment: Environment,
  name: string,
  choices: readonly Choice[],
  fallback: NoInfer<Choice>,
): Choice {
  const text = environment.text(name);
  const choice = choices.find((candidate) => candidate === (text ?? fallback));
  if (choice === undefined) environment.complain(`${name} must be ${choices.join(" or ")}.`);
  return choice ?? fallback;
}

export function wholeNumber(
  environment: Environment,
  name: string,
  { fallback, least, most }: { fallback: number; least: number; most: number },
): number {
  const text = environment.text(name);
  if (text === undefined) return fallback;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  environment.complain(`${name} must be a whole number from ${least} to ${most}.`);
  return fallback;
}

export function readHttpUrl(environment: Environment, name: string, text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "https:" || url?.protocol === "http:") return url;
  environment.complain(`${name} is not an http or https URL.`);
  return undefined;
}

/** Zeros, one letter over and over, a short pattern repeated: random bytes of this length are never as simple. */
export function isWeakKey(key: Buffer): boolean {
  const isRepeated = [1, 2, 3, 4, 8, 16].some((length) => key.every((byte, at) => byte === key[at % length]));
  const isCounted = key.every((byte, at) => at === 0 || byte === ((key[at - 1] ?? 0) + 1) % 256);
  return isRepeated || isCounted || new Set(key).size < fewestDifferentBytes;
}

const fewestDifferentBytes = 8;

/** Passwords and tokens go to this address: plain http is for our own machine, or for hosts that the operator names. */
export function requireTls(environment: Environment, name: string, { protocol, hostname, host }: URL): void {
  const named = (environment.text("AAY_ALLOW_PLAIN_HTTP") ?? "").split(",").map((each) => each.trim());
  const isAllowed = protocol === "https:" || isLoopback(hostname) || named.includes(host);
  if (!isAllowed) environment.complain(`${name} must be https; AAY_ALLOW_PLAIN_HTTP names hosts that need not be.`);
}

export function isLoopback(hostname: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

/** Origins as browsers send them, with commas between; "null" and "*" are none. */
export function readOrigins(environment: Environment, name: string): readonly string[] {
  const origins = (environment.text(name) ?? "")
    .split(",")
    .map((origin) => origin.trim())
    .filter((origin) => origin !== "");
  for (const origin of origins) {
    const isOrigin = /^https?:/.test(origin) && URL.canParse(origin) && new URL(origin).origin === origin;
    if (!isOrigin) environment.complain(`${name} holds something that is no origin, such as https://app.example.`);
  }
  return origins;
}
