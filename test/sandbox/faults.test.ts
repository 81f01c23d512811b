import { simulatorFaults } from "../../src/providers/provider";
import { readFaultHeader, readFaultOrder } from "../../src/sandbox/faults";
import { answer, openSandboxUnderTest } from "./sandboxUnderTest";

describe("a fault asked for by header", () => {
  it.each<[string, number, string | null]>([
    ["STATUS", 500, null],
    ["STATUS; status=404", 404, null],
    ["RATE_LIMIT", 429, null],
    ["RATE_LIMIT; retryAfterSeconds=7", 429, "7"],
  ])("answers by status: %s", async (header, status, retryAfter) => {
    await using sandbox = await openSandboxUnderTest();
    const reply = await sandbox.call(header);
    expect([reply.status, reply.headers.get("retry-after")]).toEqual([status, retryAfter]);
  });

  it("sends a page with 200", async () => {
    await using sandbox = await openSandboxUnderTest();
    const reply = await sandbox.call("HTML");
    expect([reply.status, reply.headers.get("content-type")]).toEqual([200, "text/html"]);
    expect(await reply.text()).toContain("<h1>");
  });

  it("sends half of the JSON", async () => {
    await using sandbox = await openSandboxUnderTest();
    const text = await (await sandbox.call("TRUNCATED")).text();
    expect(text).toBe(JSON.stringify(answer).slice(0, Math.floor(JSON.stringify(answer).length / 2)));
  });

  it("hides a failure in 200", async () => {
    await using sandbox = await openSandboxUnderTest();
    const reply = await sandbox.call("FAILURE_WITH_200");
    expect(reply.status).toBe(200);
    expect(await reply.json()).toMatchObject({ success: false });
  });

  it("resets the connection", async () => {
    await using sandbox = await openSandboxUnderTest();
    await expect(sandbox.call("RESET")).rejects.toMatchObject({ cause: { code: "ECONNRESET" } });
  });

  it("hangs until the caller disconnects", async () => {
    await using sandbox = await openSandboxUnderTest();
    const caller = new AbortController();
    const call = sandbox.call("HANG", "/tools/check", caller.signal);
    const first = await Promise.race([call, sandbox.call()]);
    caller.abort(new Error("gone"));
    expect(await first.json()).toEqual(answer);
    await expect(call).rejects.toThrow("gone");
  });

  it("delays a whole reply", async () => {
    await using sandbox = await openSandboxUnderTest();
    const startedAtMs = performance.now();
    expect(await (await sandbox.call("LATENCY; delayMs=30")).json()).toEqual(answer);
    expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(28);
  });

  it("drips a whole reply", async () => {
    await using sandbox = await openSandboxUnderTest();
    expect(await (await sandbox.call("SLOW_DRIP; delayMs=0")).json()).toEqual(answer);
  });

  it("applies to that one call", async () => {
    await using sandbox = await openSandboxUnderTest();
    await sandbox.call("STATUS");
    expect((await sandbox.call()).status).toBe(200);
  });

  it("reaches a simulator that asks for it", async () => {
    await using sandbox = await openSandboxUnderTest((world) => ({
      status: 200,
      body: world.faultFor("job") ?? "none",
    }));
    const told = [await sandbox.call("stuck_job"), await sandbox.call()].map((reply) => reply.text());
    expect(await Promise.all(told)).toEqual(["STUCK_JOB", "none"]);
  });

  it("is refused when its name is unknown", async () => {
    await using sandbox = await openSandboxUnderTest();
    expect((await sandbox.call("GREMLINS")).status).toBe(400);
  });
});

describe("a posted fault", () => {
  it("applies to operations whose path ends with its text", async () => {
    await using sandbox = await openSandboxUnderTest();
    await sandbox.post("faults", { vendor: "EKO", operation: "/check", fault: "STATUS", status: 503 });
    const statuses = [await sandbox.call(), await sandbox.call(undefined, "/tools/other")].map(({ status }) => status);
    expect(statuses).toEqual([503, 200]);
  });

  it("does not apply to other vendors", async () => {
    await using sandbox = await openSandboxUnderTest();
    await sandbox.post("faults", { vendor: "KWIKID", fault: "STATUS" });
    expect((await sandbox.call()).status).toBe(200);
  });

  it("ends after its number of calls", async () => {
    await using sandbox = await openSandboxUnderTest();
    await sandbox.post("faults", { fault: "STATUS", times: 2 });
    const statuses = [await sandbox.call(), await sandbox.call(), await sandbox.call()].map(({ status }) => status);
    expect(statuses).toEqual([500, 500, 200]);
  });

  it("fails with the posted body", async () => {
    await using sandbox = await openSandboxUnderTest();
    const body = { status: 1, message: "No" };
    await sandbox.post("faults", { fault: "FAILURE_WITH_200", body });
    expect(await (await sandbox.call()).json()).toEqual(body);
  });

  it("is listed until it is removed", async () => {
    await using sandbox = await openSandboxUnderTest();
    const { id } = (await (await sandbox.post("faults", { fault: "RESET" })).json()) as { id: number };
    const list = async () => (await sandbox.control("faults")).json();
    expect(await list()).toMatchObject({ faults: [{ id, fault: "RESET", vendor: "*", operation: "*" }] });
    await sandbox.control(`faults?id=${id}`, { method: "DELETE" });
    expect(await list()).toEqual({ faults: [] });
  });

  it("is removed with all others when no id is named", async () => {
    await using sandbox = await openSandboxUnderTest();
    await sandbox.post("faults", { fault: "HANG" });
    await sandbox.post("faults", { fault: "RESET" });
    await sandbox.control("faults", { method: "DELETE" });
    expect((await sandbox.call()).status).toBe(200);
  });
});

const replyFaults = "LATENCY HANG RESET STATUS RATE_LIMIT HTML TRUNCATED FAILURE_WITH_200 SLOW_DRIP".split(" ");

describe("an order", () => {
  it.each([...replyFaults, ...simulatorFaults])("may name %s", (fault) => {
    expect(readFaultOrder({ fault })).toEqual({ vendor: "*", operation: "*", fault });
  });

  it.each<[string, unknown]>([
    ["fault", null],
    ["fault", {}],
    ["vendor", { fault: "HANG", vendor: "ACME" }],
    ["operation", { fault: "HANG", operation: 1 }],
    ["status", { fault: "STATUS", status: 200 }],
    ["delayMs", { fault: "LATENCY", delayMs: -1 }],
    ["times", { fault: "HANG", times: 0 }],
    ["retryAfterSeconds", { fault: "RATE_LIMIT", retryAfterSeconds: "soon" }],
  ])("is refused for a wrong %s", (member, order) => {
    expect(readFaultOrder(order)).toMatch(new RegExp(`^${member} must be`));
  });

  it("in a header may have settings", () => {
    expect(readFaultHeader("status; status=418")).toMatchObject({ fault: "STATUS", status: 418 });
  });

  it("in a header is refused for a setting that is no number", () => {
    expect(readFaultHeader("STATUS; status=")).toMatch(/^status must be/);
  });
});
