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
