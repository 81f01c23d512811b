import { randomBytes } from "node:crypto";
import type { Persona } from "../../src/providers/persona";
import { OpenSessionDocument, WatchSessionDocument } from "../../packages/client/src/operations";
import { documentsPath } from "../../src/reading/documentLinks";
import { bringAll } from "../support/manySessions";
import { startTestService, type TestService } from "../support/service";
import { newPerson, openInput, subscribe } from "../support/sessionCaller";
import { statementsOf } from "../support/statements";

// What is believed for a moment without a statement would make the count one of how much time has passed.
jest.mock("../../src/store/freshness", () => ({
  ...jest.requireActual<object>("../../src/store/freshness"),
  trustedForMs: 0,
}));

/** All by which something of a tenant can be named. */
interface Names {
  readonly taxpayer: string;
  readonly filing: string;
  readonly session: string;
  readonly consent: string;
  readonly record: string;
  readonly link: string;
  readonly idempotencyKey: string;
}

const owner = { tenant: "owner" };
const stranger = { tenant: "stranger" };
const [person, own] = [newPerson(), newPerson()] as [Persona, Persona];
const idempotencyKey = "loan-4711";

let service: TestService;
let theirs: Names;

beforeAll(async () => {
  service = await startTestService({ TUTELAR_POLL_MS: "20" });
  await bringAll(service, { provider: "TUTELAR", people: [own], caller: stranger });
  await bringAll(service, { provider: "DEEPVUE", people: [person], caller: owner });
  await bringAll(service, { provider: "TUTELAR", people: [person], caller: owner });
  const input = openInput({ provider: "KWIKID", pan: person.pan, password: person.password, idempotencyKey });
  await service.ask(OpenSessionDocument, { input }, owner);
  theirs = await namesOf(person.pan);
}, 120_000);

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

interface Owned {
  readonly taxpayer: { readonly id: string; readonly filings: { readonly nodes: readonly OwnedFiling[] } };
  readonly sessions: { readonly nodes: readonly { readonly id: string; readonly consent: { readonly id: string } }[] };
  readonly consentRecords: { readonly nodes: readonly { readonly id: string }[] };
}

interface OwnedFiling {
  readonly id: string;
  readonly documents: readonly { readonly href: string }[];
}

async function namesOf(pan: string): Promise<Names> {
  const { data } = await service.ask<Owned, unknown>(
    `query ($pan: Pan!) {
      taxpayer(pan: $pan) { id filings { nodes { id documents { href } } } }
      sessions(pan: $pan) { nodes { id consent { id } } }
      consentRecords(pan: $pan) { nodes { id } }
    }`,
    { pan },
    owner,
  );
  const { taxpayer, sessions, consentRecords } = data!;
  const [filing] = taxpayer.filings.nodes;
  const [session] = sessions.nodes;
  return {
    taxpayer: taxpayer.id,
    filing: filing!.id,
    session: session!.id,
    consent: session!.consent.id,
    record: consentRecords.nodes[0]!.id,
    link: filing!.documents[0]!.href,
    idempotencyKey,
  };
}

/** Of the same form, and never anybody's. */
function nobodys(): Names {
  const newId = (prefix: string) => prefix + randomBytes(16).toString("base64url");
  // Of a year that there is, and of another taxpayer.
  const filing = Buffer.from(theirs.filing.slice("fl_".length), "base64url");
  randomBytes(16).copy(filing);
  const link = Buffer.from(theirs.link.slice(documentsPath.length), "base64url");
  return {
    taxpayer: newId("tp_"),
    filing: `fl_${filing.toString("base64url")}`,
    session: newId("ss_"),
    consent: newId("cn_"),
    record: `cr_${randomBytes(24).toString("base64url")}`,
    link: documentsPath + randomBytes(link.length).toString("base64url"),
    idempotencyKey: newId(""),
  };
}

const entities = "query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }";
const node = "query ($id: ID!) { node(id: $id) { id __typename } }";

/** Everything that a stranger can do with a name. */
const attempts: readonly (readonly [string, (names: Names) => Attempt])[] = [
  ["node of a taxpayer", ({ taxpayer }) => [node, { id: taxpayer }]],
  ["node of a filing", ({ filing }) => [node, { id: filing }]],
  ["node of a session", ({ session }) => [node, { id: session }]],
  ["the entity of a taxpayer", ({ taxpayer }) => [entities, { r: [{ __typename: "Taxpayer", id: taxpayer }] }]],
  ["the entity of a filing", ({ filing }) => [entities, { r: [{ __typename: "Filing", id: filing }] }]],
  ["the entity of a session", ({ session }) => [entities, { r: [{ __typename: "Session", id: session }] }]],
  ["an entity of another type", ({ session }) => [entities, { r: [{ __typename: "Taxpayer", id: session }] }]],
  ["session", ({ session }) => ["query ($id: ID!) { session(id: $id) { state events { state } } }", { id: session }]],
  [
    "a page after a session",
    ({ session }) => ["query ($id: String!) { sessions(after: $id) { nodes { id } } }", { id: session }],
  ],
  [
    "a page after a filing",
    ({ filing }) => [
      "query ($pan: Pan!, $id: String!) { taxpayer(pan: $pan) { filings(after: $id) { nodes { id } pageInfo { hasNextPage } } } }",
      { pan: own.pan, id: filing },
    ],
  ],
  [
    "a page after a consent record",
    ({ record }) => ["query ($id: String!) { consentRecords(after: $id) { nodes { id } } }", { id: record }],
  ],
  [
    "submitOtp",
    ({ session }) => [
      mutation("submitOtp", "SubmitOtpInput", "session { id }"),
      { input: { sessionId: session, otp: "123456" } },
    ],
  ],
  [
    "resendOtp",
    ({ session }) => [mutation("resendOtp", "SessionInput", "session { id }"), { input: { sessionId: session } }],
  ],
  [
    "closeSession",
    ({ session }) => [mutation("closeSession", "SessionInput", "session { id }"), { input: { sessionId: session } }],
  ],
  [
    "revokeConsent",
    ({ consent }) => [
      mutation("revokeConsent", "RevokeConsentInput", "consent { id }"),
      { input: { consentId: consent } },
    ],
  ],
];

type Attempt = readonly [query: string, variables: object];

function mutation(name: string, input: string, fields: string): string {
  return `mutation ($input: ${input}!) { ${name}(input: $input) { ${fields} problem { code } } }`;
}

/** The answer, byte for byte but for the number of the request. */
async function answerTo([query, variables]: Attempt): Promise<string> {
  const response = await service.fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
    caller: stranger,
  });
  const text = await response.text();
  return `${response.status} ${text.replaceAll(/"requestId":"[^"]*"/g, '"requestId":"…"')}`;
}

/** What is answered, and what it took. */
async function observed(work: () => Promise<string>) {
  let answer = "";
  const statements = await statementsOf(stranger.tenant, async () => {
    answer = await work();
  });
  return { answer, statements };
}

describe("a name of another tenant's gets the answer, for the work, that a name of nobody's gets", () => {
  it.each(attempts)("%s", async (_title, attempt) => {
    // The first time an operation is judged; from then on it is known.
    await answerTo(attempt(nobodys()));
    const expected = await observed(() => answerTo(attempt(nobodys())));
    expect(await observed(() => answerTo(attempt(theirs)))).toEqual(expected);
    expect(expected.answer).not.toContain("INTERNAL");
  });

  it("a link to a document", async () => {
    const follow = async (link: string) => {
      const response = await service.fetch(link, { caller: stranger });
      return `${response.status} ${await response.text()}`;
    };
    const expected = await observed(() => follow(nobodys().link));
    expect(await observed(() => follow(theirs.link))).toEqual(expected);
    expect(expected.answer).toContain("NOT_FOUND");
  });

  it("a subscription", async () => {
    const watch = async (id: string) => {
      for await (const answer of subscribe(service, WatchSessionDocument, { id }, stranger))
        return JSON.stringify(answer);
      return "";
    };
    const expected = await observed(() => watch(nobodys().session));
    expect(await observed(() => watch(theirs.session))).toEqual(expected);
    expect(expected.answer).toContain("NOT_FOUND");
  });

  it("an idempotency key", async () => {
    const open = async (key: string) => {
      const input = openInput({ provider: "DEEPVUE", idempotencyKey: key });
      const { data, errors } = await service.ask(OpenSessionDocument, { input }, stranger);
      return JSON.stringify({ ...data?.openSession, session: data?.openSession.session?.state, errors });
    };
    const expected = await open(nobodys().idempotencyKey);
    expect(await open(theirs.idempotencyKey)).toBe(expected);
    expect(expected).toContain('"replayed":false');
  });

  it("a PAN", async () => {
    const read = async (pan: string) => {
      const query = `query ($pan: Pan!) { taxpayer(pan: $pan) {
        profile { name } filings { nodes { id } } demands { amount } sources { document provider outcome }
      } }`;
      return answerTo([query, { pan }]);
    };
    await read(newPerson().pan);
    const expected = await observed(() => read(newPerson().pan));
    expect(await observed(() => read(person.pan))).toEqual(expected);
  });
});

it("what the owner has is still there, for the owner", async () => {
  const { taxpayer, filing, session, consent } = await namesOf(person.pan);
  expect(theirs).toMatchObject({ taxpayer, filing, session, consent });
  expect((await service.fetch(theirs.link, { caller: owner })).status).toBe(200);
});
