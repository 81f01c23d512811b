import { openStandInEko, onRecord, type StandInEko } from "../support/standInEko";
import { startTestService, type TestService } from "../support/service";

let eko: StandInEko;
let service: TestService;

beforeAll(async () => {
  eko = await openStandInEko();
  eko.reply = (pan) => onRecord(pan);
  service = await startTestService({ ...eko.env });
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await eko[Symbol.asyncDispose]();
});

const query = "query Known($pan: Pan!) { taxpayer(pan: $pan) { pan compliance { standing } } }";

/** All that a client sees of an answer, without what is another in each. */
async function seen(body: object, headers: Record<string, string> = {}, scopes?: string[]) {
  const response = await service.fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
    ...(scopes && { caller: { scopes } }),
  });
  const text = (await response.text()).replaceAll(/"requestId":"[^"]+"/g, `"requestId":""`);
  const names = ["content-type", "cache-control", "x-content-type-options"];
  return { status: response.status, headers: names.map((name) => response.headers.get(name)), text };
}

/** The first time Apollo answers it; from the second time on it is known. */
async function twice(...asked: Parameters<typeof seen>) {
  const first = await seen(...asked);
  return [first, await seen(...asked)] as const;
}

describe("an operation that is asked again", () => {
  const variables = { pan: "ZZZPK1001A" };

  it("is answered as it was the first time", async () => {
    await seen({ query, variables });
    const [first, second] = await twice({ query: `${query} #`, variables });
    expect(second).toEqual(first);
    expect(JSON.parse(second.text)).toMatchObject({ data: { taxpayer: { pan: "ZZZPK****A" } } });
  });

  it.each(["application/json", "application/graphql-response+json", "*/*", "text/html"])(
    "is answered to whoever accepts %s as it was the first time",
    async (accept) => {
      await seen({ query, variables });
      const [first, second] = await twice({ query: `${query} # ${accept}`, variables }, { accept });
      expect(second).toEqual(first);
    },
  );

  it.each([
    ["a variable that is missing", { variables: {} }],
    ["variables of no kind", { variables: [] }],
    ["the name of no operation", { variables, operationName: "Unknown" }],
    ["a PAN that is none", { variables: { pan: "nobody" } }],
    ["an extension that is not supported", { variables, extensions: { persistedQuery: { version: 1 } } }],
  ])("is refused for %s in the words of the first time", async (_reason, body) => {
    const unknown = await seen({ query: `${query} # never answered`, ...body });
    await seen({ query, variables });
    expect(await seen({ query, ...body })).toEqual(unknown);
  });

  it("is refused to a caller without the scope", async () => {
    await seen({ query, variables });
    const { text } = await seen({ query, variables }, {}, ["ops:read"]);
    expect(JSON.parse(text)).toMatchObject({ data: null, errors: [{ extensions: { code: "FORBIDDEN" } }] });
  });

  it("is logged each time", async () => {
    const text = "query Logged($pan: Pan!) { taxpayer(pan: $pan) { pan } }";
    await twice({ query: text, variables });
    const lines = service.log.map((line) => JSON.parse(line) as { msg: string; operationName?: string });
    const ends = lines.filter(({ msg, operationName }) => msg === "operation ended" && operationName === "Logged");
    expect(ends).toMatchObject(Array(2).fill({ kind: "query", faults: [] }));
  });

  it("is run once where it fails", async () => {
    const askedBefore = eko.askedPans.length;
    const text =
      "query ($pan: Pan!) { taxpayer(pan: $pan) { compliance(maxAgeSeconds: 0) { standing } } taxpayers(pans: []) { pan profile { name } } }";
    await seen({ query: text, variables });
    eko.reply = () => ({
      body: { status: 1, response_status_id: 1, message: "Source unavailable. Please try again." },
    });
    const failing = await seen({ query: text, variables: { pan: "ZZZPK1002A" } });
    eko.reply = (pan) => onRecord(pan);
    const again = await seen({ query: text, variables });
    expect(failing.text).toContain('"errors"');
    expect(again.text).not.toContain('"errors"');
    expect(eko.askedPans.slice(askedBefore).filter((pan) => pan === variables.pan)).toHaveLength(2);
  });
});
