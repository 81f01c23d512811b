import type { Pan } from "../../../src/domain/identifiers";
import { manualClock } from "../../../src/kernel/clock";
import type { FaultCode } from "../../../src/kernel/fault";
import { eko } from "../../../src/providers/eko";
import { connectEko } from "../../../src/providers/eko/client";
import { secretKey } from "../../../src/providers/eko/credentials";
import type { Transport, UpstreamReply, UpstreamRequest } from "../../../src/providers/provider";
import { jumpingClock } from "../../../src/sandbox/clock";
import { openSandbox } from "../../../src/sandbox/host";
import { createTransport } from "../../../src/upstream/transport";
import { credentialsOf } from "../../support/credentials";
import { documented, reply } from "./replies";

const nowMs = 1_790_000_000_000;
const pan = "ABCDE1234F" as Pan;
const staying = new AbortController().signal;

function connect(transport: Transport, credentials = credentialsOf(eko.settings.sandbox)) {
  const clock = manualClock(nowMs);
  const outcomes: string[] = [];
  const notUsed = (): never => {
    throw new Error("Eko has no files and makes no tokens");
  };
  const client = connectEko({
    transport,
    clock,
    credentials,
    operation: (name) => async (signal, call) => {
      const ending = call(signal);
      await ending.then(
        () => outcomes.push(`${name} OK`),
        (thrown: unknown) => outcomes.push(`${name} ${(thrown as { code?: string }).code ?? ""}`),
      );
      return ending;
    },
    countUnknownFields: () => undefined,
    fetchFile: notUsed,
    sharedSecret: notUsed,
  });
  return { outcomes, clock, ask: (about = pan, signal = staying) => client.ask("COMPLIANCE", about, signal) };
}

function recording(answered: UpstreamReply) {
  const requests: UpstreamRequest[] = [];
  const transport: Transport = {
    send: (request) => {
      requests.push(request);
      return Promise.resolve(answered);
    },
  };
  return { requests, transport };
}

describe("what is sent to Eko", () => {
  it("is one signed request", async () => {
    const { requests, transport } = recording(reply(documented.filed));
    await connect(transport).ask();
    expect(requests).toEqual([
      {
        method: "POST",
        path: "/tools/kyc/touras/itr-compliance",
        headers: {
          "content-type": "application/json",
          developer_key: "sandbox-developer-key",
          "secret-key": secretKey("sandbox-access-key", String(nowMs)),
          "secret-key-timestamp": String(nowMs),
        },
        body: JSON.stringify({ initiator_id: "9000000000", pan_number: pan }),
      },
    ]);
  });

  it("names the user code where one is configured", async () => {
    const { requests, transport } = recording(reply(documented.filed));
    await connect(transport, credentialsOf({ ...eko.settings.sandbox, EKO_USER_CODE: "20810200" })).ask();
    expect(JSON.parse(requests[0]?.body ?? "")).toMatchObject({ user_code: "20810200" });
  });

  it("is signed anew for each call", async () => {
    const { requests, transport } = recording(reply(documented.filed));
    const { ask, clock } = connect(transport);
    await ask();
    clock.advance(1);
    await ask();
    expect(new Set(requests.map(({ headers }) => headers["secret-key"])).size).toBe(2);
  });
});

describe("a call to Eko", () => {
  it.each<[string, UpstreamReply, FaultCode]>([
    ["a source that is down", reply(documented.sourceDown), "PORTAL_UNAVAILABLE"],
    ["a refused PAN", reply(documented.badPan), "BAD_INPUT"],
    ["a refused signature", reply(documented.unauthorized, 403), "PROVIDER_REJECTED_US"],
    ["a page", reply("<html></html>"), "PROVIDER_BAD_RESPONSE"],
    ["the answer about another PAN", reply(documented.filed), "PROVIDER_BAD_RESPONSE"],
  ])("fails by what was said, though a reply came: %s", async (what, answered, code) => {
    const { ask, outcomes } = connect(recording(answered).transport);
    const about = what.endsWith("another PAN") ? ("ZZZPA1234C" as Pan) : pan;
    await expect(ask(about)).rejects.toMatchObject({ code, context: { provider: "EKO" } });
    expect(outcomes).toEqual([`itr-compliance ${code}`]);
  });

  it("succeeds when there is no record", async () => {
    const { ask, outcomes } = connect(recording(reply(documented.noRecord)).transport);
    expect((await ask()).outcome).toBe("ABSENT");
    expect(outcomes).toEqual(["itr-compliance OK"]);
  });

  it("hands its signal to the road", async () => {
    const hanging: Transport = {
      send: (_request, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => {
            reject(signal.reason as Error);
          });
        }),
    };
    const caller = new AbortController();
    const outcome = expect(connect(hanging).ask(pan, caller.signal)).rejects.toThrow("gone");
    caller.abort(new Error("gone"));
    await outcome;
  });
});

describe("Eko's client beside Eko's simulator", () => {
  it.each([
    ["ABCDE1234F", { outcome: "FOUND", value: { itrFiled: true, incomeYear: 2023 } }],
    ["ZZZPA1002B", { outcome: "FOUND", value: { itrFiled: false, filingStatus: "NOT_FILED" } }],
    ["ZZZPA1003C", { outcome: "ABSENT", fault: { code: "PAN_NOT_FOUND" } }],
    ["ZZZPA1005E", { outcome: "FOUND", value: { standing: "PENDING", filingStatus: "UNDER_PROCESSING" } }],
    ["ZZZPA1006F", { outcome: "FOUND", value: { standing: "NON_COMPLIANT", filingStatus: "DEFECTIVE" } }],
  ])("finds out about %s over the wire", async (about, answer) => {
    const credentials = credentialsOf(eko.settings.sandbox);
    await using sandbox = await openSandbox([{ provider: eko, credentials }], jumpingClock(manualClock(nowMs)));
    await using transport = createTransport("EKO", sandbox.baseUrl(eko), 1);
    expect(await connect(transport).ask(about as Pan)).toMatchObject(answer);
  });

  it("is refused with another access key", async () => {
    const credentials = credentialsOf(eko.settings.sandbox);
    await using sandbox = await openSandbox([{ provider: eko, credentials }], jumpingClock(manualClock(nowMs)));
    await using transport = createTransport("EKO", sandbox.baseUrl(eko), 1);
    const wrong = credentialsOf({ ...eko.settings.sandbox, EKO_ACCESS_KEY: "another" });
    await expect(connect(transport, wrong).ask()).rejects.toMatchObject({ code: "PROVIDER_REJECTED_US" });
  });
});
