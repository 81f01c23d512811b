import { openInput } from "../support/sessionCaller";
import { askBy, roads, type Road } from "../support/roads";
import { startTestService, type TestService } from "../support/service";

const canary = "canary-7f3a";

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
});

afterAll(() => service[Symbol.asyncDispose]());

describe.each(roads)("over %s a variable", (road) => {
  it.each([
    ["a number", "query ($n: Int! = 10) { sessions(first: $n) { nodes { id } } }"],
    ["a condition", "query ($no: Boolean! = false) { providers { id mode @include(if: $no) } }"],
    [
      "a year",
      'query ($year: AssessmentYear! = "2025-26") { taxpayer(pan: "ZZZPA1001A") { filing(assessmentYear: $year) { id } } }',
    ],
    ["a list", 'query ($pans: [Pan!]! = ["ZZZPA1001A"]) { taxpayers(pans: $pans) { id } }'],
    ["one value of a list", 'query ($pans: [Pan!]! = "ZZZPA1001A") { taxpayers(pans: $pans) { id } }'],
  ])("that must not be null takes its default: %s", async (_what, query) => {
    const { data, errors } = await askBy(road, service, { query });
    expect(errors).toBeUndefined();
    expect(data).not.toBeNull();
  });

  it("that is given is taken instead of its default", async () => {
    const query = "query ($no: Boolean! = false) { providers { mode @include(if: $no) } }";
    const { data } = await askBy(road, service, { query, variables: { no: true } });
    expect(data).toMatchObject({ providers: expect.arrayContaining([{ mode: expect.any(String) as string }]) as [] });
  });

  it.each([
    ["missing", {}],
    ["null", { n: null }],
  ])("of a type that is never null, without a default, is refused where it is %s", async (_what, variables) => {
    const query = "query ($n: Int!) { sessions(first: $n) { nodes { id } } }";
    const { data, errors } = await askBy(road, service, { query, variables });
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([
      { message: "The variable n is missing: Int! is required.", extensions: { code: "BAD_USER_INPUT", field: "n" } },
    ]);
  });

  it("with a default is refused where it is null all the same", async () => {
    const query = "query ($n: Int! = 10) { sessions(first: $n) { nodes { id } } }";
    const { errors } = await askBy(road, service, { query, variables: { n: null } });
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", field: "n" } }]);
  });
});

describe.each(roads)("over %s a variable that is null in spite of its default", (road) => {
  it.each([
    [
      "a field far inside",
      'query ($v: AssessmentYear = "2025-26") { taxpayer(pan: "ZZZPA1001A") { filing(assessmentYear: $v) { id } } }',
      "AssessmentYear!",
    ],
    [
      "a fragment",
      'query ($v: AssessmentYear = "2025-26") { taxpayer(pan: "ZZZPA1001A") { ...F } } fragment F on Taxpayer { filing(assessmentYear: $v) { id } }',
      "AssessmentYear!",
    ],
    ["a member of a list", 'query ($v: Pan = "ZZZPA1001A") { taxpayers(pans: [$v]) { id } }', "Pan!"],
    ["a condition", "query ($v: Boolean = true) { providers { id mode @include(if: $v) } }", "Boolean!"],
  ])("is refused by its name where null may not stand: %s", async (_what, query, type) => {
    const { data, errors } = await askBy(road, service, { query, variables: { v: null } });
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([
      {
        message: `The variable v is missing: ${type} is required.`,
        extensions: { code: "BAD_USER_INPUT", field: "v" },
      },
    ]);
  });

  it("stands where null may stand", async () => {
    const query = "query ($v: Int = 3) { sessions(first: $v) { nodes { id } } }";
    expect((await askBy(road, service, { query, variables: { v: null } })).errors).toBeUndefined();
  });
});

const openSession = "mutation ($input: OpenSessionInput!) { openSession(input: $input) { session { id } } }";
const watchSession = "subscription ($id: ID!) { sessionChanged(id: $id) { id } }";
const withoutKey = () => ({ ...openInput({ password: canary }), idempotencyKey: undefined });
const withConsent = (changes: object) => ({ ...openInput(), consent: { ...openInput().consent, ...changes } });

const mistakes: [string, () => unknown, string, string][] = [
  ["a field is missing", withoutKey, "input.idempotencyKey", "is missing: String! is required."],
  [
    "a field is null",
    () => ({ ...openInput({ password: canary }), password: null }),
    "input.password",
    "is missing: String! is required.",
  ],
  [
    "a field is of another type",
    () => ({ ...openInput({ password: canary }), years: canary }),
    "input.years",
    "is not valid: Int is wanted.",
  ],
  [
    "a member of a list is unknown",
    () => ({ ...openInput({ password: canary }), documents: ["FILINGS", canary] }),
    "input.documents[1]",
    "is not valid: DocumentKind! is wanted.",
  ],
  [
    "a field further in is no instant",
    () => withConsent({ startsAt: canary }),
    "input.consent.startsAt",
    "is not valid: DateTime! is wanted.",
  ],
  [
    "a field is not known",
    () => ({ ...openInput(), [canary]: canary }),
    "input",
    "is not valid: it has a field that OpenSessionInput does not know.",
  ],
  ["an object is a text", () => canary, "input", "is not valid: OpenSessionInput! is wanted."],
];

describe.each(roads.filter((road): road is Exclude<Road, "GET"> => road !== "GET"))("over %s a mutation", (road) => {
  it.each(mistakes)("where %s is refused by its path and the wanted type", async (_what, input, field, words) => {
    const { data, errors } = await askBy(road, service, {
      query: openSession,
      variables: { input: input() },
    });
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([
      {
        message: `The variable ${field} ${words}`,
        extensions: { code: "BAD_USER_INPUT", blame: "CALLER", retryable: false, field },
      },
    ]);
    expect(JSON.stringify([errors, service.log])).not.toContain(canary);
  });

  it("with several mistakes is told each of them", async () => {
    const { errors } = await askBy(road, service, { query: openSession, variables: { input: {} } });
    const fields = errors?.map(({ extensions }) => extensions.field);
    expect(fields).toEqual(expect.arrayContaining(["input.pan", "input.password", "input.idempotencyKey"]));
  });
});

it("a subscription whose variable is missing is refused by its path", async () => {
  const { errors } = await askBy("WebSocket", service, { query: watchSession, variables: {} });
  expect(errors).toMatchObject([
    { message: "The variable id is missing: ID! is required.", extensions: { code: "BAD_USER_INPUT", field: "id" } },
  ]);
});

it("a registered document with such a default is answered by its id", async () => {
  const query = "query ($n: Int! = 10) { sessions(first: $n) { nodes { id } } }";
  for (let time = 0; time < 3; time += 1) {
    expect(await askBy("POST", service, { query })).toMatchObject({ data: { sessions: { nodes: [] } } });
  }
});
