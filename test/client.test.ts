import {
  CloseSessionDocument,
  ComplianceDocument,
  createClient,
  OpenSessionDocument,
  Unreachable,
  WatchSessionDocument,
  WholeTaxpayerDocument,
  type Client,
} from "../packages/client/src";
import { startTestService, type TestService } from "./support/service";
import { openInput } from "./support/sessionCaller";

let service: TestService;
let token: string;

beforeAll(async () => {
  service = await startTestService();
  token = await service.token();
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

it("answers a typed operation with what it has cost", async () => {
  const answer = await clientOf(token).ask(ComplianceDocument, { pan: "ZZZPA1001A" });
  expect(answer.problems).toEqual([]);
  expect(answer.data?.taxpayer.compliance?.itrFiled).toBe(true);
  expect(answer.cost).toMatchObject({ upstreamCalls: 1, portalLogins: 0 });
});

it("tells why the graph refuses", async () => {
  const caller = clientOf(await service.token({ scopes: ["compliance:read"] }));
  const { problems } = await caller.ask(WholeTaxpayerDocument, { pan: "ZZZPA1001A" });
  expect(problems[0]).toMatchObject({ code: "FORBIDDEN", blame: "CALLER", retryable: false });
});

it("tells that a token is not accepted", async () => {
  const { data, problems } = await clientOf("not-a-token").ask(ComplianceDocument, { pan: "ZZZPA1001A" });
  expect({ data, code: problems[0]?.code }).toEqual({ data: null, code: "UNAUTHENTICATED" });
});

it("asks for the token anew with every request", async () => {
  let current = "not-a-token";
  const client = createClient({ url: `${service.url}/graphql`, token: () => current });
  await client.ask(ComplianceDocument, { pan: "ZZZPA1001A" });
  current = token;
  const { problems } = await client.ask(ComplianceDocument, { pan: "ZZZPA1001A" });
  expect(problems).toEqual([]);
});

it("hands on every change of a session until the session is over", async () => {
  const client = clientOf(token);
  const opened = await client.ask(OpenSessionDocument, { input: openInput({ provider: "KWIKID" }) });
  const id = opened.data?.openSession.session?.id ?? "";
  const states: (string | undefined)[] = [];
  for await (const { data } of client.watch(WatchSessionDocument, { id })) {
    states.push(data?.sessionChanged.state);
    if (states.length === 1) await client.ask(CloseSessionDocument, { sessionId: id });
  }
  expect(states.at(-1)).toBe("ENDED");
  await client.dispose();
});

it("rejects a subscription whose token is not accepted, without trying again", async () => {
  const client = clientOf("not-a-token");
  const watching = client.watch(WatchSessionDocument, { id: "of-nobody" }).next();
  await expect(watching).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
});

it("rejects as unreachable when nobody listens", async () => {
  const client = createClient({ url: "http://127.0.0.1:1/graphql", token: () => token });
  await expect(client.ask(ComplianceDocument, { pan: "ZZZPA1001A" })).rejects.toThrow(Unreachable);
});

it("rejects with the caller's own reason when it is aborted", async () => {
  const asking = clientOf(token).ask(ComplianceDocument, { pan: "ZZZPA1001A" }, AbortSignal.abort(new Error("left")));
  await expect(asking).rejects.toThrow("left");
});

function clientOf(accessToken: string): Client {
  return createClient({ url: `${service.url}/graphql`, token: () => accessToken });
}
