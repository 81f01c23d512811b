import type { Pan } from "../../src/domain/identifiers";
import { startEmbedded, type EmbeddedServer } from "../../src/store/postgres/embedded";
import type { Store } from "../../src/store/store";
import { randomFrom } from "../support/randomOperation";
import { externalPlace, newDataDir, pan, type StorePlace } from "./storePlace";

const dataDir = newDataDir();
let server: EmbeddedServer;
let place: StorePlace;

beforeAll(async () => {
  server = await startEmbedded({ dataDir: dataDir.path });
  place = await externalPlace(server.url);
}, 60_000);

afterAll(async () => {
  await place[Symbol.asyncDispose]();
  await server.stop();
  await dataDir[Symbol.asyncDispose]();
});

describe("people who are new to several questions at once", () => {
  it("are met once each, in whatever order they are named", async () => {
    const random = randomFrom(7);
    await using one = await place.open();
    await using other = await place.open();
    for (let round = 0; round < 40; round += 1) {
      const people = Array.from({ length: 60 }, (_, at) => pan(round * 60 + at));
      const ask = (store: Store): Promise<ReadonlyMap<Pan, { readonly id: string }>> =>
        store.taxpayers.byPan(
          "lender",
          people.filter(() => random() < 0.8).toSorted(() => random() - 0.5),
        );
      const answers = await Promise.all(Array.from({ length: 8 }, (_, at) => ask(at % 2 ? one : other)));
      for (const person of people) {
        expect(new Set(answers.flatMap((answer) => answer.get(person)?.id ?? [])).size).toBeLessThanOrEqual(1);
      }
    }
  });
});
