import { HeaderMap } from "@apollo/server";
import { execute, Kind, parse, type GraphQLObjectType } from "graphql";
import type { GraphContext } from "../../src/graph/context";
import { errorFormatter } from "../../src/graph/execution/errors";
import { withEqualErrorsOnce } from "../../src/graph/execution/operations";
import { coerceVariables } from "../../src/graph/execution/variables";
import { createApollo, type GraphqlServer } from "../../src/server/graphql/apollo";
import { createGraphqlRoute } from "../../src/server/http/graphqlRoute";
import type { MakeContext } from "../../src/server/makeContext";
import { scopes } from "../../src/graph/access";
import type { DocumentRequest } from "../../src/reading/question";
import { randomFrom, randomOperation, type RandomOperation, type Values } from "../support/randomOperation";
import { isFinished, runUntil, startRun } from "../support/runCaller";
import { openToReady } from "../support/sessionCaller";
import { startTestService, type TestService } from "../support/service";

// As in production: elsewhere, graphql-js looks for a second copy of itself each time that a type is another.
jest.mock("graphql/jsutils/instanceOf", () => ({
  instanceOf: (value: unknown, constructor: new () => unknown) => value instanceof constructor,
}));
jest.mock("../../src/server/graphql/apollo", () => {
  const actual = jest.requireActual<{ createApollo: typeof createApollo }>("../../src/server/graphql/apollo");
  return { ...actual, createApollo: jest.fn(actual.createApollo) };
});
jest.mock("../../src/server/http/graphqlRoute", () => {
  const actual = jest.requireActual<{ createGraphqlRoute: typeof createGraphqlRoute }>(
    "../../src/server/http/graphqlRoute",
  );
  return { ...actual, createGraphqlRoute: jest.fn(actual.createGraphqlRoute) };
});

const seed = Number(process.env.SEED ?? 2_026);
const count = Number(process.env.OPERATIONS ?? 2_000);

/** Which document is refused before it runs is tested elsewhere. */
const unlimited = {
  AAY_LIMIT_ALIASES: "10000",
  AAY_LIMIT_DIRECTIVES: "10000",
  AAY_LIMIT_FIELDS: "100000",
  AAY_LIMIT_ROOT_FIELDS: "1000",
  AAY_LIMIT_COST: "100000000",
};

let service: TestService;
let graphql: GraphqlServer;
let schema: Parameters<typeof createApollo>[0]["schema"];
let contextFor: (requestedCost: number) => GraphContext;
let values: Values;

beforeAll(async () => {
  const frozen: { atMs?: number } = {};
  service = await startTestService(unlimited, {
    now: () => frozen.atMs ?? Date.now(),
    after(delayMs, callback) {
      const timer = setTimeout(callback, delayMs).unref();
      return () => {
        clearTimeout(timer);
      };
    },
  });
  const brought = await Promise.all([
    openToReady(service, "TUTELAR", { documents: ["FILINGS", "VERIFICATION_FORM"] }),
    openToReady(service, "DEEPVUE", { documents: ["PROFILE", "FILINGS", "TAX_CREDITS", "INFORMATION_STATEMENT"] }),
  ]);
  const pans = brought.map(({ input }) => input.pan);
  const ids = [];
  for (const pan of pans) {
    const { data } = await service.ask<Identified, unknown>(identify, { pan });
    ids.push(data!.taxpayer.id, ...data!.taxpayer.filings.nodes.map(({ id }) => id));
  }
  const { data: told } = await service.ask<Told, unknown>("{ events(first: 5) { nodes { id } } }");
  ids.push(...told!.events.nodes.map(({ id }) => id));
  const { run } = await startRun(service, { pans: [...pans, ...pans] });
  await runUntil(service, run!.id, isFinished);
  ids.push(
    run!.id,
    ...brought.map(({ session }) => session.id),
    "tp_unknown",
    "fl_unknown",
    "ss_unknown",
    "ev_unknown",
    "rn_unknown",
  );
  values = valuesWith(pans, ids);
  // Nothing of an answer may depend on when it is given.
  frozen.atMs = Date.now();
  [graphql] = jest.mocked(createApollo).mock.results.map(({ value }) => value as GraphqlServer) as [GraphqlServer];
  [[{ schema }]] = jest.mocked(createApollo).mock.calls as [Parameters<typeof createApollo>];
  withoutSelectionCache(schema.getQueryType()!);
  const [[{ makeContext }]] = jest.mocked(createGraphqlRoute).mock.calls as [Parameters<typeof createGraphqlRoute>];
  contextFor = steadyContexts(makeContext, frozen.atMs);
}, 60_000);

afterAll(() => service[Symbol.asyncDispose]());

interface Identified {
  readonly taxpayer: { readonly id: string; readonly filings: { readonly nodes: readonly { readonly id: string }[] } };
}

interface Told {
  readonly events: { readonly nodes: readonly { readonly id: string }[] };
}

const identify = "query ($pan: Pan!) { taxpayer(pan: $pan) { id compliance { standing } filings { nodes { id } } } }";

function valuesWith(pans: readonly string[], ids: readonly string[]): Values {
  const typeOf = (id: string) =>
    ({ fl_: "Filing", ss_: "Session", lk_: "Link", ev_: "Event", rn_: "ComplianceRun" })[id.slice(0, 3)] ?? "Taxpayer";
  const years = ["2026-27", "2025-26", "2024-25", "2023-2024"];
  return {
    Pan: [...pans, ...pans, pans[0]!.toLowerCase(), "ZZZPU1001A", "nobody"],
    ID: ids,
    representations: ids.map((id) => ({ __typename: typeOf(id), id })),
    AssessmentYear: years,
    first: [1, 2, 3, 100, 0, 101],
    after: [...ids, "1", "", "nowhere"],
    maxAgeSeconds: [86_400, -1],
    Date: ["2026-08-01", "2026-07-30"],
    Int: [1, 2, 3],
    String: ["text"],
    Float: [0, 0.5, 1, 1.5],
    Boolean: [true, false],
  };
}

/** Contexts of the service, which read everything once; what is meant to be another each time is the same here. */
function steadyContexts(makeContext: MakeContext, nowMs: number): typeof contextFor {
  const access = {
    tenant: "lender",
    subject: "tests",
    scopes: new Set<string>(scopes),
    expiresAtMs: nowMs + 3_600_000,
  };
  const rate = { limit: 100, remaining: 99, resetsAtMs: nowMs + 1_000, secondsLeft: 1 };
  const { signal } = new AbortController();
  const nothingRead = () => Promise.resolve({ records: [], hasNext: false });
  const asked = { requestId: "same", startedAtMs: nowMs, access, signal: () => signal, rate, requestedCost: 1 };
  const { loaders, sessionLoaders, sessionStore, consentStore, ledger, feed } = makeContext(asked);
  const gathered = readOnce({
    one: async (_id: string, _wants: unknown, request: DocumentRequest) =>
      (await loaders.documents.load([request]))(request),
  });
  const steady = {
    loaders: {
      taxpayerByPan: readOnce(loaders.taxpayerByPan),
      taxpayersByPan: readOnce(loaders.taxpayersByPan),
      taxpayerById: readOnce(loaders.taxpayerById),
      documents: {
        async load(requests: readonly DocumentRequest[]) {
          const all = await Promise.all(
            requests.map((request) => gathered.one(request.taxpayer.id, request.wanted, request)),
          );
          return (request: DocumentRequest) => all[requests.indexOf(request)]!;
        },
      },
    },
    sessionLoaders: {
      sessionById: readOnce(sessionLoaders.sessionById),
      consentById: readOnce(sessionLoaders.consentById),
      linkById: readOnce(sessionLoaders.linkById),
    },
    sessionStore: readOnce(sessionStore),
    // What is spent meanwhile is no difference of the answers.
    ledger: readOnce(ledger),
    feed: readOnce(feed),
    trail: { record: () => Promise.resolve(), read: nothingRead },
    verifyTrail: () => Promise.resolve({ count: 1, head: { sequence: 1, hash: Buffer.of(1) }, flaw: undefined }),
    readHealth: () =>
      Promise.resolve([
        { startsAtMs: nowMs, calls: 1, successRate: 1, p50Ms: 5, p95Ms: undefined, breaker: "OPEN" as const },
      ]),
    consentStore: { records: nothingRead, receipt: readOnce(consentStore).receipt },
    documentLinks: {
      hrefOfReport: () => "/documents/report",
      hrefOf: () => "/documents/same",
      hrefOfRun: () => "/documents/run",
    },
  };
  return () => ({ ...makeContext(asked), ...steady });
}

/** The same object, whose methods are called once with the same arguments; a third argument does not count. */
function readOnce<Read extends object>(object: Read): Read {
  const resultByCall = new Map<string, unknown>();
  return new Proxy(object, {
    get(target, name) {
      const method = Reflect.get(target, name) as (...given: unknown[]) => unknown;
      return (...given: unknown[]) => {
        const call = JSON.stringify([name, ...given.slice(0, 2)]);
        if (!resultByCall.has(call)) resultByCall.set(call, method.apply(target, given));
        return resultByCall.get(call);
      };
    },
  });
}

async function byService({ query, variables }: RandomOperation): Promise<Comparable> {
  const headers = new HeaderMap([["content-type", "application/json"]]);
  const { text } = await graphql.answer(
    { method: "POST", headers, search: "", body: { query, variables } },
    contextFor,
  );
  return comparable(text);
}

/** For graphql-js, nothing is kept of a selection: its nodes are new each time somebody looks at them. */
function withoutSelectionCache(root: GraphQLObjectType): void {
  for (const field of Object.values(root.getFields())) {
    const { resolve } = field;
    if (!resolve) continue;
    field.resolve = (source, given, context: GraphContext, info) => {
      const fresh = new Proxy(info, {
        get: (plain, name) =>
          name === "fieldNodes" ? info.fieldNodes.map((node) => ({ ...node })) : (Reflect.get(plain, name) as unknown),
      });
      return resolve(source, given, context, forGraphqlJs.has(context) ? fresh : info);
    };
  }
}

const forGraphqlJs = new WeakSet<GraphContext>();

function contextForGraphqlJs(): GraphContext {
  const context = contextFor(1);
  forGraphqlJs.add(context);
  return context;
}

async function byGraphqlJs({ query, variables }: RandomOperation): Promise<Comparable> {
  const document = parse(query);
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error("it begins with its operation");
  const { errors: malformed } = coerceVariables(schema, document, operation, variables);
  const result = malformed
    ? { errors: malformed }
    : await execute({ schema, document, contextValue: contextForGraphqlJs(), variableValues: variables });
  const { data, errors } = withEqualErrorsOnce(result);
  const format = errorFormatter({ suggestions: true });
  const formatted = errors?.map((error) => {
    const shown = format(error.toJSON(), error);
    return { ...shown, extensions: { ...shown.extensions, requestId: "same" } };
  });
  return comparable(JSON.stringify({ data, errors: formatted }));
}

interface Failure {
  readonly path?: readonly (string | number)[];
}

interface Comparable {
  readonly data: string;
  /** Which of several failures comes first is nobody's promise. */
  readonly failures: readonly string[];
  /** Those within something that became null by a failure: graphql-js does not wait for them once it is null. */
  readonly within: readonly string[];
}

function comparable(text: string): Comparable {
  const { data, errors = [] } = JSON.parse(text) as { data?: unknown; errors?: readonly Failure[] };
  const [within, failures] = [true, false].map((isWithin) =>
    errors.filter(({ path = [] }) => isWithinNull(data, path) === isWithin).map((error) => JSON.stringify(error)),
  ) as [string[], string[]];
  return { data: JSON.stringify(data), failures: failures.toSorted(), within: within.toSorted() };
}

function isWithinNull(data: unknown, path: readonly (string | number)[]): boolean {
  if (data === null) return path.length > 0;
  const [first, ...rest] = path;
  return first !== undefined && isWithinNull((data as Record<string, unknown> | undefined)?.[first], rest);
}

it(`${count} random operations are answered alike when new, known, repeated, and by graphql-js`, async () => {
  const random = randomFrom(seed);
  const operations = Array.from({ length: count }, () => randomOperation(schema, values, random));
  const atOnce = 20;
  for (let at = 0; at < count; at += atOnce) {
    await Promise.all(
      operations.slice(at, at + atOnce).map(async (operation) => {
        const plain = await byGraphqlJs(operation);
        for (const time of ["new", "known", "known again", "repeated"]) {
          const answer = await byService(operation);
          // Where two root fields empty the whole answer, each side may stop at another of them.
          const isEmptied = plain.data === "null" && plain.within.length > 0 && answer.within.length > 0;
          const within = isEmptied ? answer.within : (expect.arrayContaining([...plain.within]) as string[]);
          expect({ ...operation, time, answer }).toEqual({ ...operation, time, answer: { ...plain, within } });
        }
      }),
    );
  }
}, 240_000);
