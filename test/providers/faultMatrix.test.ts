import type { ProviderId } from "../../src/domain/answer";
import { CallerLeft } from "../../src/kernel/deadline";
import { asFault, type Fault, type FaultCode } from "../../src/kernel/fault";
import type { Provider } from "../../src/providers/provider";
import { providers } from "../../src/providers/registry";
import { runFlow } from "../../src/sandbox/runFlow";
import { openVendors, providerOf, staying, type Vendors } from "../support/vendors";

interface Cell {
  readonly posted: Readonly<Record<string, unknown>>;
  readonly code: FaultCode;
  /** Where a vendor documents another meaning. */
  readonly elsewhere?: Partial<Record<ProviderId, FaultCode>>;
}

/** Deepvue's first call asks for a token: whatever it refuses there, it refuses us. */
const refusedAtTheDoor = { DEEPVUE: "PROVIDER_REJECTED_US" } as const;
const status = (code: number) => ({ fault: "STATUS", status: code });
const with200 = (body: unknown) => ({ fault: "FAILURE_WITH_200", body });

/** What is made to go wrong with every call to a vendor, and what that is to be called. */
const cells: Readonly<Record<string, Cell>> = {
  "slower than the deadline": { posted: { fault: "LATENCY", delayMs: 5_000 }, code: "PROVIDER_TIMEOUT" },
  "never answers": { posted: { fault: "HANG" }, code: "PROVIDER_TIMEOUT" },
  drips: { posted: { fault: "SLOW_DRIP", delayMs: 1_000 }, code: "PROVIDER_TIMEOUT" },
  "resets the connection": { posted: { fault: "RESET" }, code: "PROVIDER_UNAVAILABLE" },
  "500": { posted: status(500), code: "PROVIDER_UNAVAILABLE" },
  "502": { posted: status(502), code: "PROVIDER_UNAVAILABLE" },
  "503": { posted: status(503), code: "PROVIDER_UNAVAILABLE" },
  "504": { posted: status(504), code: "PROVIDER_UNAVAILABLE" },
  "400": { posted: status(400), code: "PROVIDER_BAD_RESPONSE", elsewhere: refusedAtTheDoor },
  "401": { posted: status(401), code: "PROVIDER_REJECTED_US" },
  "403": { posted: status(403), code: "PROVIDER_REJECTED_US" },
  "404": { posted: status(404), code: "PROVIDER_BAD_RESPONSE" },
  "405": { posted: status(405), code: "PROVIDER_BAD_RESPONSE" },
  "409": { posted: status(409), code: "PROVIDER_BAD_RESPONSE" },
  "415": { posted: status(415), code: "PROVIDER_BAD_RESPONSE" },
  "422": { posted: status(422), code: "PROVIDER_BAD_RESPONSE", elsewhere: refusedAtTheDoor },
  "429, with Retry-After": { posted: { fault: "RATE_LIMIT", retryAfterSeconds: 60 }, code: "PROVIDER_RATE_LIMITED" },
  "429, without": { posted: { fault: "RATE_LIMIT" }, code: "PROVIDER_RATE_LIMITED" },
  "HTML with 200": { posted: { fault: "HTML" }, code: "PROVIDER_BAD_RESPONSE" },
  "truncated JSON": { posted: { fault: "TRUNCATED" }, code: "PROVIDER_BAD_RESPONSE" },
  "an empty object with 200": { posted: with200({}), code: "PROVIDER_BAD_RESPONSE" },
  "a list with 200": { posted: with200([]), code: "PROVIDER_BAD_RESPONSE" },
  "text with 200": { posted: with200("down"), code: "PROVIDER_BAD_RESPONSE" },
};

/** How often one safe call may be made, the first time included. */
const mostTries = 3;

let vendors: Vendors;
const rows: (string | undefined)[][] = [];

/** How the path of the call that logs in ends. */
const loginPaths: Partial<Record<ProviderId, string>> = {
  KWIKID: "get_otp",
  DEEPVUE: "create-client",
  TUTELAR: "itr_verification",
  FINPASS: "analyze",
};

beforeAll(async () => {
  vendors = await openVendors();
});

afterAll(async () => {
  await vendors[Symbol.asyncDispose]();
  const widths = [8, 26, 22, 9, 6, 2];
  const lines = rows.map((row) => row.map((cell = "", at) => cell.padEnd(widths[at] ?? 0)).join(" "));
  process.stdout.write(
    `\nvendor   what goes wrong            code                   blame     again  calls\n${lines.join("\n")}\n\n`,
  );
});

/** The first fault that comes of going a vendor's whole road while this is wrong with each of its calls. */
async function travel(provider: Provider, fault: Readonly<Record<string, unknown>>, timeoutMs = 250) {
  const posted = (await vendors.control("POST", "faults", { vendor: provider.id, ...fault })) as { id: number };
  const road = vendors.roadTo(provider, { timeoutMs, maxInFlight: 4 });
  const outcome: { fault: Fault | undefined } = { fault: undefined };
  try {
    const traveller = vendors.travellerAs("ZZZPA1001A", passwords.get("ZZZPA1001A") ?? "");
    for await (const { readings } of runFlow(provider, road.client, traveller, staying)) {
      const failed = readings.find(({ answer }) => answer.outcome === "FAILED");
      if (failed?.answer.outcome === "FAILED") outcome.fault ??= failed.answer.fault;
    }
  } catch (thrown) {
    outcome.fault = asFault(thrown);
  } finally {
    await vendors.control("DELETE", `faults?id=${posted.id}`);
    await road.close();
  }
  return { fault: outcome.fault, calls: road.calls };
}

const passwords = new Map<string, string>();

beforeAll(async () => {
  const { personas } = (await vendors.control("GET", "personas")) as { personas: { pan: string; password: string }[] };
  for (const { pan, password } of personas) passwords.set(pan, password);
});

const table = providers.flatMap((provider) =>
  Object.entries(cells).map(([name, cell]) => ({ id: provider.id, name, provider, ...cell })),
);

describe("a vendor that goes wrong", () => {
  it.each(table)("$id, $name: is told as $code", async ({ id, name, provider, posted, code, elsewhere }) => {
    const { fault, calls } = await travel(provider, posted);
    rows.push([id, name, fault?.code, fault?.blame, String(fault?.retryable), String(calls.length)]);
    expect(fault?.code).toBe(elsewhere?.[id] ?? code);
    expect(fault?.context.provider).toBe(id);
    if (posted.retryAfterSeconds !== undefined) expect(fault?.context.retryAfterSeconds).toBe(posted.retryAfterSeconds);
    const triesByOperation = Map.groupBy(calls, ({ operation }) => operation);
    for (const tries of triesByOperation.values()) expect(tries.length).toBeLessThanOrEqual(mostTries);
  });

  it.each(providers)("$id is not read beyond two megabytes", async (provider) => {
    const { fault } = await travel(provider, with200("x".repeat(2_100_000)), 5_000);
    expect(fault?.code).toBe("PROVIDER_BAD_RESPONSE");
  });

  it.each(providers)("$id is left at once by a caller who leaves", async (provider) => {
    const posted = (await vendors.control("POST", "faults", { vendor: provider.id, fault: "HANG" })) as { id: number };
    const road = vendors.roadTo(provider);
    const leaving = new AbortController();
    const reason = new CallerLeft();
    const traveller = vendors.travellerAs("ZZZPA1001A", passwords.get("ZZZPA1001A") ?? "");
    const journey = runFlow(provider, road.client, traveller, leaving.signal).next();
    leaving.abort(reason);
    await expect(journey).rejects.toBe(reason);
    await vendors.control("DELETE", `faults?id=${posted.id}`);
    await road.close();
  });

  it("is one more call where only Eko's clock is off", async () => {
    const { fault, calls } = await travel(providerOf("EKO"), { fault: "CLOCK_SKEW" });
    expect(fault).toBeUndefined();
    expect(calls).toEqual([{ operation: "itr-compliance", outcome: "OK" }]);
  });

  it.each(providers.filter(({ login }) => login !== "NONE"))(
    "$id never repeats a login by itself",
    async (provider) => {
      const { calls } = await travel(provider, { ...status(500), operation: loginPaths[provider.id] });
      expect(calls.filter(({ outcome }) => outcome === "PROVIDER_UNAVAILABLE")).toHaveLength(1);
    },
  );
});
