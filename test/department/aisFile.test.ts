import { join } from "node:path";
import { parseAisFile, readAisFile } from "../../src/department/statement/aisFile";
import { largeAisFile } from "../support/largeAisFile";
import { longestTurnDuring } from "../support/longestTurn";
import { portalFile, portalPan } from "./portalFile";

// The thread reads the sources as they are.
process.env.NODE_OPTIONS = `--require ${join(__dirname, "../support/requireTypeScript.cjs")}`;

const mostBytes = 4_900_000;

describe("the file of a statement that is large", () => {
  it("delays nobody by more than 50 ms", async () => {
    const bytes = largeAisFile(mostBytes);
    const turnMs = await longestTurnDuring(async () => {
      const { read } = await readAisFile(bytes);
      expect(read?.entries.length).toBeGreaterThan(4_000);
    });
    expect(turnMs).toBeLessThan(50);
  });

  it("would delay everybody without a thread of its own", async () => {
    const bytes = largeAisFile(mostBytes);
    const turnMs = await longestTurnDuring(async () => {
      await new Promise(setImmediate);
      parseAisFile(bytes);
    });
    expect(turnMs).toBeGreaterThan(100);
  });

  it("is read as a small one is", async () => {
    const bytes = largeAisFile(200_000);
    const [here, there] = [parseAisFile(bytes), await readAisFile(bytes)];
    expect(there.read).toEqual(here.read);
    expect(Buffer.from(there.masked).toString()).toBe(Buffer.from(here.masked).toString());
    expect(there.read?.pans).toContain(portalPan);
  });

  it("is no statement where it is no JSON", async () => {
    const bytes = Buffer.from(largeAisFile(200_000).toString().slice(0, -1));
    expect((await readAisFile(bytes)).read).toBeUndefined();
  });

  it("is read at once with others", async () => {
    const files = [70_000, 80_000, 90_000].map(largeAisFile);
    const counts = (await Promise.all(files.map(readAisFile))).map(({ read }) => read?.entries.length);
    expect(counts).toEqual(files.map((bytes) => parseAisFile(bytes).read?.entries.length));
  });
});

describe("the file of a statement that is small", () => {
  it("is kept indented, as a person reads it", async () => {
    const { masked } = await readAisFile(Buffer.from(JSON.stringify(portalFile())));
    expect(Buffer.from(masked).toString()).toContain('\n  "metadata": {\n');
  });
});
