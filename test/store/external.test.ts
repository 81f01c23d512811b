import { Secret } from "../../src/kernel/secret";
import { type EmbeddedServer, startEmbedded } from "../../src/store/embedded";
import { openStore } from "../../src/store/store";
import { storeContract } from "./storeContract";
import { externalPlace, newDataDir, settingsFor } from "./storePlace";

describe("the store on a PostgreSQL that is given by its address", () => {
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

  storeContract(() => externalPlace(server));

  it("says which setting is wrong when nobody answers", async () => {
    const databaseUrl = new Secret("postgres://someone:hunter2@127.0.0.1:1/nothing");
    const error: unknown = await openStore(settingsFor({ databaseUrl })).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: "StoreUnavailable",
      message: expect.stringContaining("DATABASE_URL") as string,
    });
    expect(String(error)).not.toContain("hunter2");
  });

  it("does not repeat an address that it cannot read", async () => {
    const databaseUrl = new Secret("postgres://someone:hunter2@host:port/nothing");
    const error: unknown = await openStore(settingsFor({ databaseUrl })).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "StoreUnavailable" });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain("hunter2");
  });
});
