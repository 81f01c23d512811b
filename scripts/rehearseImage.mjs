// Carries out the Dockerfile's own lines in bare folders, then starts, probes and stops what came out. It finds a file
// that no COPY brings, a package that only the checkout has, and a service that does not end well, all without a
// container engine. What it cannot find is a fault of the base image.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { buildStages, copyContext } from "./buildStages.mjs";
import { commandOf, findLast, readDockerfile } from "./dockerfile.mjs";
import { freePort } from "./freePort.mjs";
import { startPostgres } from "./throwAwayPostgres.mjs";

const startLimitMs = 60_000;
const stopLimitMs = 30_000;
/** The image's user `node`. Whoever is not root rehearses under their own name. */
const imageUser = process.getuid() === 0 ? { uid: 1000, gid: 1000 } : {};

const checkout = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "rehearsal-"));
chmodSync(folder, 0o755);

let service;
let postgres;
process.on("exit", () => {
  service?.kill("SIGKILL");
  postgres?.server.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

const stages = readDockerfile(join(checkout, "Dockerfile"));
copyContext(checkout, join(folder, "context"));
const path = bareProgramPath();
const built = buildStages(stages, { context: join(folder, "context"), folder, machine: machineVariables() });

postgres = await startPostgres(folder);
const image = stages.at(-1);
const options = { cwd: built.cwd, env: { PATH: path, ...built.env, ...(await settings()) }, ...imageUser };
service = start(commandOf(findLast(image, "CMD")), { ...options, stdio: "inherit" });
await untilHealthy(commandOf(findLast(image, "HEALTHCHECK")));

service.kill(findLast(image, "STOPSIGNAL")?.getArgumentsContent() ?? "SIGTERM");
await Promise.race([once(service, "exit"), wait(stopLimitMs, undefined, { ref: false })]);
if (service.exitCode !== 0)
  throw new Error(`The service ended with ${service.exitCode ?? service.signalCode}, not with 0.`);
await postgres.stop();
console.log("The image, rehearsed: built, healthy, stopped with status 0.");

/** This runtime and the machine's programs, without those of the checkout. */
function bareProgramPath() {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  // The service runs as another user, who may not be allowed into the folder of our own runtime.
  copyFileSync(process.execPath, join(bin, "node"));
  chmodSync(join(bin, "node"), 0o755);
  return [bin, ...process.env.PATH.split(":").filter((entry) => !entry.includes("node_modules"))].join(":");
}

/** All but what npm tells the scripts it runs, which would bend an npm that a RUN starts. */
function machineVariables() {
  const ours = Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_ENV$)/i.test(name));
  return { ...Object.fromEntries(ours), PATH: path };
}

/** What compose.yaml hands the service, secrets as files included; the machine's loopback instead of every address. */
async function settings() {
  return {
    HOST: "127.0.0.1",
    PORT: String(await freePort()),
    AAY_MASTER_KEY_FILE: secretFile("master_key", randomBytes(32).toString("base64")),
    AAY_JWT_SECRET_FILE: secretFile("jwt_secret", randomBytes(32).toString("base64")),
    AAY_JWT_ISSUER: "rehearsal",
    AAY_JWT_AUDIENCE: "aaygraph",
    DATABASE_URL_FILE: secretFile("database_url", postgres.url),
  };
}

function secretFile(name, text) {
  const file = join(folder, name);
  writeFileSync(file, `${text}\n`, { mode: 0o644 });
  return file;
}

function start([program, ...args], spawnOptions) {
  return spawn(program, args, spawnOptions);
}

async function untilHealthy(healthcheck) {
  const giveUpAtMs = Date.now() + startLimitMs;
  while (Date.now() < giveUpAtMs) {
    if (service.exitCode !== null) throw new Error(`The service ended with ${service.exitCode} before it was healthy.`);
    const [exitCode] = await once(start(healthcheck, { ...options, stdio: "ignore" }), "exit");
    if (exitCode === 0) return;
    await wait(250);
  }
  throw new Error("The service did not become healthy in time.");
}
