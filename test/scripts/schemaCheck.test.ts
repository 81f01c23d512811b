import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const script = join(__dirname, "../../scripts/schemaCheck.mjs");
const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated", "@requiresScopes"])';
const firstSdl = `${link}
  type Query { taxpayer(pan: String!): Taxpayer  mood: Mood }
  type Taxpayer @key(fields: "id") { id: ID!  name: String }
  type Secret @authenticated { word: String @requiresScopes(scopes: [["words"]])  pin: Int @sensitive @authenticated }
  scalar Pan @requiresScopes(scopes: [["words"]])
  enum Mood { CALM }
`;

let tree: string;

beforeEach(() => {
  tree = mkdtempSync(join(tmpdir(), "schema-check-"));
  mkdirSync(join(tree, "schema"));
});

afterEach(() => {
  rmSync(tree, { recursive: true, force: true });
});

function git(...args: string[]): void {
  const who = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false"];
  const { status, stderr } = spawnSync("git", [...who, ...args], { cwd: tree, env: bareEnv, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}

/** Neither a hook's repository nor anybody's settings. */
const bareEnv = { PATH: process.env.PATH ?? "", GIT_CONFIG_GLOBAL: "/dev/null", GIT_CEILING_DIRECTORIES: tmpdir() };

function write(sdl: string): void {
  writeFileSync(join(tree, "schema/subgraph.graphql"), sdl);
}

function commit(sdl: string): void {
  write(sdl);
  git("add", ".");
  git("commit", "--quiet", "--message", "A change");
}

function giveReason(line: string): void {
  writeFileSync(join(tree, "schema/breaking.md"), `# Breaking\n\n${line}\n`);
}

function check(): { status: number | null; printed: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], {
    cwd: tree,
    env: bareEnv,
    encoding: "utf8",
  });
  return { status, printed: stdout + stderr };
}

const withoutName = firstSdl.replace("name: String", "");
const removedName = "Field 'name' was removed from object type 'Taxpayer'.";

describe("the schema check of a working tree", () => {
  beforeEach(() => {
    git("init", "--quiet", "--initial-branch=trunk");
    commit(firstSdl);
  });

  it.each([
    ["safe", "a field more", firstSdl.replace("name: String", "name: String  holderType: String"), ""],
    ["safe", "a key more", firstSdl.replace("{ id: ID!", '@key(fields: "name") { id: ID!'), ""],
    [
      "dangerous",
      "an enum's value more",
      firstSdl.replace("CALM", "CALM HAPPY"),
      "Enum value 'HAPPY' was added to enum 'Mood'.",
    ],
    [
      "dangerous",
      "an optional argument more",
      firstSdl.replace("pan: String!", "pan: String!, year: Int"),
      "Argument 'year: Int' added to field 'Query.taxpayer'.",
    ],
    ["breaking", "a field less", withoutName, removedName],
    [
      "breaking",
      "a required argument more",
      firstSdl.replace("pan: String!", "pan: String!, year: Int!"),
      "Argument 'year: Int!' added to field 'Query.taxpayer'.",
    ],
    ["breaking", "a type less", firstSdl.replace(/mood: Mood|enum Mood.*/g, ""), "Type 'Mood' was removed."],
    [
      "breaking",
      "a field's scopes less",
      firstSdl.replace('word: String @requiresScopes(scopes: [["words"]])', "word: String"),
      "Directive 'requiresScopes' was removed from field 'Secret.word'.",
    ],
    [
      "breaking",
      "a scalar's scopes less",
      firstSdl.replace('Pan @requiresScopes(scopes: [["words"]])', "Pan"),
      "Directive 'requiresScopes' was removed from scalar 'Pan'.",
    ],
    [
      "breaking",
      "a field's other scopes",
      firstSdl.replace(
        'word: String @requiresScopes(scopes: [["words"]])',
        "word: String @requiresScopes(scopes: [[]])",
      ),
      'Secret.word.@requiresScopes.scopes was changed from [["words"]] to [[]].',
    ],
    [
      "breaking",
      "a type open to all",
      firstSdl.replace("Secret @authenticated", "Secret"),
      "Directive 'authenticated' was removed from object 'Secret'.",
    ],
    [
      "breaking",
      "a field open to all",
      firstSdl.replace("@sensitive @authenticated", "@sensitive"),
      "Directive 'authenticated' was removed from field 'Secret.pin'.",
    ],
    [
      "breaking",
      "a mark of secrecy less",
      firstSdl.replace("@sensitive ", ""),
      "Directive 'sensitive' was removed from field 'Secret.pin'.",
    ],
    [
      "dangerous",
      "scopes more",
      firstSdl.replace("name: String", 'name: String @requiresScopes(scopes: [["names"]])'),
      "Directive 'requiresScopes' was added to field 'Taxpayer.name'.",
    ],
    ["safe", "a key in front", firstSdl.replace('@key(fields: "id")', '@key(fields: "name") @key(fields: "id")'), ""],
    ["breaking", "a key less", firstSdl.replace('@key(fields: "id")', ""), 'Taxpayer @key(fields: "id") was removed.'],
  ])("calls %s: %s", (verdict, _, sdl, sentence) => {
    write(sdl);
    const { status, printed } = check();
    expect(printed).toMatch(new RegExp(`^schema: the last change, since [0-9a-f]+, is ${verdict}\n`));
    expect(printed).toContain(sentence);
    expect(status).toBe(verdict === "breaking" ? 1 : 0);
  });

  it("says which line a refused change needs", () => {
    write(withoutName);
    expect(check().printed).toContain(`Let schema/breaking.md say why, after:\n- \`${removedName}\`\n`);
  });

  it("lets a breaking change pass for a stated reason", () => {
    write(withoutName);
    giveReason(`- \`${removedName}\` Nobody ever told one.`);
    expect(check()).toMatchObject({
      status: 0,
      printed: expect.stringContaining(`breaking: ${removedName} Nobody ever told one.`) as string,
    });
  });

  it("takes no reason for another change", () => {
    write(withoutName);
    giveReason(`- \`${removedName.replace("name", "id")}\` Nobody ever told one.`);
    expect(check().status).toBe(1);
  });

  it("takes no empty line for a reason", () => {
    write(withoutName);
    giveReason(`- \`${removedName}\` `);
    expect(check().status).toBe(1);
  });

  it("judges the last commit where the tree is clean, as in CI", () => {
    commit(withoutName);
    expect(check()).toMatchObject({ status: 1, printed: expect.stringContaining("is breaking") as string });
  });

  it("refuses a breaking commit that a harmless one has followed", () => {
    commit(withoutName);
    commit(`${withoutName}\n# A remark`);
    const { status, printed } = check();
    expect(status).toBe(1);
    expect(printed).toContain("is safe");
  });

  it("does not take what two branches have added for changes of each other", () => {
    git("checkout", "--quiet", "-b", "side");
    commit(firstSdl.replace("mood: Mood", "mood: Mood  temper: String"));
    git("checkout", "--quiet", "trunk");
    commit(firstSdl.replace("CALM", "CALM HAPPY"));
    git("merge", "--quiet", "--message", "Both", "side");
    expect(check()).toMatchObject({ status: 0 });
  });
});

describe("the schema check without a history", () => {
  it.each([
    ["outside of git", () => undefined],
    [
      "before the first commit",
      () => {
        git("init", "--quiet");
      },
    ],
    [
      "where one version was committed",
      () => {
        git("init", "--quiet");
        commit(firstSdl);
      },
    ],
  ])("says that it cannot compare %s, which is no failure", (_, prepare) => {
    write(firstSdl);
    prepare();
    expect(check()).toEqual({ status: 0, printed: "schema: there is no earlier version here to compare with\n" });
  });
});
