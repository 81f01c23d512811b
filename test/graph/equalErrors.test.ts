import { GraphQLError } from "graphql";
import { withEqualErrorsOnce } from "../../src/graph/execution/operations";
import { Fault } from "../../src/kernel/fault";
import { ComplianceDocument, ComplianceOfManyDocument } from "../../packages/client/src/operations";
import { startTestService, type TestService } from "../support/service";

const pans = Array.from({ length: 100 }, (_, at) => `ZZZPE${1_000 + at}Q`);
const withoutCompliance = { scopes: ["income:read"] };

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

describe("a failure that is the same for a hundred taxpayers", () => {
  it("is one error with its count, at the first place where it was met", async () => {
    const { data, errors } = await service.ask(ComplianceOfManyDocument, { pans }, withoutCompliance);
    expect(data?.taxpayers.map(({ compliance }) => compliance)).toEqual(pans.map(() => null));
    expect(errors).toMatchObject([
      { path: ["taxpayers", 0, "compliance"], extensions: { code: "FORBIDDEN", count: 100 } },
    ]);
  });

  it("says nothing of a count where it was met once", async () => {
    const { errors } = await service.ask(ComplianceDocument, { pan: pans[0]! }, withoutCompliance);
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.extensions).not.toHaveProperty("count");
  });
});

describe("failures that differ", () => {
  const timeout = new Fault("PROVIDER_TIMEOUT", { provider: "EKO" });
  const errorAt = (path: (string | number)[], fault: Fault = timeout) =>
    new GraphQLError(fault.message, { path, originalError: fault });

  it.each([
    ["their code", errorAt(["a", 1], new Fault("PROVIDER_UNAVAILABLE", { provider: "EKO" }))],
    ["their provider", errorAt(["a", 1], new Fault("PROVIDER_TIMEOUT", { provider: "KWIKID" }))],
    ["their message", errorAt(["a", 1], new Fault("PROVIDER_TIMEOUT", { provider: "EKO", hint: "Please wait." }))],
    ["their field", errorAt(["b", 1])],
    ["how deep they are", errorAt(["a", 1, 1])],
  ])("stay apart by %s", (_what, other) => {
    expect(withEqualErrorsOnce({ errors: [errorAt(["a", 0]), other] }).errors).toHaveLength(2);
  });

  it("stay in the order in which they were met", () => {
    const errors = [errorAt(["b", 0]), errorAt(["a", 0]), errorAt(["b", 1])];
    expect(withEqualErrorsOnce({ errors }).errors?.map(({ path }) => path)).toEqual([
      ["b", 0],
      ["a", 0],
    ]);
  });
});
