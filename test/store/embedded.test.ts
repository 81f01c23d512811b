import { storeContract } from "./storeContract";
import { embeddedPlace, newDataDir } from "./storePlace";

describe("the store on its own PostgreSQL", () => {
  const dataDir = newDataDir();

  afterAll(() => dataDir[Symbol.asyncDispose]());

  storeContract(() => embeddedPlace(dataDir.path));
});
