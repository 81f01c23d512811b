// Judges the Dockerfile: first by the rules of the language, then by what this project promises of its image.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { validate } from "dockerfile-utils";
import { commandOf, findLast, readDockerfile } from "./dockerfile.mjs";

const root = join(import.meta.dirname, "..");
const file = join(root, "Dockerfile");
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const image = readDockerfile(file).at(-1);

const complaints = validate(readFileSync(file, "utf8")).map(
  ({ range, message }) => `Dockerfile:${range.start.line + 1} ${message}`,
);
// npm's shell gives way to the service by `exec`, so that the service gets npm's signals; an image has no such shell.
const started = scripts.start.replace(/^exec /, "");
if (commandOf(findLast(image, "CMD")).join(" ") !== started) {
  complaints.push(`CMD and npm start differ: the image must run what everybody runs, ${started}.`);
}
if (["root", "0", undefined].includes(findLast(image, "USER")?.getArgumentsContent())) {
  complaints.push("The image runs as root.");
}
if (!findLast(image, "HEALTHCHECK")) complaints.push("The image has no HEALTHCHECK.");

for (const complaint of complaints) console.error(complaint);
if (complaints.length > 0) process.exitCode = 1;
else console.log("The Dockerfile keeps to the rules.");
