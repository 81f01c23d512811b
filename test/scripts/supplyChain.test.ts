import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "../..");

interface Locked {
  dev?: boolean;
  devOptional?: boolean;
  license?: string;
  integrity?: string;
  resolved?: string;
  hasInstallScript?: boolean;
  engines?: Record<string, string>;
  deprecated?: string;
  dependencies?: Record<string, string>;
}

interface LockFile {
  packages: Record<string, Locked>;
}

let tree: string;

beforeEach(() => {
  tree = mkdtempSync(join(tmpdir(), "supply-chain-"));
});

afterEach(() => {
  rmSync(tree, { recursive: true, force: true });
});

/** Runs a script on our own lock file, in which one thing is changed. */
function run(script: string, change: (packages: LockFile["packages"]) => void = () => undefined) {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as LockFile;
  change(lock.packages);
  writeFileSync(join(tree, "package-lock.json"), JSON.stringify(lock));
  writeFileSync(join(tree, "package.json"), readFileSync(join(root, "package.json")));
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "scripts", script)], {
    cwd: tree,
    encoding: "utf8",
    maxBuffer: 16 * 1024 * 1024,
  });
  return { status, stdout, complaints: stderr.trim() };
}

const changed = (name: string, changes: Partial<Locked>) => (packages: LockFile["packages"]) => {
  packages[`node_modules/${name}`] = { ...packages[`node_modules/${name}`], ...changes };
};

describe("the lock file", () => {
  it("is in order", () => {
    expect(run("supplyChain.mjs")).toMatchObject({ status: 0, complaints: "" });
  });

  it.each<[string, string, Partial<Locked>, string]>([
    ["copyleft in production", "pino", { license: "AGPL-3.0-only" }, "has a licence to be read: AGPL-3.0-only"],
    ["no licence in production", "pino", { license: undefined as never }, "has a licence to be read: undefined"],
    [
      "a licence of two, one of them copyleft",
      "pino",
      { license: "(MIT AND GPL-3.0-only)" },
      "has a licence to be read",
    ],
    ["a new script at install", "pino", { hasInstallScript: true }, "runs a script when it is installed"],
    ["a new script in development", "jest", { hasInstallScript: true }, "runs a script when it is installed"],
    ["no bytes", "pino", { integrity: undefined as never }, "is not locked by a SHA-512"],
    ["bytes by a weak hash", "pino", { integrity: "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=" }, "is not locked by a SHA-512"],
    ["a later Node than the pinned one", "jest", { engines: { node: ">=99" } }, "needs Node >=99, and "],
    ["what its makers have given up", "jest", { deprecated: "use another" }, "is deprecated by its makers"],
    ["another address", "pino", { resolved: "git+ssh://git@elsewhere.example/pino.git" }, "is locked to an address"],
  ])("is refused with %s", (_what, name, changes, complaint) => {
    const { status, complaints } = run("supplyChain.mjs", changed(name, changes));
    expect(status).toBe(1);
    expect(complaints).toContain(complaint);
    expect(complaints.split("\n")).toHaveLength(1);
  });

  it.each<[string, Partial<Locked>]>([
    ["a choice of licences, one of them allowed", { license: "(MIT OR GPL-3.0-only)" }],
    ["two licences that are both allowed", { license: "(MIT AND BSD-3-Clause)" }],
  ])("may have %s", (_what, changes) => {
    expect(run("supplyChain.mjs", changed("pino", changes)).status).toBe(0);
  });

  it("may have any licence where it is for development only", () => {
    expect(run("supplyChain.mjs", changed("jest", { license: "Elastic-2.0" })).status).toBe(0);
  });
});

describe.each(["bench", "examples/supergraph"])("the lock file of %s", (folder) => {
  it("is in order", () => {
    const { status, stderr } = spawnSync(process.execPath, ["scripts/supplyChain.mjs", folder], {
      cwd: root,
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
});

describe("the bill of materials", () => {
  it("names every package of production by its bytes", () => {
    const { components } = JSON.parse(run("sbom.mjs").stdout) as {
      components: { "bom-ref": string; hashes: { content: string }[] }[];
    };
    const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as LockFile;
    const production = Object.entries(packages).filter(
      // A workspace is ours: it has no bytes of a registry. The image leaves out optional packages, so devOptional ones too.
      ([path, { dev, devOptional }]) =>
        path.startsWith("node_modules/") && !dev && !devOptional && !path.includes("@aaygraph/"),
    );
    expect(components.map((each) => each["bom-ref"].split("#")[1])).toEqual(
      production.map(([path]) => path).toSorted((one, other) => one.localeCompare(other, "en")),
    );
    expect(components.every(({ hashes }) => /^[0-9a-f]{128}$/.test(hashes[0]!.content))).toBe(true);
  });

  it("is the same for the same lock file", () => {
    expect(run("sbom.mjs").stdout).toBe(run("sbom.mjs").stdout);
  });

  it("names no place on the network but the form it is written in", () => {
    const addresses = run("sbom.mjs").stdout.match(/https?:\/\/[^"\s]+/g);
    expect(addresses).toEqual(["http://cyclonedx.org/schema/bom-1.5.schema.json"]);
  });
});

describe("the list of licences", () => {
  it("names one for each package of production", () => {
    const lines = run("licences.mjs").stdout.trim().split("\n");
    expect(lines.length).toBeGreaterThan(100);
    expect(lines.filter((line) => !/^\S+@\S+ +\S/.test(line) || line.includes("none named"))).toEqual([]);
  });
});
