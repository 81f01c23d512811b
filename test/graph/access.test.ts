import { startTestService, type TestService } from "../support/service";
import { ComplianceDocument, TaxpayerByIdDocument } from "../../packages/client/src/operations";

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

const pan = "ZZZPA1001A";

describe("a scope that is missing", () => {
  it("refuses the field and names the scope, before anything is spent", async () => {
    const { data, errors, extensions } = await service.ask(
      ComplianceDocument,
      { pan: "ZZZPS4001C" },
      { scopes: ["income:read"] },
    );
    expect(data?.taxpayer.compliance).toBeNull();
    expect(errors).toHaveLength(1);
    expect(errors?.[0]).toMatchObject({
      path: ["taxpayer", "compliance"],
      message: expect.stringContaining("compliance:read") as string,
      extensions: { code: "FORBIDDEN", blame: "CALLER" },
    });
    expect(extensions?.cost.upstreamCalls).toBe(0);
  });

  it("refuses every taxpayer to a caller who may read nothing of them", async () => {
    const { data, errors } = await service.ask(ComplianceDocument, { pan }, { scopes: ["ops:read"] });
    expect(data).toBeNull();
    expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  });

  it("keeps a PAN masked even where it is asked to be revealed", async () => {
    const operation = "query ($pan: Pan!) { taxpayer(pan: $pan) { pan(reveal: true) } }";
    const refused = await service.ask(operation, { pan }, { scopes: ["income:read"] });
    expect(refused.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    expect(JSON.stringify(refused)).not.toContain(pan);
    const allowed = await service.ask(operation, { pan }, { scopes: ["income:read", "pii:reveal"] });
    expect(allowed.data).toEqual({ taxpayer: { pan } });
    expect(service.log.some((line) => line.includes("pii revealed"))).toBe(true);
  });

  it("does not keep anyone from seeing who the providers are", async () => {
    const { errors } = await service.ask("{ providers { id } }", {}, { scopes: [] });
    expect(errors).toBeUndefined();
  });
});

describe("a taxpayer's id", () => {
  it("reads the taxpayer again", async () => {
    const id = (await service.ask(ComplianceDocument, { pan })).data?.taxpayer.id ?? "";
    const { data } = await service.ask(TaxpayerByIdDocument, { id });
    expect(data?.node).toMatchObject({ id, pan: "ZZZPA****A", compliance: { standing: "COMPLIANT" } });
  });

  it("is another one for another tenant", async () => {
    const ids = await Promise.all(
      ["one", "two"].map(
        async (tenant) => (await service.ask(ComplianceDocument, { pan }, { tenant })).data?.taxpayer.id,
      ),
    );
    expect(new Set(ids).size).toBe(2);
  });

  it("of another tenant gets the very answer that no taxpayer gets", async () => {
    const id = (await service.ask(ComplianceDocument, { pan }, { tenant: "one" })).data?.taxpayer.id ?? "";
    const answers = await Promise.all(
      [id, "tp_AAAAAAAAAAAAAAAAAAAAAA", "nonsense"].map((each) =>
        service.ask(TaxpayerByIdDocument, { id: each }, { tenant: "two" }),
      ),
    );
    for (const { data, errors } of answers) {
      expect(data).toEqual({ node: null });
      expect(errors?.[0]?.extensions.code).toBe("NOT_FOUND");
    }
  });

  it("is a key by which a router resolves many at once", async () => {
    const pans = ["ZZZPA1001A", "ZZZPA1002B", "ZZZPK7001C"];
    const { data } = await service.ask<{ taxpayers: { id: string }[] }, unknown>(
      "query ($pans: [Pan!]!) { taxpayers(pans: $pans) { id } }",
      { pans },
    );
    const representations = data?.taxpayers.map(({ id }) => ({ __typename: "Taxpayer", id }));
    const entities = await service.ask(
      "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Taxpayer { id compliance { itrFiled } } } }",
      { r: [...(representations ?? []), { __typename: "Taxpayer", id: "tp_unknown" }] },
    );
    expect(entities.data).toEqual({
      _entities: [
        ...[true, false, true].map((itrFiled, at) => ({ id: data?.taxpayers[at]?.id, compliance: { itrFiled } })),
        null,
      ],
    });
    expect(entities.errors).toHaveLength(1);
  });
});

describe("the list of PANs", () => {
  const operation = "query ($pans: [Pan!]!) { taxpayers(pans: $pans) { pan } }";
  const pans = (count: number) => Array.from({ length: count }, (_, at) => `ZZZPN${4_000 + at}C`);

  it("may hold a hundred, answered in their order", async () => {
    const asked = ["ZZZPB1111B", ...pans(98), "ZZZPB1111B"];
    const { data } = await service.ask(operation, { pans: asked });
    expect(data).toEqual({ taxpayers: asked.map((each) => ({ pan: `${each.slice(0, 5)}****${each.slice(-1)}` })) });
  });

  it("may be empty", async () => {
    expect((await service.ask(operation, { pans: [] })).data).toEqual({ taxpayers: [] });
  });

  it.each([
    ["more than a hundred", pans(101)],
    ["one that is malformed", [...pans(3), "CANARY"]],
  ])("is refused whole when it holds %s, by the argument's name", async (_title, asked) => {
    const answer = await service.ask(operation, { pans: asked });
    expect(answer.data).toBeNull();
    expect(answer.errors).toHaveLength(1);
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: "BAD_INPUT", field: "pans" });
    expect(JSON.stringify(answer)).not.toContain("CANARY");
  });

  it("forgives blanks around a PAN, and lower case", async () => {
    expect((await service.ask(operation, { pans: [" zzzpa1001a "] })).data).toEqual({
      taxpayers: [{ pan: "ZZZPA****A" }],
    });
  });

  it("lets the vendors' own samples in, in the sandbox", async () => {
    expect((await service.ask(ComplianceDocument, { pan: "ABCDE1234F" })).data?.taxpayer).toMatchObject({
      holderType: "UNKNOWN",
      compliance: { assessmentYear: "2024-25", acknowledgementNumber: "123456789012345" },
    });
  });
});
