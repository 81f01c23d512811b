import { ConsentRecordsDocument, SessionsDocument, type SessionState } from "../../packages/client/src/operations";
import { startTestService, type TestService } from "../support/service";
import { codesOf, newPerson, open, openInput, readOtp, whenSettled, wrongOtp } from "../support/sessionCaller";

let service: TestService;
/** Oldest first. */
let ids: string[];
const person = newPerson();

beforeAll(async () => {
  service = await startTestService();
  ids = [];
  for (const provider of ["DEEPVUE", "KWIKID", "TUTELAR"] as const) {
    ids.push((await open(service, openInput({ ...person, provider, documents: ["FILINGS"] }))).id);
  }
  ids.push((await open(service, openInput({ provider: "KWIKID" }))).id);
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

async function pages(variables: { pan?: string; states?: SessionState[]; first?: number; after?: string }) {
  const { data, errors } = await service.ask(SessionsDocument, variables);
  return { ids: data?.sessions.nodes.map(({ id }) => id), pageInfo: data?.sessions.pageInfo, errors };
}

describe("the list of sessions", () => {
  it("begins with the newest", async () => {
    expect((await pages({})).ids).toEqual(ids.toReversed());
  });

  it("is read to its end page by page", async () => {
    const first = await pages({ first: 3 });
    expect(first.pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: ids[3],
      endCursor: ids[1],
    });
    const second = await pages({ first: 3, after: first.pageInfo?.endCursor ?? "" });
    expect(second.ids).toEqual([ids[0]]);
    expect(second.pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: true,
      startCursor: ids[0],
      endCursor: ids[0],
    });
  });

  it("may be of one person", async () => {
    expect((await pages({ pan: person.pan })).ids).toEqual(ids.slice(0, 3).reverse());
  });

  it("may be of one state", async () => {
    const { ids: found } = await pages({ states: ["AWAITING_OTP"] });
    expect(found).toEqual([ids[3], ids[1]]);
  });

  it("is empty for another tenant", async () => {
    const { data } = await service.ask(SessionsDocument, {}, { tenant: "other" });
    expect(data?.sessions).toEqual({
      nodes: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });

  it.each([
    ["first", { first: 0 }],
    ["first", { first: 101 }],
    ["after", { after: "" }],
    ["after", { after: "ss_unknown" }],
    ["pan", { pan: "" }],
  ])("refuses %s when it is %p", async (field, variables) => {
    const { errors } = await pages(variables);
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_INPUT", field });
  });

  it("names the people without asking any provider about them", async () => {
    const { data, extensions } = await service.ask(SessionsDocument, { pan: person.pan });
    expect(new Set(data?.sessions.nodes.map(({ taxpayer }) => taxpayer.pan))).toEqual(new Set(["ZZZPN****S"]));
    expect(extensions?.cost).toMatchObject({ upstreamCalls: 0, heldAnswers: 0 });
  });
});

describe("a session's id", () => {
  it("reads the session again", async () => {
    const { data } = await service.ask("query ($id: ID!) { node(id: $id) { __typename id } }", { id: ids[0] });
    expect(data).toEqual({ node: { __typename: "Session", id: ids[0] } });
  });

  it("is a key by which a router resolves many at once", async () => {
    const r = [...ids, "ss_unknown"].map((id) => ({ __typename: "Session", id }));
    const { data, errors } = await service.ask(
      "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Session { id consent { standing } } } }",
      { r },
    );
    expect(data).toEqual({ _entities: [...ids.map((id) => ({ id, consent: { standing: "LIVE" } })), null] });
    expect(codesOf(errors)).toEqual(["NOT_FOUND"]);
  });
});

describe("the records of consents", () => {
  it("are read to their end page by page", async () => {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const { data } = await service.ask(ConsentRecordsDocument, { first: 2, ...(after && { after }) });
      const { nodes, pageInfo } = data!.consentRecords;
      seen.push(...nodes.map(({ id }) => id));
      after = pageInfo.hasNextPage ? (pageInfo.endCursor ?? undefined) : undefined;
    } while (after);
    const whole = await service.ask(ConsentRecordsDocument, { first: 100 });
    expect(seen).toEqual(whole.data?.consentRecords.nodes.map(({ id }) => id));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it("refuse a cursor that is none", async () => {
    const { errors } = await service.ask(ConsentRecordsDocument, { after: "nonsense" });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_INPUT", field: "after" });
  });
});

describe("the mutations of one operation", () => {
  it("are done one after another", async () => {
    const input = openInput({ provider: "KWIKID" });
    const { id } = await open(service, input);
    await whenSettled(service, id);
    const otp = wrongOtp(await readOtp(service, input.pan));
    const { data } = await service.ask(
      `mutation ($submission: SubmitOtpInput!, $session: SessionInput!) {
        first: submitOtp(input: $submission) { session { state attemptsLeft } }
        second: closeSession(input: $session) { session { state } }
        third: resendOtp(input: $session) { problem { code } }
      }`,
      { submission: { sessionId: id, otp }, session: { sessionId: id } },
    );
    expect(data).toEqual({
      first: { session: { state: "AWAITING_OTP", attemptsLeft: 2 } },
      second: { session: { state: "ENDED" } },
      third: { problem: { code: "SESSION_ENDED" } },
    });
  });

  it("see what those before them have changed", async () => {
    const input = openInput({ provider: "KWIKID" });
    const { id } = await open(service, input);
    await whenSettled(service, id);
    const otp = wrongOtp(await readOtp(service, input.pan));
    const { data } = await service.ask<{ again: unknown }, unknown>(
      `mutation ($submission: SubmitOtpInput!, $session: SessionInput!) {
        submitOtp(input: $submission) { replayed }
        closeSession(input: $session) { replayed }
        again: submitOtp(input: $submission) { session { state } problem { code } }
      }`,
      { submission: { sessionId: id, otp }, session: { sessionId: id } },
    );
    expect(data?.again).toEqual({ session: { state: "ENDED" }, problem: { code: "LIMIT_EXCEEDED" } });
  });
});
