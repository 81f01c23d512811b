import { print } from "graphql";
import { ComplianceDocument } from "../../packages/client/src/operations";
import { openStandInEko, onRecord, type StandInEko } from "../support/standInEko";
import { type GraphAnswer, startTestService, type TestService } from "../support/service";

let eko: StandInEko;
let service: TestService;

beforeEach(async () => {
  eko = await openStandInEko();
  service = await startTestService({ ...eko.env, EKO_TIMEOUT_MS: "300" });
});

afterEach(async () => {
  await service[Symbol.asyncDispose]();
  await eko[Symbol.asyncDispose]();
});

const pan = "ZZZPA1001A";

describe("a failing provider", () => {
  it.each([
    ["answers 429", { status: 429, headers: { "retry-after": "7" }, body: "" }, "PROVIDER_RATE_LIMITED", "PROVIDER"],
    ["answers 403", { status: 403, body: { status: 1, message: "Unauthorized" } }, "PROVIDER_REJECTED_US", "US"],
    ["answers 404", { status: 404, body: {} }, "PROVIDER_BAD_RESPONSE", "PROVIDER"],
    ["answers HTML with 200", { body: "<html>hello</html>" }, "PROVIDER_BAD_RESPONSE", "PROVIDER"],
    ["answers half a JSON", { body: '{"status":0,"data":{"pan' }, "PROVIDER_BAD_RESPONSE", "PROVIDER"],
    ["answers three megabytes", { body: " ".repeat(3_000_000) }, "PROVIDER_BAD_RESPONSE", "PROVIDER"],
    [
      "redirects elsewhere",
      { status: 302, headers: { location: "http://127.0.0.1:1/" }, body: "" },
      "PROVIDER_BAD_RESPONSE",
      "PROVIDER",
    ],
  ])("is told by its code and its blame, and asked thrice at most, when it %s", async (_title, reply, code, blame) => {
    eko.reply = () => reply;
    const { data, errors } = await service.ask(ComplianceDocument, { pan });
    expect(data?.taxpayer.compliance).toBeNull();
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.extensions).toMatchObject({ code, blame, provider: "EKO" });
    expect(new Set(eko.askedPans)).toEqual(new Set([pan]));
    expect(eko.askedPans.length).toBeLessThanOrEqual(3);
  });

  it("is asked once more when it answers 500", async () => {
    eko.reply = () => ({ status: 500, body: "oops" });
    const { errors } = await service.ask(ComplianceDocument, { pan });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "PROVIDER_UNAVAILABLE", blame: "PROVIDER" });
    expect(eko.askedPans).toEqual([pan, pan]);
  });

  it("says when to come again, where the provider said so", async () => {
    eko.reply = () => ({ status: 429, headers: { "retry-after": "7" }, body: "" });
    const { data } = await service.ask(ComplianceDocument, { pan });
    expect(data?.taxpayer.sources).toMatchObject([
      { problem: { retryAfterSeconds: 7 }, nextAction: { kind: "WAIT", pollAfterMs: 7_000 } },
    ]);
  });

  it("is given up when it does not answer in time", async () => {
    const never = Promise.withResolvers<never>();
    eko.reply = () => never.promise;
    const { errors } = await service.ask(ComplianceDocument, { pan });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "PROVIDER_TIMEOUT", retryable: true });
  });

  it("is unavailable when nobody listens there", async () => {
    await eko[Symbol.asyncDispose]();
    const { errors } = await service.ask(ComplianceDocument, { pan });
    expect(errors?.[0]?.extensions.code).toBe("PROVIDER_UNAVAILABLE");
  });

  it("is left alone for a while after five failures in a row", async () => {
    eko.reply = () => ({ status: 500, body: "" });
    for (let asked = 0; asked < 8; asked += 1) await service.ask(ComplianceDocument, { pan });
    expect(eko.askedPans).toHaveLength(5);
    const { data } = await service.ask<{ providers: { id: string }[] }, unknown>(
      "{ providers { id mode health { operations { breaker calls successRate } } } }",
    );
    expect(data?.providers.find(({ id }) => id === "EKO")).toMatchObject({
      mode: "LIVE",
      health: { operations: [{ breaker: "OPEN", calls: 5, successRate: 0 }] },
    });
  });
});

describe("a caller who leaves", () => {
  it("takes the upstream call along", async () => {
    const asked = Promise.withResolvers<undefined>();
    const left = Promise.withResolvers<string>();
    eko.reply = () => {
      asked.resolve(undefined);
      return Promise.withResolvers<never>().promise;
    };
    eko.onClosedEarly = left.resolve;
    const caller = new AbortController();
    const body = JSON.stringify({ query: `{ taxpayer(pan: "${pan}") { compliance { standing } } }` });
    const question = service
      .fetch("/graphql", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
        signal: caller.signal,
      })
      .catch(() => "left");
    await asked.promise;
    caller.abort();
    expect(await question).toBe("left");
    expect(await left.promise).toBe(pan);
  });
});

describe("an operation's budget of upstream calls", () => {
  it("stops what comes after it", async () => {
    await using modest = await startTestService({ ...eko.env, AAY_UPSTREAM_BUDGET: "3" });
    const pans = Array.from({ length: 5 }, (_, at) => `ZZZPU${5_000 + at}C`);
    const operation = "query ($pans: [Pan!]!) { taxpayers(pans: $pans) { compliance { standing } } }";
    const { errors, extensions } = await modest.ask(operation, { pans });
    expect(eko.askedPans).toHaveLength(3);
    expect(errors).toMatchObject([{ extensions: { code: "LIMIT_EXCEEDED", count: 2 } }]);
    expect(extensions?.cost.upstreamCalls).toBe(3);
  });
});

describe("an operation's budget of rupees", () => {
  it("stops the call that would go beyond it", async () => {
    await using modest = await startTestService({ ...eko.env, AAY_RUPEE_BUDGET: "5" });
    const pans = Array.from({ length: 5 }, (_, at) => `ZZZPV${5_000 + at}C`);
    const operation = "query ($pans: [Pan!]!) { taxpayers(pans: $pans) { compliance { standing } } }";
    const { errors, extensions } = await modest.ask(operation, { pans });
    expect(errors).toMatchObject([{ extensions: { code: "LIMIT_EXCEEDED", count: 3 } }]);
    expect(errors?.[0]?.message).toContain("At most 5 rupees");
    expect(extensions?.cost).toMatchObject({ upstreamCalls: 2, rupees: 4.08 });
  });
});

describe("stopping", () => {
  it("lets what is in flight finish", async () => {
    const asked = Promise.withResolvers<undefined>();
    const gate = Promise.withResolvers<undefined>();
    await using stopped = await startTestService({ ...eko.env });
    eko.reply = async (each) => {
      asked.resolve(undefined);
      await gate.promise;
      return onRecord(each);
    };
    const question = stopped.ask(ComplianceDocument, { pan });
    await asked.promise;
    const stop = stopped.service.stop("test");
    expect((await fetch(`${stopped.url}/health/ready`).catch(() => ({ status: "refused" }))).status).not.toBe(200);
    gate.resolve(undefined);
    expect((await question).data?.taxpayer.compliance?.standing).toBe("COMPLIANT");
    expect(await stop).toBe(true);
  });
});

describe("the metrics of the store", () => {
  it("show what may stop", async () => {
    const text = await (await service.fetch("/metrics")).text();
    expect(text).toMatch(/^aaygraph_store_listening 1$/m);
    expect(text).toMatch(/^aaygraph_store_replicated 0$/m);
    expect(text).toMatch(/^aaygraph_processes 1$/m);
    expect(text).toMatch(/^aaygraph_store_connections\{state="waiting"\} 0$/m);
    expect(text).toMatch(/^aaygraph_session_overdue_seconds [\d.]+$/m);
    expect(text).toMatch(/^aaygraph_sweep_age_seconds [\d.]+$/m);
  });
});

describe("a database that is gone", () => {
  async function post() {
    const body = JSON.stringify({ query: print(ComplianceDocument), variables: { pan } });
    const headers = { "content-type": "application/json" };
    const response = await service.fetch("/graphql", { method: "POST", headers, body });
    return { status: response.status, answer: (await response.json()) as GraphAnswer<unknown> };
  }

  it("is told to callers until it is back", async () => {
    const health = async (path: string) => (await fetch(`${service.url}/health/${path}`)).status;
    let isOver = false;
    const seen: Awaited<ReturnType<typeof post>>[] = [];
    const lives: number[] = [];
    const readies: number[] = [];
    const callers = Array.from({ length: 4 }, async () => {
      while (!isOver) {
        seen.push(await post());
        lives.push(await health("live"));
        readies.push(await health("ready"));
      }
    });
    await service.killDatabase();
    while (!seen.some(({ status }) => status === 503) || (await health("ready")) !== 200) await post();
    isOver = true;
    await Promise.all(callers);
    for (const { answer } of seen.filter(({ status }) => status !== 200)) {
      expect(answer.errors?.[0]?.extensions).toMatchObject({
        ...{ code: "STORE_UNAVAILABLE", blame: "US", retryable: true, retryAfterSeconds: 2 },
      });
    }
    expect(new Set(lives)).toEqual(new Set([200]));
    expect(new Set(readies)).toEqual(new Set([200, 503]));
    expect((await post()).status).toBe(200);
    expect(service.log.filter((line) => line.includes('"store away"'))).toHaveLength(1);
    expect(service.log.filter((line) => line.includes("fault masked"))).toEqual([]);
  });
});
