import { startTestService, type TestService } from "../support/service";
import { open, openInput, orderFault, watch, whenSettled } from "../support/sessionCaller";

let service: TestService;

beforeAll(async () => {
  service = await startTestService({ DEEPVUE_CALL_LIMITS: "2/s" });
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

interface Facts {
  readonly taxpayer: {
    readonly filings: { readonly nodes: readonly unknown[] | null } | null;
  };
  readonly sessions: { readonly nodes: readonly { readonly state: string }[] };
}

const factsQuery = `query ($pan: Pan!) {
  taxpayer(pan: $pan) { filings { nodes { form } } }
  sessions(pan: $pan) { nodes { state } }
}`;

describe("a login whose documents take several seconds", () => {
  it("shows the first of them while it is still PROCESSING", async () => {
    const input = openInput({ provider: "DEEPVUE", documents: ["FILINGS", "TAX_CREDITS"], years: 3 });
    const opening = open(service, input);
    let facts: Facts | undefined;
    do {
      facts = (await service.ask<Facts, object>(factsQuery, { pan: input.pan })).data ?? undefined;
    } while ((facts?.taxpayer.filings?.nodes?.length ?? 0) === 0);
    expect(facts?.sessions.nodes).toEqual([{ state: "PROCESSING" }]);
    expect((await whenSettled(service, (await opening).id)).state).toBe("READY");
  });
});

describe("a document that fails for a while", () => {
  it("comes later by itself, to a session that is READY with the others", async () => {
    await orderFault(service, { vendor: "DEEPVUE", operation: "ais-download", fault: "STATUS", status: 503, times: 1 });
    const input = openInput({ provider: "DEEPVUE", documents: ["FILINGS", "INFORMATION_STATEMENT"], years: 1 });
    const { id } = await open(service, input);
    const problems: unknown[] = [];
    for await (const { state, problem } of watch(service, id)) {
      if (state !== "READY") continue;
      problems.push(problem?.code ?? null);
      if (problem === null) break;
    }
    expect(problems).toEqual(["PROVIDER_UNAVAILABLE", null]);
  });
});
