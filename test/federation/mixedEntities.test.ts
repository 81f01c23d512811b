import { randomFrom } from "../support/randomOperation";
import { openToReady } from "../support/sessionCaller";
import { startTestService, type TestService } from "../support/service";
import { startSupergraph, type BookedLoan, type Representation, type TestSupergraph } from "../support/supergraph";

const seed = Number(process.env.SEED ?? 20_261_130);
const composers = ["@theguild/federation-composition", "@apollo/composition"] as const;
const gateways = ["@apollo/gateway", "Hive Gateway", "Hive, in Rust"] as const;
const loans = 24;

const fields = {
  Taxpayer: "id compliance { standing } filings { nodes { id totalIncome } }",
  Filing: "id assessmentYear totalIncome incomeHeads { salary }",
  Session: "id state nextAction { kind }",
};
const fragments = Object.entries(fields).map(([type, text]) => `... on ${type} { ${text} }`);

const running = new AsyncDisposableStack();
let service: TestService;
let book: BookedLoan[];
/** What the subgraph answers about each entity when it is asked alone; null for one that is not there. */
const aloneByKey = new Map<string, unknown>();
const supergraphByComposer = new Map<string, TestSupergraph>();

async function entitiesOf(tenant: string): Promise<readonly Representation[]> {
  const { input, session } = await openToReady(service, "TUTELAR", { documents: ["FILINGS"] }, { tenant });
  const { data } = await service.ask<{ taxpayer: { id: string; filings: { nodes: { id: string }[] } } }, unknown>(
    "query ($pan: Pan!) { taxpayer(pan: $pan) { id filings { nodes { id } } } }",
    { pan: input.pan },
    { tenant },
  );
  return [
    { __typename: "Taxpayer", id: data!.taxpayer.id },
    { __typename: "Session", id: session.id },
    ...data!.taxpayer.filings.nodes.map(({ id }) => ({ __typename: "Filing", id })),
  ];
}

const keyOf = ({ __typename, id }: Representation) => `${__typename} ${id}`;

async function askAlone(of: Representation): Promise<unknown> {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { __typename ${fragments.join(" ")} } }`;
  const { data } = await service.ask<{ _entities: unknown[] }, unknown>(`${query} # ${keyOf(of)}`, { of: [of] });
  return data?._entities[0] ?? null;
}

beforeAll(async () => {
  service = running.use(await startTestService());
  const own = [...(await entitiesOf("lender")), ...(await entitiesOf("lender")), ...(await entitiesOf("lender"))];
  const foreign = await entitiesOf("another lender");
  const unknown = Object.keys(fields).map((__typename) => ({ __typename, id: "nobody" }));
  for (const of of own) aloneByKey.set(keyOf(of), await askAlone(of));
  const random = randomFrom(seed);
  const pick = (): Representation | null => {
    const from = random() < 0.75 ? own : random() < 0.4 ? foreign : random() < 0.7 ? unknown : [null];
    return from[Math.floor(random() * from.length)] ?? null;
  };
  book = Array.from({ length: loans }, (_, at) => ({
    id: `loan-${at}`,
    amount: 1,
    pan: `ZZZPL${1_000 + at}C`,
    evidence: Array.from({ length: 1 + Math.floor(random() * 12) }, pick),
  }));
  for (const composer of composers) {
    supergraphByComposer.set(composer, running.use(await startSupergraph(service, book, composer)));
  }
}, 120_000);

afterAll(() => running.disposeAsync());

interface LoanAnswer {
  readonly data: { readonly loan: { readonly evidence: readonly unknown[] } };
}

async function evidenceOf(url: string, loan: BookedLoan, order: readonly string[]): Promise<readonly unknown[]> {
  const query = `{ loan(id: "${loan.id}") { evidence { __typename ${order.join(" ")} } } }`;
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${await service.token()}` },
    body: JSON.stringify({ query }),
  });
  return ((await response.json()) as LoanAnswer).data.loan.evidence;
}

describe.each(composers)("composed by %s", (composer) => {
  it.each(gateways)(
    `entities of several types are answered through %s as each alone (seed ${seed})`,
    async (gateway) => {
      const url = supergraphByComposer.get(composer)?.urlByGateway.get(gateway) ?? "";
      const random = randomFrom(seed + gateway.length);
      let compared = 0;
      for (const loan of book) {
        const order = fragments.toSorted(() => random() - 0.5);
        const evidence = await evidenceOf(url, loan, order);
        expect(evidence).toHaveLength(loan.evidence!.length);
        for (const [at, of] of loan.evidence!.entries()) {
          const alone = of && aloneByKey.get(keyOf(of));
          if (alone) {
            expect(evidence[at]).toEqual(alone);
            compared += 1;
          } else {
            // Of what is not there, a gateway says null, or what it knew before it asked.
            const { __typename, id, ...known } = (evidence[at] ?? {}) as Record<string, unknown>;
            expect([id ?? of?.id, __typename ?? of?.__typename]).toEqual([of?.id, of?.__typename]);
            expect(Object.values(known).filter((value) => value !== null)).toEqual([]);
          }
        }
      }
      expect(compared).toBeGreaterThan(loans);
    },
  );
});
