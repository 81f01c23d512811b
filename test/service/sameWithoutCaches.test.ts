import type * as cacheModule from "../../src/store/taxpayers/cache";
import type * as repeatedModule from "../../src/server/graphql/repeatedAnswers";
import { openToReady } from "../support/sessionCaller";
import { startTestService, type TestService } from "../support/service";

const caches = { areOff: false, hits: 0 };

jest.mock("../../src/store/taxpayers/cache", () => {
  const actual = jest.requireActual<typeof cacheModule>("../../src/store/taxpayers/cache");
  const createTaxpayerCache: typeof actual.createTaxpayerCache = (...given) => {
    const cache = actual.createTaxpayerCache(...given);
    return {
      ...cache,
      byPan: (...asked) => (caches.areOff ? undefined : cache.byPan(...asked)),
      byId: (...asked) => (caches.areOff ? undefined : cache.byId(...asked)),
    };
  };
  return { ...actual, createTaxpayerCache };
});
jest.mock("../../src/server/graphql/repeatedAnswers", () => {
  const actual = jest.requireActual<typeof repeatedModule>("../../src/server/graphql/repeatedAnswers");
  const createRepeatedAnswers: typeof actual.createRepeatedAnswers = (...given) => {
    const repeated = actual.createRepeatedAnswers(...given);
    return {
      async look(...asked) {
        const looked = caches.areOff ? {} : await repeated.look(...asked);
        if (looked.data !== undefined) caches.hits += 1;
        return looked;
      },
    };
  };
  return { ...actual, createRepeatedAnswers };
});

const filing = `id acknowledgementNumber assessmentYear period { incomeYear assessmentYear taxYear } form kind filedOn dueOn
  timeliness status statusHistory { status label occurredOn } regime effective totalIncome demand
  incomeHeads { salary houseProperty total } checks { name outcome message } documents { kind fileName }
  beliefs { path provider reason agreedBy } disagreements { path severity chosen reason claims { provider value } }
  provenance { provider method }`;
const operations = {
  filings: `query A($pan: Pan!) { taxpayer(pan: $pan) { id filings { pageInfo { startCursor endCursor } nodes { ${filing} } } } }`,
  compliance: `query B($pan: Pan!) { taxpayer(pan: $pan) { compliance { standing agreesWithFilings } disagreements { path } } }`,
  statements: `query C($pan: Pan!) { taxpayers(pans: [$pan, $pan]) { pan profile { name } taxCredits(assessmentYear: "2025-26") { deductors { name } }
    informationStatement(assessmentYear: "2025-26") { entries { code amount } } sources { document provider } } }`,
  insights: `query D($pan: Pan!) { taxpayer(pan: $pan) { incomeInsights { assessable { amount state } crossChecks { name outcome } } } }`,
};

let service: TestService;
let pan: string;

beforeAll(async () => {
  service = await startTestService();
  const { input } = await openToReady(service, "TUTELAR", { documents: ["FILINGS", "VERIFICATION_FORM"] });
  pan = input.pan;
  await openToReady(service, "DEEPVUE", {
    documents: ["PROFILE", "FILINGS", "TAX_CREDITS", "INFORMATION_STATEMENT"],
    pan,
    password: `Sandbox@${pan.slice(5, 9)}`,
  });
  // The check that needs no session is bought once.
  await service.ask(operations.compliance, { pan });
}, 60_000);

afterAll(() => service[Symbol.asyncDispose]());

it.each(Object.entries(operations))("%s are the same to the byte with caches and without", async (_name, query) => {
  caches.areOff = true;
  const without = [await service.ask(query, { pan }), await service.ask(query, { pan })];
  caches.areOff = false;
  caches.hits = 0;
  const withCaches = [];
  for (let time = 0; time < 5; time += 1) withCaches.push(await service.ask(query, { pan }));
  const texts = [...without, ...withCaches].map((answer) => JSON.stringify(answer));
  expect(new Set(texts).size).toBe(1);
  expect(texts[0]).not.toContain('"errors"');
  expect(caches.hits).toBeGreaterThan(0);
});
