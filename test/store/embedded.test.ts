import { engineContract } from "./storeContract";
import { embeddedPlace, newDataDir } from "./storePlace";

describe("the store on its own PostgreSQL", () => {
  const dataDir = newDataDir();

  afterAll(() => dataDir[Symbol.asyncDispose]());

  engineContract(() => embeddedPlace(dataDir.path));
});
