import { readSettings } from "../../src/config/settings";
import { deepvue } from "../../src/providers/deepvue";
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

describe("a plan of calls", () => {
  const limitsOf = (env: Env) => {
    const vendor = readSettings(env, providers).vendorById.get("DEEPVUE");
    return vendor?.mode === "OFF" ? undefined : vendor?.pace.callLimits;
  };
  const deepvueAt = (address: string): Env => ({ DEEPVUE_BASE_URL: address });

  it("is none for a simulator", () => {
    expect(limitsOf({})).toEqual([]);
  });

  it("is the vendor's published one at its own address", () => {
    expect(limitsOf(deepvueAt("https://production.deepvue.tech"))).toEqual(deepvue.callLimits);
  });

  it("is the one that was bought", () => {
    expect(limitsOf({ DEEPVUE_CALL_LIMITS: "17/s, 1000/m,50000/d" })).toEqual([
      { windowMs: 1_000, mostCalls: 17 },
      { windowMs: 60_000, mostCalls: 1_000 },
      { windowMs: 86_400_000, mostCalls: 50_000 },
    ]);
  });

  it("may be none at the vendor's own address", () => {
    const env = { ...deepvueAt("https://production.deepvue.tech"), DEEPVUE_CALL_LIMITS: "none" };
    expect(limitsOf(env)).toEqual([]);
  });

  it.each(["17", "0/s", "17/w", "2/s,3/s", "1.5/s", "no", "2/s;100/m", "-1/s"])("is refused as %s", (text) => {
    expect(problemsOf({ DEEPVUE_CALL_LIMITS: text })).toEqual([expect.stringContaining("DEEPVUE_CALL_LIMITS must be")]);
  });
});

describe("hosts of files", () => {
  const hostsOf = (env: Env) => {
    const vendor = readSettings(env, providers).vendorById.get("DEEPVUE");
    return vendor?.mode === "OFF" ? undefined : vendor?.fileHosts;
  };

  it("are none besides the vendor's own", () => {
    expect(hostsOf({})).toEqual([]);
  });

  it("are origins, hosts or whole domains", () => {
    const text = "http://127.0.0.1:9000, files.example.com,*.Example.com , https://store.example:443/";
    expect(hostsOf({ DEEPVUE_FILE_HOSTS: text })).toEqual([
      "http://127.0.0.1:9000",
      "files.example.com",
      "*.example.com",
      "https://store.example",
    ]);
  });

  it.each(["https://files.example/path", "ftp://files.example", "*", "*.com*", "https://me:x@files.example", "a b.c"])(
    "are refused as %s",
    (text) => {
      expect(problemsOf({ DEEPVUE_FILE_HOSTS: text })).toEqual([
        expect.stringContaining("DEEPVUE_FILE_HOSTS must hold origins or hosts"),
      ]);
    },
  );

  it.each(["http://127.0.0.1:9000", "http://localhost:9000", "10.0.0.1"])("%s is private in live mode", (text) => {
    const env = { ...live, DEEPVUE_FILE_HOSTS: text };
    expect(problemsOf(env)).toEqual([expect.stringContaining("DEEPVUE_FILE_HOSTS holds a private address")]);
    expect(problemsOf({ ...env, AAY_ALLOW_PRIVATE_UPSTREAMS: "on" })).toEqual([]);
  });
});

describe("plain http in live mode", () => {
  it("is refused for a vendor", () => {
    expect(problemsOf({ ...liveEko, EKO_BASE_URL: "http://api.eko.in/v3" })).toEqual([
      "EKO_BASE_URL must be https; AAY_ALLOW_PLAIN_HTTP names hosts that need not be.",
    ]);
  });

  it("is let through for a host that the operator names", () => {
    const env = { ...liveEko, EKO_BASE_URL: "http://gateway.example:8080/v3" };
    expect(problemsOf({ ...env, AAY_ALLOW_PLAIN_HTTP: "other.example, gateway.example:8080" })).toEqual([]);
    expect(problemsOf({ ...env, AAY_ALLOW_PLAIN_HTTP: "gateway.example" })).toHaveLength(1);
  });

  it("is let through in the sandbox", () => {
    expect(problemsOf({ ...ekoKeys, EKO_BASE_URL: "http://api.eko.in/v3" })).toEqual([]);
  });
});
