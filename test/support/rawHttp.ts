import { connect, type Socket } from "node:net";

/** A connection to a server, with nothing said yet. An end that the server makes abruptly is an end, too. */
export async function openSocket(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => undefined);
  await new Promise((opened) => socket.once("connect", opened).once("close", opened));
  return socket;
}

/** Also when the end is abrupt, which `once` of node:events would throw. */
export function whenClosed(socket: Socket): Promise<unknown> {
  return new Promise((closed) => socket.once("close", closed));
}

/** Sends these very bytes, which a client of HTTP would not, and reads all that comes back until the server ends it. */
export async function exchange(url: string, bytes: string | Buffer): Promise<string> {
  const socket = await openSocket(url);
  let answer = "";
  socket.on("data", (chunk: Buffer) => (answer += chunk.toString("latin1")));
  const closed = whenClosed(socket);
  socket.write(bytes);
  await closed;
  return answer;
}

/** A request as text, whose connection the server closes after its answer. */
export function rawRequest(line: string, headers: Readonly<Record<string, string>> = {}, body = ""): string {
  const all = { host: "127.0.0.1", connection: "close", ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${line} HTTP/1.1\r\n${lines.join("")}\r\n${body}`;
}

export function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
}
