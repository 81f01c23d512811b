import { readFileSync } from "node:fs";
import { DockerfileParser } from "dockerfile-ast";

/** The Dockerfile as stages, each with its instructions in order. */
export function readDockerfile(file) {
  const stages = [];
  for (const instruction of DockerfileParser.parse(readFileSync(file, "utf8")).getInstructions()) {
    const keyword = instruction.getKeyword();
    if (keyword === "FROM") {
      stages.push({ image: instruction.getImage(), name: instruction.getBuildStage(), instructions: [] });
    } else if (stages.length === 0) {
      throw new Error(`${keyword} stands before the first FROM, which is more than this reader understands.`);
    } else {
      stages.at(-1).instructions.push(instruction);
    }
  }
  return stages;
}

/** The last instruction of a kind is the one that counts. */
export function findLast(stage, keyword) {
  return stage.instructions.findLast((instruction) => instruction.getKeyword() === keyword);
}

/** The program and arguments of a CMD or of a HEALTHCHECK's CMD, which are always written as a list here. */
export function commandOf(instruction) {
  const text = instruction?.getArgumentsContent() ?? "";
  const list = text.match(/\[.*\]$/s)?.[0];
  if (list === undefined)
    throw new Error(`A command written as a list was expected: ${instruction ?? "nothing found"}`);
  return JSON.parse(list);
}
