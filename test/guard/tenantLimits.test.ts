import { openToReady, subscribe } from "../support/sessionCaller";
import { askBy, roads } from "../support/roads";
import { openStandInEko, onRecord } from "../support/standInEko";
import { startTestService, type GraphAnswer, type TestService } from "../support/service";

describe("requests of a tenant in a minute", () => {
  let service: TestService;

  beforeAll(async () => {
    // A minute that does not pass: the clock stands still.
    const nowMs = Date.now();
    const clock = { now: () => nowMs, after: () => () => undefined };
    service = await startTestService({ AAY_LIMIT_REQUESTS_PER_MINUTE: "4" }, clock);
  });

  afterAll(async () => {
    await service[Symbol.asyncDispose]();
  });

  it.each(roads)("are refused one beyond the limit over %s", async (road) => {
    const caller = { tenant: `tenant of ${road}` };
    const ask = () => askBy(road, service, { query: "{ __typename }" }, caller);
    for (const left of [3, 2, 1, 0]) {
      const { errors, headers } = await ask();
      expect(errors).toBeUndefined();
      if (headers) expect(headers.get("ratelimit")).toMatch(new RegExp(`^"tenant";r=${left};t=\\d+$`));
      if (headers) expect(headers.get("ratelimit-policy")).toBe('"tenant";q=4;w=60');
    }
    const { errors, status, headers } = await ask();
    expect(errors).toMatchObject([{ extensions: { code: "RATE_LIMITED", blame: "CALLER", retryable: true } }]);
    const seconds = errors?.[0]?.extensions.retryAfterSeconds;
    expect(seconds).toBeGreaterThan(0);
    if (headers) expect([status, headers.get("retry-after")]).toEqual([429, String(seconds)]);
    if (headers) expect(headers.get("ratelimit")).toBe(`"tenant";r=0;t=${String(seconds)}`);
  });

  it("are told by the graph, too", async () => {
    const { data } = await askBy(
      "POST",
      service,
      { query: "{ rateLimit { limit remaining resetsAt cost } }" },
      { tenant: "curious" },
    );
    expect(data).toMatchObject({ rateLimit: { limit: 4, remaining: 3, cost: 1 } });
  });

  it("are not used up by strangers with bad tokens", async () => {
    for (let time = 0; time < 10; time += 1) {
      const headers = { authorization: "Bearer nonsense" };
      expect((await service.fetch("/graphql?query={__typename}", { headers })).status).toBe(401);
    }
    const { errors } = await askBy("POST", service, { query: "{ __typename }" }, { tenant: "slandered" });
    expect(errors).toBeUndefined();
  });
});

describe("operations of a tenant at once", () => {
  const query = "query ($pan: Pan!) { taxpayer(pan: $pan) { compliance { standing } } }";

  it.each(["POST", "WebSocket"] as const)("are refused one beyond the limit, and free again, over %s", async (road) => {
    await using eko = await openStandInEko();
    const { promise: replied, resolve: reply } = Promise.withResolvers<undefined>();
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<undefined>();
    eko.reply = async (pan) => {
      arrive(undefined);
      await replied;
      return onRecord(pan);
    };
    await using service = await startTestService({ ...eko.env, AAY_LIMIT_OPERATIONS: "1" });
    const first = askBy(road, service, { query, variables: { pan: "ZZZPM1001A" } });
    await arrived;
    const second = await askBy(road, service, { query: "{ __typename }" });
    expect(second.errors).toMatchObject([{ extensions: { code: "RATE_LIMITED", retryAfterSeconds: 1 } }]);
    reply(undefined);
    expect((await first).errors).toBeUndefined();
    expect((await askBy(road, service, { query: "{ __typename }" })).errors).toBeUndefined();
  });

  it("give their place back when they are refused", async () => {
    await using service = await startTestService({ AAY_LIMIT_OPERATIONS: "1" });
    for (let time = 0; time < 3; time += 1) {
      const { errors } = await askBy("POST", service, { query: "{ nothing }" });
      expect(errors).toMatchObject([{ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }]);
    }
  });
});

it("subscriptions of a tenant are refused one beyond the limit, and free again when one is left", async () => {
  await using service = await startTestService({ AAY_LIMIT_SUBSCRIPTIONS: "1" });
  const { session } = await openToReady(service, "KWIKID");
  const text = "subscription ($id: ID!) { sessionChanged(id: $id) { state } }";
  const watching = subscribe(service, text, { id: session.id });
  expect((await watching.next()).value).toMatchObject({ data: { sessionChanged: { state: "READY" } } });
  const refused = subscribe(service, text, { id: session.id });
  expect((await refused.next()).value).toMatchObject({ errors: [{ extensions: { code: "LIMIT_EXCEEDED" } }] });
  await refused.return(undefined);
  await watching.return(undefined);
  for (;;) {
    const again = subscribe(service, text, { id: session.id });
    const { value } = (await again.next()) as { value: GraphAnswer<unknown> };
    await again.return(undefined);
    // The socket's end reaches the service when it will.
    if (value.data) break;
  }
});
