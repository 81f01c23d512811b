import { Secret } from "../../src/kernel/secret";
import { openStore } from "../../src/store/store";
import { onGivenServer } from "./givenServer";
import { heldOnEngineContract } from "./storeContract";
import { settingsFor } from "./storePlace";

onGivenServer(heldOnEngineContract);

describe("an address", () => {
  it("that does not answer is reported by the name of its setting", async () => {
    const databaseUrl = new Secret("postgres://someone:hunter2@127.0.0.1:1/nothing");
    const error: unknown = await openStore(settingsFor({ databaseUrl })).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: "StoreUnavailable",
      message: expect.stringContaining("DATABASE_URL") as string,
    });
    expect(String(error)).not.toContain("hunter2");
  });

  it("that cannot be parsed is not repeated", async () => {
    const databaseUrl = new Secret("postgres://someone:hunter2@host:port/nothing");
    const error: unknown = await openStore(settingsFor({ databaseUrl })).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "StoreUnavailable" });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain("hunter2");
  });
});
