import { openToReady } from "../support/sessionCaller";
import { startTestService, type TestService } from "../support/service";

const query = `query ($of: [_Any!]!) {
  _entities(representations: $of) {
    ... on Filing { id totalIncome }
    ... on Taxpayer { id compliance { standing } filings { nodes { id } } }
    ... on Session { id state }
  }
}`;

let service: TestService;
let reference: Readonly<Record<"filing" | "taxpayer" | "session", { __typename: string; id: string }>>;

beforeAll(async () => {
  service = await startTestService();
  const { input, session } = await openToReady(service, "TUTELAR", { documents: ["FILINGS"] });
  const { data } = await service.ask<{ taxpayer: { id: string; filings: { nodes: { id: string }[] } } }, unknown>(
    "query ($pan: Pan!) { taxpayer(pan: $pan) { id filings { nodes { id } } } }",
    { pan: input.pan },
  );
  const { id, filings } = data!.taxpayer;
  reference = {
    filing: { __typename: "Filing", id: filings.nodes[0]!.id },
    taxpayer: { __typename: "Taxpayer", id },
    session: { __typename: "Session", id: session.id },
  };
});

afterAll(() => service[Symbol.asyncDispose]());

type Name = keyof typeof reference;
const orders: Name[][] = [
  ["filing", "taxpayer"],
  ["taxpayer", "filing"],
  ["session", "filing", "taxpayer"],
  ["taxpayer", "session", "filing"],
  ["filing", "filing", "taxpayer", "taxpayer"],
];

async function entities(text: string, of: readonly Name[]): Promise<unknown[]> {
  const { data, errors } = await service.ask<{ _entities: unknown[] }, unknown>(text, {
    of: of.map((name) => reference[name]),
  });
  expect(errors).toBeUndefined();
  return data!._entities;
}

describe("a representation that is malformed", () => {
  it.each<[string, unknown]>([
    ["a text", "CANARY"],
    ["a list", ["CANARY"]],
    ["without its type", { id: "CANARY" }],
    ["of an unknown type", { __typename: "Canary", id: "CANARY" }],
    ["of a type that is no entity", { __typename: "Rebate", id: "CANARY" }],
    ["of an interface", { __typename: "Node", id: "CANARY" }],
    ["whose type is no name", { __typename: 4711, id: "CANARY" }],
    ["without its key", { __typename: "Taxpayer" }],
    ["whose key is no text", { __typename: "Filing", id: { CANARY: 1 } }],
  ])("is BAD_INPUT at its own place: %s", async (_, malformed) => {
    const of = [reference.taxpayer, malformed, reference.session];
    const { data, errors } = await service.ask<{ _entities: unknown[] }, unknown>(query, { of });
    expect(errors).toMatchObject([
      { path: ["_entities", 1], extensions: { code: "BAD_INPUT", blame: "CALLER", field: "representations.1" } },
    ]);
    expect(JSON.stringify(errors)).not.toMatch(/canary|4711/i);
    expect(data?._entities).toMatchObject([{ id: reference.taxpayer.id }, null, { id: reference.session.id }]);
  });
});

describe("one document that asks for entities of several types", () => {
  it.each(orders.map((order) => ({ order })))("answers each as it is answered alone: $order", async ({ order }) => {
    const text = `${query} # ${order.join(" ")}`;
    const together = await entities(text, order);
    for (const [at, name] of order.entries()) {
      expect(together[at]).toEqual((await entities(`${query} # only ${name} of ${order.join(" ")}`, [name]))[0]);
    }
    expect(together).not.toContainEqual(expect.objectContaining({ compliance: null }));
  });

  it.each(orders.map((order) => ({ order })))("answers them one after the other: $order", async ({ order }) => {
    const text = `${query} # one by one ${order.join(" ")}`;
    for (const name of order) {
      expect(await entities(text, [name])).not.toContainEqual(expect.objectContaining({ compliance: null }));
    }
  });
});
