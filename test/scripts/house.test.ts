import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const script = join(__dirname, "../../scripts/house.mjs");

// One PAN goes from the graph through a port and a factory to the vendor, and its answer back.
const planted: Record<string, string> = {
  "src/graph/taxpayerQuery.ts": `
    import type { Reading } from "../reading/reading";
    export class TaxpayerResolver {
      async taxpayer(pan: string, context: { reading: Reading }) {
        const answer = await context.reading.read({ pan });
        return { answer };
      }
    }`,
  "src/graph/inputs.ts": `
    export class OpenSessionInput { password!: string; }
    export class SubmitOtpInput { otp!: string; }
    export const open = ({ password }: OpenSessionInput) => password.length;`,
  "src/graph/unrelated.ts": `
    export function unrelated(pan: string) { return pan; }
    export const nobodyWantsMe = 1;`,
  "src/reading/reading.ts": `
    import type { Client } from "../providers/client";
    export interface Reading { read(question: { pan: string }): Promise<string> }
    export function createReading(client: Client): Reading {
      return { read: async ({ pan }) => client.ask(pan) };
    }`,
  "src/providers/client.ts": `export interface Client { ask(pan: string): Promise<string> }`,
  "src/providers/eko/client.ts": `
    import type { Client } from "../client";
    export function createClient(): Client {
      return { ask: (pan) => Promise.resolve(\`eko \${pan}\`) };
    }`,
  "src/providers/kwikid/client.ts": `
    import type { Client } from "../client";
    export const kwikid: Client = { ask: (pan) => Promise.resolve(\`kwikid \${pan}\`) };`,
  "src/providers/finpass/mapper/analyzed.ts": `
    export const toHeads = (salary: number) => ({ salary: salary * 2 });`,
  "src/main.ts": `
    import { OpenSessionInput, open, SubmitOtpInput } from "./graph/inputs";
    import { TaxpayerResolver } from "./graph/taxpayerQuery";
    import { unrelated } from "./graph/unrelated";
    import { createClient } from "./providers/eko/client";
    import { toHeads } from "./providers/finpass/mapper/analyzed";
    import { kwikid } from "./providers/kwikid/client";
    import { createReading } from "./reading/reading";
    console.log(OpenSessionInput, open, SubmitOtpInput, TaxpayerResolver, unrelated, kwikid, toHeads(1), createReading(createClient()));`,
};

let tree: string;

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), "house-"));
  for (const [path, text] of Object.entries(planted)) plant(path, text);
});

afterAll(() => {
  rmSync(tree, { recursive: true, force: true });
});

function plant(path: string, text: string): void {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), text);
}

function house(args: readonly string[] = [], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args, tree], {
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  const valueOf = (row: string) => Number(new RegExp(`^${row} +(\\S+)`, "m").exec(stdout)?.[1]);
  return { status, stdout, stderr, valueOf };
}

describe("the house", () => {
  it("names an export that nobody imports, with its file", () => {
    const { stdout, valueOf } = house();
    expect(valueOf("exports that nobody imports")).toBe(1);
    expect(stdout).toContain("unused: nobodyWantsMe in src/graph/unrelated.ts");
  });

  it("counts files, the largest folder too", () => {
    const { valueOf } = house();
    expect(valueOf("files of src")).toBe(9);
    expect(valueOf("files in the largest folder \\(src/graph\\)")).toBe(3);
  });

  it("follows a PAN through a port to its one vendor", () => {
    const { stdout, valueOf } = house([], { WALK: "PAN" });
    const passed = [...stdout.matchAll(/^ {2}PAN: (\S+)/gm)].map(([, file]) => file).toSorted();
    expect(passed).toEqual(["src/graph/taxpayerQuery.ts", "src/providers/eko/client.ts", "src/reading/reading.ts"]);
    expect(valueOf("folder crossings of PAN")).toBeGreaterThanOrEqual(2);
  });

  it("is refused where a target is missed", () => {
    expect(house(["--check"])).toMatchObject({ status: 1 });
    expect(house(["--unused"])).toMatchObject({ status: 1 });
    expect(house()).toMatchObject({ status: 0 });
  });

  it("says which walk has lost its start", () => {
    rmSync(join(tree, "src/providers/finpass"), { recursive: true });
    expect(house()).toMatchObject({ stderr: expect.stringContaining("The walk of salary starts nowhere") as string });
    plant("src/providers/finpass/mapper/analyzed.ts", planted["src/providers/finpass/mapper/analyzed.ts"]!);
  });
});
