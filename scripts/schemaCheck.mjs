// Says whether the SDL's last change is breaking, dangerous or safe, and refuses a breaking one for which
// schema/breaking.md states no reason. All the history at hand is judged, so that a later change hides no earlier one.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { schemaChanges } from "./schemaChanges.mjs";

const sdlFile = "schema/subgraph.graphql";
const reasonsFile = "schema/breaking.md";

const reasons = statedReasons();
const steps = await stepsOf([{ commit: undefined, sdl: readFileSync(sdlFile, "utf8") }, ...committedVersions()]);

if (steps.length === 0) console.log("schema: there is no earlier version here to compare with");
else tell(steps[0]);

for (const { since, breaking } of steps) {
  for (const change of breaking.filter((each) => !reasons.has(each))) {
    console.error(`A change since ${since} is breaking. Let ${reasonsFile} say why, after:\n- \`${change}\``);
    process.exitCode = 1;
  }
}

function tell({ since, breaking, dangerous }) {
  const verdict = breaking.length > 0 ? "breaking" : dangerous.length > 0 ? "dangerous" : "safe";
  console.log(`schema: the last change, since ${since}, is ${verdict}`);
  for (const change of breaking) console.log(`  breaking: ${change} ${reasons.get(change) ?? ""}`);
  for (const change of dangerous) console.log(`  dangerous: ${change}`);
}

/** A line of the page is a change, in the very words of this check, and a reason. */
function statedReasons() {
  const page = existsSync(reasonsFile) ? readFileSync(reasonsFile, "utf8") : "";
  return new Map([...page.matchAll(/^- `(.+?)` (\S.*)$/gm)].map(([, change, reason]) => [change, reason]));
}

/** Newest first, and none where there is no git or no history. */
function committedVersions() {
  // Along first parents, for two branches that grew side by side are not changes of each other.
  const commits = git("log", "--first-parent", "--format=%h", "--", sdlFile) ?? "";
  return commits
    .split("\n")
    .filter(Boolean)
    .flatMap((commit) => {
      const sdl = git("show", `${commit}:./${sdlFile}`);
      return sdl === undefined ? [] : [{ commit, sdl }];
    });
}

/** From each version to the next newer one, where they differ. */
async function stepsOf(versions) {
  const steps = versions.slice(1).map(async ({ commit, sdl }, at) => {
    const newer = versions[at].sdl;
    return newer === sdl ? [] : [{ since: commit, ...(await schemaChanges(sdl, newer)) }];
  });
  return (await Promise.all(steps)).flat();
}

function git(...args) {
  const { status, stdout } = spawnSync("git", args, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  return status === 0 ? stdout : undefined;
}
