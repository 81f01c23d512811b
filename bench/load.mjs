// Sends GraphQL operations over plain sockets, one at a time on each; prints requests per second and latencies as JSON.
// An HTTP client would cost more than the fastest of the servers it is to measure.
import { connect } from "node:net";

const { url, token, bodies, startAt, warmUpMs, measureMs, connections } = await new Promise((resolve) =>
  process.once("message", resolve),
);
const { hostname, port, pathname } = new URL(url);
const requests = bodies.map((body) =>
  Buffer.from(
    `POST ${pathname} HTTP/1.1\r\nhost: ${hostname}:${port}\r\nauthorization: Bearer ${token}\r\n` +
      `content-type: application/json\r\naccept: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  ),
);

let sent = startAt;
let latencies = [];
const sockets = Array.from({ length: connections }, openConnection);
await wait(warmUpMs);
latencies = [];
process.send?.("measuring");
const startedAt = performance.now();
await wait(measureMs);
const measured = latencies.toSorted((a, b) => a - b);
const seconds = (performance.now() - startedAt) / 1_000;
const at = (share) => Number((measured[Math.floor(measured.length * share)] ?? NaN).toFixed(2));
process.send?.({ sent, count: measured.length, perSecond: measured.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99) });
for (const socket of sockets) socket.destroy();
process.disconnect?.();

function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function openConnection() {
  const socket = connect(Number(port), hostname).setNoDelay(true);
  let startedAt = 0;
  let missing = -1;
  let head = "";
  const send = () => {
    startedAt = performance.now();
    socket.write(requests[sent++ % requests.length]);
  };
  socket.on("connect", send).on("data", (chunk) => {
    if (chunk.includes('"errors"')) throw new Error(`unexpected answer: ${chunk.latin1Slice().slice(0, 1_000)}`);
    if (missing < 0) {
      head += chunk.latin1Slice();
      const end = head.indexOf("\r\n\r\n");
      if (end === -1) return;
      const length = /content-length: *(\d+)/i.exec(head);
      if (!head.startsWith("HTTP/1.1 200") || !length) throw new Error(`unexpected answer: ${head.slice(0, 1_000)}`);
      missing = Number(length[1]) + end + 4 - (head.length - chunk.length);
      head = "";
    }
    missing -= chunk.length;
    if (missing > 0) return;
    missing = -1;
    latencies.push(performance.now() - startedAt);
    send();
  });
  return socket;
}
