import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { localSecrets } from "../../src/store/keys/localSecrets";
import { newDataDir } from "./storePlace";

describe("a local secret", () => {
  it("is the same every time it is asked for", async () => {
    await using dataDir = newDataDir();
    const first = localSecrets(dataDir.path).read("master.key").reveal();
    expect(first).toHaveLength(32);
    expect(localSecrets(dataDir.path).read("master.key").reveal()).toEqual(first);
  });

  it("differs by name", async () => {
    await using dataDir = newDataDir();
    expect(localSecrets(dataDir.path).read("one").reveal()).not.toEqual(
      localSecrets(dataDir.path).read("other").reveal(),
    );
  });

  it("can be read by its owner only", async () => {
    await using dataDir = newDataDir();
    localSecrets(dataDir.path).read("master.key");
    expect(statSync(join(dataDir.path, "master.key")).mode & 0o777).toBe(0o600);
    expect(statSync(dataDir.path).mode & 0o777).toBe(0o700);
  });

  it("leaves no draft behind", async () => {
    await using dataDir = newDataDir();
    localSecrets(dataDir.path).read("master.key");
    expect(readdirSync(dataDir.path)).toEqual(["master.key"]);
  });

  it("is refused by name when its file is damaged", async () => {
    await using dataDir = newDataDir();
    mkdirSync(dataDir.path);
    writeFileSync(join(dataDir.path, "master.key"), "c2hvcnQ=");
    expect(() => localSecrets(dataDir.path).read("master.key")).toThrow("master.key is damaged");
  });
});
