import { askBy, roads, type Asked } from "../support/roads";
import { startTestService, type TestService } from "../support/service";

const misspelt: Record<string, Asked> = {
  field: { query: "{ provider { id } }" },
  argument: { query: '{ taxpayer(pam: "x") { id } }' },
  type: { query: "{ node(id: 1) { ... on Taxpayr { id } } }" },
  "member of an enum": { query: "{ sessions(states: [REDY]) { nodes { id } } }" },
  "member of an enum in a variable": {
    query: "query ($states: [SessionState!]) { sessions(states: $states) { nodes { id } } }",
    variables: { states: ["REDY"] },
  },
  "field of an input in a variable": {
    query: "query ($input: SessionInput!) { __typename @include(if: $input) }",
    variables: { input: { sesionId: "x" } },
  },
};

let open: TestService;
let closed: TestService;

beforeAll(async () => {
  [open, closed] = await Promise.all([startTestService(), startTestService({ AAY_INTROSPECTION: "off" })]);
});

afterAll(async () => {
  await Promise.all([open[Symbol.asyncDispose](), closed[Symbol.asyncDispose]()]);
});

describe.each(roads)("over %s", (road) => {
  it.each(Object.keys(misspelt))(
    "a misspelt %s is told without a suggestion where the schema is not to be read",
    async (name) => {
      const { errors } = await askBy(road, closed, misspelt[name]!);
      expect(errors?.length).toBeGreaterThan(0);
      expect(JSON.stringify(errors)).not.toContain("Did you mean");
    },
  );

  it("a misspelt field is told with a suggestion where the schema may be read", async () => {
    const { errors } = await askBy(road, open, misspelt.field!);
    expect(JSON.stringify(errors)).toContain("Did you mean");
  });
});
