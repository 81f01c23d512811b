import { serverAudits } from "graphql-http";
import { startTestService, type TestService } from "../support/service";

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

/** The audits of the GraphQL-over-HTTP specification, by a caller who has a token. */
const audits = serverAudits({
  url: () => `${service.url}/graphql`,
  fetchFn: async (input: string, init: RequestInit = {}) =>
    fetch(input, {
      ...init,
      headers: { ...(init.headers as Record<string, string>), authorization: `Bearer ${await service.token()}` },
    }),
});

describe("GraphQL over HTTP", () => {
  it.each(audits.map((audit) => [audit.name, audit] as const))("%s", async (_name, audit) => {
    expect(await audit.fn()).toMatchObject({ status: "ok" });
  });
});
