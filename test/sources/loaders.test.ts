import { found } from "../../src/domain/answer";
import { Fault } from "../../src/kernel/fault";
import type { Gather } from "../../src/sources/gather";
import { createLoaders } from "../../src/sources/loaders";
import { keyOf } from "../../src/sources/question";
import type { KeptTaxpayer, TaxpayerStore } from "../../src/sources/taxpayerStore";
import { gathering, provenance, question, statusOf, taxpayer } from "./gathering";

const everybody = ["A", "B", "C"].map((letter) => taxpayer(letter));
const pans = everybody.map(({ pan }) => pan);

/** Answers in the opposite order, so that nothing can be handed out by its place. */
function shuffledStore(held: readonly KeptTaxpayer[]): TaxpayerStore & { readonly batches: string[][] } {
  const batches: string[][] = [];
  const known = [...held].reverse();
  return {
    batches,
    byPan(_tenant, wanted) {
      batches.push([...wanted]);
      return Promise.resolve(new Map(known.filter(({ pan }) => wanted.includes(pan)).map((each) => [each.pan, each])));
    },
    byId(_tenant, wanted) {
      batches.push([...wanted]);
      return Promise.resolve(new Map(known.filter(({ id }) => wanted.includes(id)).map((each) => [each.id, each])));
    },
    keep: () => Promise.resolve(),
  };
}

const shuffledGather: Gather = (_asker, questions) =>
  Promise.resolve(
    new Map(
      questions.toReversed().map((each) => [keyOf(each), [found(statusOf(each.taxpayer.pan), provenance)]] as const),
    ),
  );

const { asker } = gathering();

describe("taxpayers", () => {
  it("are handed out by PAN, never by place", async () => {
    const { taxpayerByPan } = createLoaders(shuffledStore(everybody), shuffledGather, asker());
    const read = await Promise.all(pans.map((pan) => taxpayerByPan.load(pan)));
    expect(read.map(({ pan }) => pan)).toEqual(pans);
  });

  it("are handed out by id, never by place", async () => {
    const { taxpayerById } = createLoaders(shuffledStore(everybody), shuffledGather, asker());
    const read = await Promise.all(everybody.map(({ id }) => taxpayerById.load(id)));
    expect(read).toEqual(everybody);
  });

  it("of one tick are read together", async () => {
    const store = shuffledStore(everybody);
    const { taxpayerByPan } = createLoaders(store, shuffledGather, asker());
    await Promise.all([...pans, ...pans].map((pan) => taxpayerByPan.load(pan)));
    expect(store.batches).toEqual([pans]);
  });

  it("of an unknown id are null", async () => {
    const { taxpayerById } = createLoaders(shuffledStore(everybody), shuffledGather, asker());
    expect(await taxpayerById.load("nobody")).toBeNull();
  });

  it("are refused, never guessed, when a batch comes back short", async () => {
    const { taxpayerByPan } = createLoaders(shuffledStore(everybody.slice(0, 2)), shuffledGather, asker());
    const [, , missing] = await Promise.allSettled(pans.map((pan) => taxpayerByPan.load(pan)));
    expect(missing).toEqual({ status: "rejected", reason: new Fault("INTERNAL") });
  });
});

describe("answers", () => {
  it("are handed out by question, never by place", async () => {
    const { answer } = createLoaders(shuffledStore([]), shuffledGather, asker());
    const read = await Promise.all(everybody.map((each) => answer.load(question(each))));
    expect(read).toMatchObject(pans.map((pan) => [{ value: { standingLabel: pan } }]));
  });

  it("of one tick are gathered together", async () => {
    const gather = jest.fn(shuffledGather);
    const { answer } = createLoaders(shuffledStore([]), gather, asker());
    await Promise.all(everybody.flatMap((each) => [answer.load(question(each)), answer.load(question(each))]));
    expect(gather.mock.calls.map(([, questions]) => questions.length)).toEqual([3]);
  });
});
