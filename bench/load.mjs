// Sends one GraphQL operation over 32 connections for some seconds; prints requests per second and latencies as JSON.
import { Agent, request } from "undici";

const { url, token, body, seconds, connections } = JSON.parse(process.argv[2]);
const dispatcher = new Agent({ connections, pipelining: 1 });
const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };

async function send() {
  const startedAt = performance.now();
  const reply = await request(url, { method: "POST", headers, body, dispatcher });
  const text = await reply.body.text();
  if (reply.statusCode !== 200 || text.includes('"errors"'))
    throw new Error(`unexpected answer: ${text.slice(0, 300)}`);
  return performance.now() - startedAt;
}

async function keepSending(untilMs) {
  const latencies = [];
  while (performance.now() < untilMs) latencies.push(await send());
  return latencies;
}

async function run(forSeconds) {
  const startedAt = performance.now();
  const untilMs = startedAt + forSeconds * 1_000;
  const latencies = (await Promise.all(Array.from({ length: connections }, () => keepSending(untilMs)))).flat();
  const took = (performance.now() - startedAt) / 1_000;
  latencies.sort((a, b) => a - b);
  const at = (share) => Number(latencies[Math.floor(latencies.length * share)].toFixed(2));
  return { perSecond: Math.round(latencies.length / took), p50Ms: at(0.5), p99Ms: at(0.99) };
}

await run(3);
console.log(JSON.stringify(await run(seconds)));
await dispatcher.close();
