// Builds the Dockerfile for real with Debian's buildah, as root on Debian: no container engine, no registry of images. In
// place of the base image stands one made of Debian's packages, the pinned runtime and npm. Then the image is started on
// a throw-away PostgreSQL until it is healthy. `apt-get install --no-install-recommends buildah mmdebstrap` first.
import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { commandOf, findLast, readDockerfile } from "./dockerfile.mjs";
import { freePort } from "./freePort.mjs";
import { startPostgres } from "./throwAwayPostgres.mjs";

const checkout = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "image-"));
chmodSync(folder, 0o755);
const storage = ["--storage-driver", "vfs", "--root", join(folder, "images"), "--runroot", join(folder, "run")];
const isolated = ["--isolation", "chroot"];

let service;
let postgres;
process.on("exit", () => {
  // The program in the container is a grandchild.
  if (service?.exitCode === null) process.kill(-service.pid, "SIGKILL");
  postgres?.server.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

const stages = readDockerfile(join(checkout, "Dockerfile"));
makeBase(stages.at(-1).image);
buildah("bud", ...isolated, "--pull-never", ...npmSettings(), "--tag", "aaygraph", checkout);
await startUntilHealthy();
console.log("The image: built by buildah, healthy.");
// The container still runs, and would keep this process.
process.exit();

/** A stand-in for the base image under its own name, so that the Dockerfile is built as it stands. */
function makeBase(name) {
  const files = join(folder, "base.tar");
  execFileSync("mmdebstrap", ["--quiet", "--variant=minbase", "--include=ca-certificates", "bookworm", files]);
  execFileSync("npm", ["pack", "npm@11", "--silent", "--pack-destination", folder], { cwd: folder });
  const npm = readdirSync(folder).find((file) => /^npm-.*\.tgz$/.test(file));
  execFileSync("tar", ["-xzf", npm], { cwd: folder });
  const base = buildah("from", "scratch");
  buildah("add", base, files, "/");
  buildah("copy", base, process.execPath, "/usr/local/bin/node");
  buildah("copy", base, join(folder, "package"), "/usr/local/lib/node_modules/npm");
  const cli = "/usr/local/lib/node_modules/npm/bin/npm-cli.js";
  const prepare = `ln -s ${cli} /usr/local/bin/npm && chmod +x ${cli} && groupadd -g 1000 node && useradd -u 1000 -g node node`;
  buildah("run", ...isolated, base, "--", "sh", "-c", prepare);
  buildah("commit", base, `docker.io/library/${name}`);
}

/** npm in the build finds the registry as npm out here does; no layer keeps it. */
function npmSettings() {
  const file = join(folder, "npmrc");
  const named = ["registry", "cafile"].map((key) => [
    key,
    execFileSync("npm", ["config", "get", key]).toString().trim(),
  ]);
  writeFileSync(file, named.map(([key, value]) => (value === "null" ? "" : `${key}=${value}\n`)).join(""));
  return ["--volume", `${file}:/usr/local/etc/npmrc:ro`, "--volume", "/etc/ssl/certs:/etc/ssl/certs:ro"];
}

async function startUntilHealthy() {
  postgres = await startPostgres(folder);
  const secrets = join(folder, "secrets");
  mkdirSync(secrets);
  writeFileSync(join(secrets, "master_key"), randomBytes(32).toString("base64"));
  writeFileSync(join(secrets, "jwt_secret"), randomBytes(32).toString("base64"));
  writeFileSync(join(secrets, "database_url"), postgres.url);
  const port = await freePort();
  const settings = {
    PORT: port,
    AAY_JWT_ISSUER: "image",
    AAY_JWT_AUDIENCE: "aaygraph",
    AAY_MASTER_KEY_FILE: "/run/secrets/master_key",
    AAY_JWT_SECRET_FILE: "/run/secrets/jwt_secret",
    DATABASE_URL_FILE: "/run/secrets/database_url",
  };
  const container = buildah("from", "--pull-never", "aaygraph");
  const environment = Object.entries(settings).flatMap(([name, value]) => ["--env", `${name}=${value}`]);
  const command = commandOf(findLast(stages.at(-1), "CMD"));
  const volume = ["--volume", `${secrets}:/run/secrets:ro`];
  const run = ["run", ...isolated, ...environment, ...volume, container, "--", ...command];
  service = spawn("buildah", [...storage, ...run], { stdio: "inherit", detached: true });
  for (let attempt = 0; attempt < 240; attempt += 1) {
    if (service.exitCode !== null) throw new Error(`The service ended with ${service.exitCode} before it was healthy.`);
    const isReady = await fetch(`http://127.0.0.1:${port}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await wait(250);
  }
  throw new Error("The service did not become healthy in time.");
}

function buildah(verb, ...args) {
  const output = execFileSync("buildah", [...storage, verb, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  return output.toString().trim().split("\n").at(-1);
}
