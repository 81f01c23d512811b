import type { WantedDocument, DocumentRequest } from "../../src/reading/question";
import { Fault } from "../../src/kernel/fault";
import type { Gather } from "../../src/reading/gather";
import { createLoaders } from "../../src/reading/loaders";
import type { StoredTaxpayer, TaxpayerStore } from "../../src/reading/ports";
import { gathering, taxpayer } from "./gathering";

const everybody = ["A", "B", "C"].map((letter) => taxpayer(letter));
const pans = everybody.map(({ pan }) => pan);

/** Answers in the opposite order, so that nothing can be handed out by its place. */
function shuffledStore(held: readonly StoredTaxpayer[]): TaxpayerStore & { readonly batches: string[][] } {
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

const gatherNothing: Gather = () => Promise.reject(new Error("nothing is wanted here"));

const { asker } = gathering();

describe("taxpayers", () => {
  it("are handed out by PAN, never by place", async () => {
    const { taxpayerByPan } = createLoaders(shuffledStore(everybody), gatherNothing, asker());
    const read = await Promise.all(pans.map((pan) => taxpayerByPan.load(pan)));
    expect(read.map(({ pan }) => pan)).toEqual(pans);
  });

  it("are handed out by id, never by place", async () => {
    const { taxpayerById } = createLoaders(shuffledStore(everybody), gatherNothing, asker());
    const read = await Promise.all(everybody.map(({ id }) => taxpayerById.load(id)));
    expect(read).toEqual(everybody);
  });

  it("of one tick are read together", async () => {
    const store = shuffledStore(everybody);
    const { taxpayerByPan } = createLoaders(store, gatherNothing, asker());
    await Promise.all([...pans, ...pans].map((pan) => taxpayerByPan.load(pan)));
    expect(store.batches).toEqual([pans]);
  });

  it("of an unknown id are null", async () => {
    const { taxpayerById } = createLoaders(shuffledStore(everybody), gatherNothing, asker());
    expect(await taxpayerById.load("nobody")).toBeNull();
  });

  it("are refused, never guessed, when a batch comes back short", async () => {
    const { taxpayerByPan } = createLoaders(shuffledStore(everybody.slice(0, 2)), gatherNothing, asker());
    const [, , missing] = await Promise.allSettled(pans.map((pan) => taxpayerByPan.load(pan)));
    expect(missing).toEqual({ status: "rejected", reason: new Fault("INTERNAL") });
  });
});

describe("what is wanted", () => {
  const wants: readonly WantedDocument[] = [{ document: "COMPLIANCE" }];
  const wishes = everybody.map((each): DocumentRequest => ({ taxpayer: each, wanted: wants, fields: [] }));

  it("in one tick is gathered together", async () => {
    const gathered: number[] = [];
    const gatherWishes: Gather = (_asker, asked) => {
      gathered.push(asked.length);
      return Promise.resolve((wish) => ({ taxpayer: wish.taxpayer, answered: [] }));
    };
    const { documents: gathering } = createLoaders(shuffledStore([]), gatherWishes, asker());
    await Promise.all(wishes.map((wish) => gathering.load([wish])));
    expect(gathered).toEqual([3]);
  });
});
