import { Client } from "pg";
import { startTestService, type GraphAnswer, type TestService } from "../support/service";
import { openStandInEko, onRecord, type StandInEko } from "../support/standInEko";
import { startSupergraph, type TestSupergraph } from "../support/supergraph";

// What is believed for a moment without a statement would make the count one of how much time has passed.
jest.mock("../../src/store/freshness", () => ({
  ...jest.requireActual<object>("../../src/store/freshness"),
  trustedForMs: 0,
}));

const applicants = Array.from({ length: 100 }, (_, at) => `ZZZPL${1_000 + at}C`);
const book = applicants.map((pan, at) => ({ id: `loan-${at}`, amount: 1_000 * (at + 1), pan }));
const [borrower = "", unlucky = ""] = applicants;
const allLoans = "{ loans { id applicant { id compliance { standing } } } }";

const running = new AsyncDisposableStack();
let eko: StandInEko;
let service: TestService;
let supergraph: TestSupergraph;

beforeAll(async () => {
  eko = running.use(await openStandInEko());
  service = running.use(await startTestService(eko.env));
  supergraph = running.use(await startSupergraph(service, book));
  await service.ask("query ($pans: [Pan!]!) { taxpayers(pans: $pans) { compliance { standing } } }", {
    pans: applicants,
  });
});

afterAll(() => running.disposeAsync());

beforeEach(() => {
  eko.reply = (pan) => onRecord(pan);
});

/** How many operations AayGraph answers meanwhile. */
async function operationsFor(work: () => Promise<unknown>): Promise<number> {
  const seen = service.log.length;
  await work();
  return service.log.slice(seen).filter((line) => line.includes('"operation ended"')).length;
}

/** How many statements read or write what is held of taxpayers; others, of work in the background, come when they will. */
async function statementsFor(work: () => Promise<unknown>): Promise<number> {
  const query = jest.spyOn(Client.prototype, "query");
  try {
    await work();
    const texts = query.mock.calls.map(([statement]) => (statement as unknown as { text?: string }).text ?? "");
    return texts.filter((text) => /aaygraph\.(subjects|answers)/.test(text)).length;
  } finally {
    query.mockRestore();
  }
}

describe.each(["@apollo/gateway", "Hive Gateway", "Hive, in Rust"])("through %s", (gateway) => {
  async function askGateway(query: string, token?: string): Promise<GraphAnswer<never>> {
    const response = await fetch(supergraph.urlByGateway.get(gateway) ?? "", {
      method: "POST",
      headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query }),
    });
    return (await response.json()) as never;
  }

  async function ask(query: string, scopes?: readonly string[]): Promise<GraphAnswer<never>> {
    return askGateway(query, await service.token(scopes && { scopes }));
  }

  it("a taxpayer has the loans that another subgraph knows of", async () => {
    const { data, errors } = await ask(`{ taxpayer(pan: "${borrower}") { pan loans { id amount } } }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ taxpayer: { pan: "ZZZPL****C", loans: [{ id: "loan-0", amount: 1_000 }] } });
  });

  it("insights are those of the service itself", async () => {
    const query = `{ taxpayer(pan: "${borrower}") { incomeInsights(policy: { name: "House", averaging: MEAN }, locale: HI) {
      policy { name digest averaging } assessable { amount state missing message } trace { step formula inputs }
    } } }`;
    const { data, errors } = await ask(query);
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ taxpayer: { incomeInsights: { assessable: { state: "NOT_POSSIBLE" } } } });
    expect(data).toEqual((await service.ask(query)).data);
  });

  it("each of a hundred applicants of another subgraph has a compliance standing", async () => {
    const { data, errors } = await ask("{ loans { id applicant { compliance { standing } } } }");
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      loans: book.map(({ id }) => ({ id, applicant: { compliance: { standing: "COMPLIANT" } } })),
    });
  });

  it("a hundred applicants cost one operation", async () => {
    expect(await operationsFor(() => ask(allLoans))).toBe(1);
  });

  it("a hundred applicants that are held cost one SQL statement", async () => {
    expect(await statementsFor(() => ask(allLoans))).toBe(1);
  });

  it("a failure keeps its code at its path", async () => {
    eko.reply = () => ({ body: "<html>" });
    const { data, errors } = await ask(
      `{ taxpayer(pan: "${unlucky}") { compliance(maxAgeSeconds: 0) { standing } loans { id } } }`,
    );
    expect(data).toEqual({ taxpayer: { compliance: null, loans: [{ id: "loan-1" }] } });
    expect(errors).toMatchObject([
      {
        message: "This provider answered with something we cannot rely on.",
        path: ["taxpayer", "compliance"],
        extensions: { code: "PROVIDER_BAD_RESPONSE", blame: "PROVIDER", retryable: false, provider: "EKO" },
      },
    ]);
  });

  it("nobody is answered without a token", async () => {
    const { data, errors } = await askGateway(`{ taxpayer(pan: "${borrower}") { id } }`);
    // Hive's Rust road leaves `data` out where there is none.
    expect([null, undefined]).toContain(data);
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["UNAUTHENTICATED"]);
  });

  it("an applicant is not shown without a token", async () => {
    const { errors } = await askGateway(allLoans);
    expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(new Set(["UNAUTHENTICATED"]));
  });

  it("a missing scope refuses the field of an entity alone", async () => {
    const { data, errors } = await ask("{ loans { applicant { holderType compliance { standing } } } }", [
      "income:read",
    ]);
    expect(data).toEqual({
      loans: book.map(() => ({ applicant: { holderType: "INDIVIDUAL", compliance: null } })),
    });
    expect(errors?.[0]).toMatchObject({
      path: ["loans", 0, "applicant", "compliance"],
      extensions: { code: "FORBIDDEN", blame: "CALLER" },
    });
  });

  it("a caller who may read nothing of taxpayers gets no entity", async () => {
    const { errors } = await ask("{ loans { applicant { holderType } } }", ["ops:read"]);
    expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(new Set(["FORBIDDEN"]));
  });

  it("another tenant's entities are not to be found", async () => {
    const { errors } = await askGateway(
      "{ loans { applicant { holderType } } }",
      await service.token({ tenant: "stranger" }),
    );
    expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(new Set(["NOT_FOUND"]));
  });
});
