import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";

const runLimitMs = 300_000;

/**
 * Carries out COPY and RUN of each stage in a folder of its own, and returns where the last stage lies, with its
 * environment and working directory. Paths of a stage are looked up under its folder. A RUN also sees the `machine`,
 * the variables that a builder has of its own: where its programs are, how it reaches a registry.
 */
export function buildStages(stages, { context, folder, machine }) {
  const rootByStage = new Map();
  let built;
  for (const [index, stage] of stages.entries()) {
    checkImage(stage);
    const root = join(folder, `stage${index}`);
    built = { root, workDir: "/", env: {} };
    for (const instruction of stage.instructions) carryOut(instruction, built, { context, rootByStage, machine });
    rootByStage.set(stage.name ?? String(index), root);
  }
  return { ...built, cwd: join(built.root, built.workDir) };
}

/** The part of the checkout that .dockerignore lets through. */
export function copyContext(checkout, context) {
  const lines = readFileSync(join(checkout, ".dockerignore"), "utf8").split("\n");
  const patterns = lines.filter((line) => line !== "" && !line.startsWith("#"));
  const allowed = patterns.slice(1).map((pattern) => pattern.match(/^!([\w.-]+)$/)?.[1]);
  if (patterns[0] !== "*" || allowed.includes(undefined)) {
    throw new Error(
      ".dockerignore must shut everything out and let single top-level names in: the rehearsal reads no more.",
    );
  }
  for (const name of allowed) {
    if (existsSync(join(checkout, name))) copy(join(checkout, name), join(context, name));
  }
}

function carryOut(instruction, stage, { context, rootByStage, machine }) {
  console.log(`  ${instruction}`);
  const inStage = (path) => join(stage.root, resolve(stage.workDir, path));
  switch (instruction.getKeyword()) {
    case "WORKDIR":
      stage.workDir = resolve(stage.workDir, instruction.getArgumentsContent());
      mkdirSync(inStage("."), { recursive: true });
      break;
    case "ENV":
      for (const property of instruction.getProperties()) stage.env[property.getName()] = property.getValue();
      break;
    case "RUN":
      // Whatever a RUN changes outside its working directory would change this machine, so it must be a plain command.
      refuseFlags(instruction, []);
      execFileSync("sh", ["-c", instruction.getArgumentsContent()], {
        cwd: inStage("."),
        env: { ...machine, ...stage.env },
        timeout: runLimitMs,
        stdio: ["ignore", "ignore", "inherit"],
      });
      break;
    case "COPY": {
      refuseFlags(instruction, ["from"]);
      const from = instruction.getFromFlag()?.getValue();
      const root = from === undefined ? context : rootByStage.get(from);
      if (root === undefined) throw new Error(`No stage is called ${from}.`);
      const paths = instruction.getArguments().map((argument) => argument.getValue());
      const target = paths.pop();
      for (const path of paths) {
        const source = join(root, path);
        const isInto = target.endsWith("/") && statSync(source).isFile();
        copy(source, isInto ? join(inStage(target), basename(path)) : inStage(target));
      }
      break;
    }
    case "USER":
    case "EXPOSE":
    case "STOPSIGNAL":
    case "HEALTHCHECK":
    case "CMD":
      break;
    default:
      throw new Error(`The rehearsal does not know ${instruction.getKeyword()}: teach it, or do without.`);
  }
}

function checkImage({ image }) {
  const major = process.versions.node.split(".")[0];
  if (!image.startsWith(`node:${major}-`)) {
    throw new Error(`The image ${image} is not of Node ${major}, with which this rehearsal would stand in for it.`);
  }
}

function refuseFlags(instruction, known) {
  const unknown = instruction.getFlags().find((flag) => !known.includes(flag.getName()));
  if (unknown) throw new Error(`The rehearsal does not know ${unknown}: teach it, or do without.`);
}

function copy(source, target) {
  cpSync(source, target, { recursive: true, verbatimSymlinks: true });
}
