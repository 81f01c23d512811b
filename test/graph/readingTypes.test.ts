import { buildSubgraphSchema, type GraphQLResolverMap } from "@apollo/subgraph";
import { printSchemaWithDirectives } from "@graphql-tools/utils";
import { buildSchema, findBreakingChanges, isObjectType, parse, specifiedDirectives } from "graphql";
import { compileQuery, isCompiledQuery } from "graphql-jit";
import { buildSchemaSync, createResolversMap } from "type-graphql";
import { fromPaise } from "../../src/domain/rupees";
import type { Scope } from "../../src/graph/access";
import type { AnsweredDocument } from "../../src/graph/selection/gathered";
import { FilingDocumentResolver } from "../../src/graph/filing/filingDocument";
import { ProfileResolver } from "../../src/graph/taxpayer/profile";
import { sensitiveDirective } from "../../src/graph/authorization/sensitive";
import { createEvents } from "../../src/kernel/events";
import { testFiling, testPersona } from "../support/persona";
import { absentBy, failedBy, foundBy, gather, notConnected, taxpayerId } from "./gathering";
import { readingContract } from "./readingContract";
import { StandInResolver, type StandInContext } from "./standInTaxpayer";

const plain = buildSchemaSync({
  resolvers: [StandInResolver, ProfileResolver, FilingDocumentResolver],
  directives: [...specifiedDirectives, sensitiveDirective],
  skipCheck: true,
  validate: false,
});
const sdl = printSchemaWithDirectives(plain);
const federation =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requiresScopes"])';
const made = createResolversMap(plain);
const schema = buildSubgraphSchema([
  {
    typeDefs: parse(`${federation}\n\n${sdl}`),
    // Compiled operations cannot wait for the name of a type.
    resolvers: {
      ...made,
      Node: { __resolveType: ({ __typename }: { __typename: string }) => __typename },
    } as GraphQLResolverMap,
  },
]);

const persona = testPersona();

interface Circumstances {
  readonly gathered?: readonly AnsweredDocument[];
  readonly scopes?: readonly Scope[];
}

type Noted = Parameters<StandInContext["trail"]["record"]>[number];

/** Asks the way the service does: compiled. */
async function ask(query: string, { gathered = [], scopes = [] }: Circumstances) {
  const revealed: string[] = [];
  const events = createEvents();
  events.on("pii revealed", (facts) => revealed.push(JSON.stringify(facts)));
  const access = { tenant: "acme", subject: "tests", scopes: new Set(scopes), expiresAtMs: Infinity };
  const noted: Noted[] = [];
  const trail = { record: (...acts: readonly Noted[]) => Promise.resolve(void noted.push(...acts)) };
  const context: StandInContext = { requestId: "1", gathered, access, events, trail };
  const compiled = compileQuery(schema, parse(query));
  if (!isCompiledQuery(compiled)) throw new Error("This query is not valid.");
  const { data, errors } = await compiled.query(undefined, context, {});
  const faults = errors?.map(({ message, path }) => ({ message, path: path?.join(".") }));
  // As a client reads it: prototypes and undefined properties are gone.
  return { taxpayer: (JSON.parse(JSON.stringify(data)) as { taxpayer: unknown }).taxpayer, faults, revealed, noted };
}

describe("the types of the reading side", () => {
  it("keep what was agreed with others", () => {
    expect(findBreakingChanges(buildSchema(readingContract), schema)).toEqual([]);
  });

  it("make an entity of a filing", () => {
    expect(sdl).toContain('type Filing implements Node @key(fields: "id")');
  });

  const known = ["Taxpayer", "Query", "ComplianceStatus", "Provenance"];
  const ours = Object.values(plain.getTypeMap()).filter(
    (type) => isObjectType(type) && !type.name.startsWith("__") && !known.includes(type.name),
  );

  it.each(ours.map(({ name }) => name))("describe %s with each of its fields", (name) => {
    const type = plain.getType(name);
    expect(type?.description).toBeTruthy();
    const fields = isObjectType(type) ? Object.values(type.getFields()) : [];
    // What an interface says of its field is said there.
    expect(fields.filter(({ description }) => !description).map((field) => field.name)).toEqual([]);
  });
});

describe("an amount on the wire", () => {
  it("is a number of rupees, paise and all", async () => {
    const filing = testFiling(2024, { totalIncome: fromPaise(12_500_050), demand: fromPaise(-1), deductions: null });
    const gathered = [gather("FILINGS", 2024, foundBy("KWIKID", [filing]))];
    const query =
      '{ taxpayer { filing(assessmentYear: "2025-26") { totalIncome demand deductions incomeHeads { total } } } }';
    expect((await ask(query, { gathered })).taxpayer).toEqual({
      filing: { totalIncome: 125_000.5, demand: -0.01, deductions: null, incomeHeads: { total: 912_345 } },
    });
  });
});

describe("the list of filings", () => {
  const query =
    "{ taxpayer { id filings(first: 2) { edges { cursor node { id } } nodes { id effective } pageInfo { hasNextPage } } } }";

  it("comes in pages", async () => {
    const [revised, original, older] = persona.filings;
    const gathered = [
      gather("FILINGS", 2024, foundBy("DEEPVUE", [original!, revised!])),
      gather("FILINGS", 2023, foundBy("DEEPVUE", [older!])),
    ];
    const { taxpayer, faults } = await ask(query, { gathered });
    const id = expect.stringMatching(/^fl_/) as string;
    expect(faults).toBeUndefined();
    expect(taxpayer).toMatchObject({
      filings: {
        edges: [{ cursor: id }, { cursor: id }],
        nodes: [
          { id, effective: true },
          { id, effective: false },
        ],
        pageInfo: { hasNextPage: true },
      },
    });
  });

  it("leaves the rest of the answer standing where its source failed", async () => {
    const gathered = [gather("FILINGS", 2024, failedBy("KWIKID", "PORTAL_UNAVAILABLE"))];
    const { taxpayer, faults } = await ask(query, { gathered });
    expect(taxpayer).toMatchObject({ id: expect.any(String) as string, filings: { edges: null, nodes: null } });
    expect(faults?.map(({ path }) => path)).toEqual(["taxpayer.filings.edges", "taxpayer.filings.nodes"]);
  });

  it("is null without a failure where nobody is connected", async () => {
    const { taxpayer, faults } = await ask(query, { gathered: [gather("FILINGS", 2024, notConnected("KWIKID"))] });
    expect(taxpayer).toMatchObject({ filings: { edges: null, nodes: null, pageInfo: { hasNextPage: false } } });
    expect(faults).toBeUndefined();
  });

  it("is empty where there is none", async () => {
    const { taxpayer } = await ask(query, { gathered: [gather("FILINGS", 2024, absentBy("KWIKID"))] });
    expect(taxpayer).toMatchObject({ filings: { edges: [], nodes: [] } });
  });
});

describe("a null document", () => {
  it("carries its failure at its own path", async () => {
    const { taxpayer, faults } = await ask("{ taxpayer { profile { name } demands { amount } } }", {
      gathered: [
        gather("PROFILE", undefined, failedBy("KWIKID", "PROVIDER_TIMEOUT")),
        gather("DEMANDS", undefined, absentBy("FINPASS")),
      ],
    });
    expect(taxpayer).toEqual({ profile: null, demands: [] });
    expect(faults?.map(({ path }) => path)).toEqual(["taxpayer.profile"]);
  });
});

describe("how to reach a taxpayer", () => {
  const gathered = [gather("PROFILE", undefined, foundBy("DEEPVUE", persona.profile))];
  const whole = "{ taxpayer { profile { email(reveal: true) mobile(reveal: true) } } }";

  it("is masked", async () => {
    const { taxpayer, revealed } = await ask("{ taxpayer { profile { email mobile aadhaar } } }", { gathered });
    expect(taxpayer).toEqual({
      profile: { email: "a***@example.com", mobile: "XXXXXX0001", aadhaar: persona.profile.aadhaar },
    });
    expect(revealed).toEqual([]);
  });

  it("is refused whole without the scope for it", async () => {
    const answer = await ask(whole, { gathered, scopes: ["income:read"] });
    expect(answer.taxpayer).toEqual({ profile: { email: null, mobile: null } });
    expect(answer.faults?.map(({ path }) => path)).toEqual(["taxpayer.profile.email", "taxpayer.profile.mobile"]);
    expect(JSON.stringify(answer)).not.toContain("asha@example.com");
  });

  it("is whole with the scope for it", async () => {
    const { taxpayer } = await ask(whole, { gathered, scopes: ["pii:reveal"] });
    expect(taxpayer).toEqual({ profile: { email: "asha@example.com", mobile: "9800000001" } });
  });

  it("leaves a trace without itself where it is revealed", async () => {
    const { revealed } = await ask(whole, { gathered, scopes: ["pii:reveal"] });
    expect(revealed.map((facts) => (JSON.parse(facts) as { field: string }).field)).toEqual([
      "Profile.email",
      "Profile.mobile",
    ]);
    expect(revealed.join()).not.toMatch(/asha|98000/);
  });

  it("is on record by its field where it is revealed", async () => {
    const { noted } = await ask(whole, { gathered, scopes: ["pii:reveal"] });
    expect(noted).toEqual([
      { kind: "REVEALED", taxpayerIds: [taxpayerId], fields: ["Profile.email(reveal)"] },
      { kind: "REVEALED", taxpayerIds: [taxpayerId], fields: ["Profile.mobile(reveal)"] },
    ]);
  });

  it("is on record as refused where the scope is wanting", async () => {
    const { noted } = await ask(whole, { gathered, scopes: ["income:read"] });
    expect(noted).toMatchObject([
      { kind: "REFUSED", code: "FORBIDDEN" },
      { kind: "REFUSED", code: "FORBIDDEN" },
    ]);
  });

  it("leaves no trace where there was nothing to reveal", async () => {
    const silent = [gather("PROFILE", undefined, foundBy("DEEPVUE", { aadhaarLink: { linked: null } }))];
    const { taxpayer, revealed } = await ask(whole, { gathered: silent, scopes: ["pii:reveal"] });
    expect(taxpayer).toEqual({ profile: { email: null, mobile: null } });
    expect(revealed).toEqual([]);
  });
});
