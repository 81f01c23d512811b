import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { localSecret } from "../../src/store/keys/localSecret";
import { newDataDir } from "./storePlace";

describe("a local secret", () => {
  it("is the same every time it is asked for", async () => {
    await using dataDir = newDataDir();
    const first = localSecret(dataDir.path, "master.key").reveal();
    expect(first).toHaveLength(32);
    expect(localSecret(dataDir.path, "master.key").reveal()).toEqual(first);
  });

  it("differs by name", async () => {
    await using dataDir = newDataDir();
    expect(localSecret(dataDir.path, "one").reveal()).not.toEqual(localSecret(dataDir.path, "other").reveal());
  });

  it("can be read by its owner only", async () => {
    await using dataDir = newDataDir();
    localSecret(dataDir.path, "master.key");
    expect(statSync(join(dataDir.path, "master.key")).mode & 0o777).toBe(0o600);
    expect(statSync(dataDir.path).mode & 0o777).toBe(0o700);
  });

  it("leaves no draft behind", async () => {
    await using dataDir = newDataDir();
    localSecret(dataDir.path, "master.key");
    expect(readdirSync(dataDir.path)).toEqual(["master.key"]);
  });

  it("is refused by name when its file is damaged", async () => {
    await using dataDir = newDataDir();
    mkdirSync(dataDir.path);
    writeFileSync(join(dataDir.path, "master.key"), "c2hvcnQ=");
    expect(() => localSecret(dataDir.path, "master.key")).toThrow("master.key is damaged");
  });
});
