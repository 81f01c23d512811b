// Every server under measurement, by its name in the table: how it is started, and where it then answers.
import { join } from "node:path";
import { serverCore, startScript } from "./machine.mjs";

const main = join(import.meta.dirname, "../dist/server/main.js");
export const ours = "AayGraph";
export const careful = "careful mercurius";

/** These have duties and a store. */
export const carefulPeers = {
  [careful]: peer("careful"),
  "careful by hand": peer("carefulByHand"),
};

/** These hold objects in memory, know no callers and write nothing down. */
const inMemory = {
  "in memory: hand-written": peer("handWritten"),
  "in memory: mercurius": peer("mercurius"),
  "in memory: graphql-yoga": peer("yoga"),
  "in memory: Apollo Server": peer("apollo"),
};

export const contenders = { [careful]: carefulPeers[careful], [ours]: startOurs, ...carefulPeers, ...inMemory };

/** As users run it: nothing is switched off. */
export async function startOurs({ dataDir, databaseUrl, vendorUrl, connections = 8 }) {
  const env = {
    PORT: "0",
    AAY_DATA_DIR: dataDir,
    ...(databaseUrl && { DATABASE_URL: databaseUrl }),
    ...(vendorUrl && { EKO_BASE_URL: vendorUrl, EKO_MAX_IN_FLIGHT: String(connections) }),
  };
  const started = await startScript(serverCore, [...flags(), main], { env, until: /"service started"/ });
  const [url] = /http:\S+\/graphql/.exec(started.output);
  const [token] = /eyJ\S+/.exec(started.output);
  return { ...started, url, token };
}

function peer(name) {
  return async ({ databaseUrl, vendorUrl, connections }) => {
    const env = {
      NODE_ENV: "production",
      ...(databaseUrl && { DATABASE_URL: databaseUrl }),
      ...(vendorUrl && { VENDOR_URL: vendorUrl, VENDOR_CONNECTIONS: String(connections) }),
    };
    const script = join(import.meta.dirname, "peers", `${name}.mjs`);
    const started = await startScript(serverCore, [script], { env, until: /^listening (.+)\n/m });
    const [url, token = "none"] = started.told.split(" ");
    return { ...started, url, token };
  };
}

/** As `npm start` does; and for a look inside, PROFILE=<folder> writes a CPU profile of ours there. */
function flags() {
  const { PROFILE } = process.env;
  return ["--enable-source-maps", ...(PROFILE === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${PROFILE}`])];
}
