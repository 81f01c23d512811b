import { readSettings } from "../../src/config/settings";
import { providers } from "../../src/providers/registry";
import { ekoKeys, live, liveEko, problemsOf, type Env } from "./liveSettings";

const ekoOf = (env: Env) => readSettings(env, providers).vendorById.get("EKO");

describe("a vendor", () => {
  it("is off in live mode when nothing is given", () => {
    expect(ekoOf(live)).toEqual({ mode: "OFF" });
  });

  it("is live where its address is given", () => {
    const vendor = ekoOf(liveEko);
    expect(vendor).toMatchObject({ mode: "LIVE", baseUrl: new URL("https://api.eko.in/ekoicici/v3") });
  });

  it("is live in the sandbox too where its address is given", () => {
    expect(ekoOf({ ...ekoKeys, EKO_BASE_URL: "https://staging.eko.in/ekoapi/v3" })).toMatchObject({ mode: "LIVE" });
  });

  it("brings the pace it suggests", () => {
    expect(ekoOf({})).toMatchObject({ pace: { timeoutMs: 10_000, maxInFlight: 8 } });
  });

  it("goes at the pace it is given", () => {
    expect(ekoOf({ EKO_TIMEOUT_MS: "1500", EKO_MAX_IN_FLIGHT: "2" })).toMatchObject({
      pace: { timeoutMs: 1_500, maxInFlight: 2 },
    });
  });

  it("signs with the simulator's own keys while it is simulated", () => {
    const vendor = ekoOf({});
    expect(vendor?.mode === "SANDBOX" && vendor.credentials.read("EKO_DEVELOPER_KEY")?.reveal()).toBe(
      "sandbox-developer-key",
    );
  });

  it("has a default for every key in the sandbox, whatever its address", () => {
    expect(problemsOf({ EKO_BASE_URL: "https://staging.eko.in/ekoapi/v3" })).toEqual([]);
  });

  it("is never sent the sandbox's keys in live mode", () => {
    const problems = problemsOf({ ...live, EKO_BASE_URL: "https://staging.eko.in/ekoapi/v3" });
    expect(problems.map((problem) => problem.split(" ")[0])).toEqual(Object.keys(ekoKeys));
  });

  it("that is half configured has all its missing names told at once", () => {
    const problems = problemsOf({ ...live, EKO_DEVELOPER_KEY: "developer" });
    expect(problems.map((problem) => problem.split(" ")[0])).toEqual([
      "EKO_BASE_URL",
      "EKO_ACCESS_KEY",
      "EKO_INITIATOR_ID",
    ]);
  });

  it("that has an address alone has its keys asked for", () => {
    const problems = problemsOf({ ...live, EKO_BASE_URL: "https://api.eko.in/ekoicici/v3" });
    expect(problems.map((problem) => problem.split(" ")[0])).toEqual(Object.keys(ekoKeys));
  });

  it("may leave out what is optional", () => {
    const vendor = ekoOf(liveEko);
    expect(vendor?.mode === "LIVE" && vendor.credentials.read("EKO_USER_CODE")).toBeUndefined();
  });
});

const privateHosts = [
  "127.0.0.1",
  "127.9.9.9",
  "2130706433",
  "0x7f.1",
  "0.0.0.0",
  "10.1.2.3",
  "100.64.0.1",
  "169.254.169.254",
  "172.31.255.255",
  "192.168.1.1",
  "localhost",
  "LOCALHOST",
  "localhost.",
  "eko.localhost",
  "[::1]",
  "[::]",
  "[fd00::1]",
  "[fe80::1]",
  "[::ffff:127.0.0.1]",
  "[::ffff:169.254.169.254]",
];

describe("a private address", () => {
  it.each(privateHosts)("is refused in live mode: %s", (host) => {
    expect(problemsOf({ ...liveEko, EKO_BASE_URL: `http://${host}/v3` })).toEqual([
      "EKO_BASE_URL is a private address; AAY_ALLOW_PRIVATE_UPSTREAMS=on allows that.",
    ]);
  });

  it.each(privateHosts)("is let through in live mode once allowed: %s", (host) => {
    const env = { ...liveEko, EKO_BASE_URL: `http://${host}/v3`, AAY_ALLOW_PRIVATE_UPSTREAMS: "on" };
    expect(problemsOf(env)).toEqual([]);
  });

  it("is let through in the sandbox", () => {
    expect(problemsOf({ ...ekoKeys, EKO_BASE_URL: "http://127.0.0.1:9/v3" })).toEqual([]);
  });
});

it.each(["api.eko.in", "8.8.8.8", "172.32.0.1", "100.128.0.1", "[2001:4860:4860::8888]", "localhost.example"])(
  "takes %s for a public address",
  (host) => {
    expect(problemsOf({ ...liveEko, EKO_BASE_URL: `https://${host}/v3` })).toEqual([]);
  },
);
