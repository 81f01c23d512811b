// One measurement: a load on one server, and what it cost the server.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { otherCore, pinned, processorSeconds } from "./machine.mjs";

export async function measure(server, { bodies, connections, warmUpMs, measureMs }) {
  const { url, token } = server;
  // Each load goes on where the last one on this server has stopped, so that a first question stays one.
  const startAt = server.sent ?? 0;
  const wish = { url, token, bodies, startAt, warmUpMs, measureMs, connections };
  const script = [process.execPath, join(import.meta.dirname, "load.mjs")];
  const [command, ...args] = pinned(otherCore, script);
  const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  // Thousands of bodies are more than a command line holds.
  child.send(wish);
  let usedBefore = 0;
  const result = await new Promise((resolve, reject) => {
    child.on("message", (message) => {
      if (message === "measuring") usedBefore = processorSeconds(server);
      else resolve({ ...message, processorMs: (processorSeconds(server) - usedBefore) * 1_000 });
    });
    child.once("exit", () => reject(new Error(`the load on ${url} broke off`)));
  });
  server.sent = result.sent;
  return { ...result, processorMsEach: result.processorMs / result.count };
}

/** What a server answers to one operation. */
export async function answerOf({ url, token }, body) {
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const text = await (await fetch(url, { method: "POST", headers, body })).text();
  return JSON.parse(text);
}
