import { Secret } from "../../src/kernel/secret";
import { type EmbeddedServer, startEmbedded } from "../../src/store/postgres/embedded";
import { externalPlace, newDataDir, type StorePlace } from "./storePlace";

/** Runs a part of the contract on the server of DATABASE_URL, or on a substitute. */
export function onGivenServer(contract: (newPlace: () => Promise<StorePlace>) => void): void {
  describe("the store on an external PostgreSQL", () => {
    const dataDir = newDataDir();
    const given = process.env.DATABASE_URL;
    let standIn: EmbeddedServer | undefined;
    let server: Secret;

    beforeAll(async () => {
      standIn = given === undefined ? await startEmbedded({ dataDir: dataDir.path }) : undefined;
      server = standIn?.url ?? new Secret(given ?? "");
    });

    afterAll(async () => {
      await standIn?.stop();
      await dataDir[Symbol.asyncDispose]();
    });

    contract(() => externalPlace(server));
  });
}
