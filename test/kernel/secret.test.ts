import { Console } from "node:console";
import { Writable } from "node:stream";
import { format, inspect } from "node:util";
import { deserialize, serialize } from "node:v8";
import { pino } from "pino";
import { Fault } from "../../src/kernel/fault";
import { Secret } from "../../src/kernel/secret";

const canary = "canary-d41d8cd9";
const secret = new Secret(canary);

function written(write: (sink: Writable) => void): string {
  const chunks: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk.toString("utf8"));
      done();
    },
  });
  write(sink);
  return chunks.join("");
}

function printedBy(method: "log" | "table" | "dir", ...values: unknown[]): string {
  return written((sink) => {
    (new Console(sink)[method] as (...printed: unknown[]) => void)(...values);
  });
}

describe("a secret", () => {
  it("is given back by reveal", () => {
    expect(secret.reveal()).toBe(canary);
  });

  it("says that something is hidden where it is printed", () => {
    expect(String(secret)).toBe("[secret]");
  });

  it.each<[string, () => string]>([
    ["String()", () => String(secret)],
    // eslint-disable-next-line @typescript-eslint/restrict-template-expressions -- this is the mistake under test
    ["a template", () => `${secret}`],
    ["concatenation", () => "key " + (secret as unknown as string)],
    ["a number", () => String(Number(secret))],
    ["a list joined", () => [secret, secret].join()],
    ["JSON", () => JSON.stringify({ deep: [{ secret }] })],
    ["JSON with an indent", () => JSON.stringify(secret, null, 2)],
    ["inspect", () => inspect(secret)],
    ["inspect of what holds it", () => inspect({ deep: { map: new Map([["key", secret]]), list: [secret] } })],
    ["inspect with hidden members", () => inspect(secret, { showHidden: true, depth: null, getters: true })],
    ["inspect without custom printing", () => inspect(secret, { customInspect: false, showHidden: true })],
    ["inspect through a proxy", () => inspect(new Proxy(secret, {}), { showProxy: true })],
    ["%s", () => format("%s", secret)],
    ["%o", () => format("%o", secret)],
    ["%O", () => format("%O", secret)],
    ["%j", () => format("%j", secret)],
    ["%d", () => format("%d", secret)],
    ["console.log", () => printedBy("log", "key %s", secret, secret, { secret })],
    ["console.table", () => printedBy("table", [{ secret }, secret])],
    ["console.dir", () => printedBy("dir", { secret }, { showHidden: true, depth: null })],
    ["its keys", () => inspect([Object.keys(secret), Object.entries(secret), Reflect.ownKeys(secret)])],
    ["its descriptors", () => inspect(Object.getOwnPropertyDescriptors(secret), { depth: null })],
    // eslint-disable-next-line @typescript-eslint/no-misused-spread -- this is the mistake under test
    ["a spread", () => inspect({ ...secret })],
    ["Object.assign", () => inspect(Object.assign({}, secret))],
    ["structuredClone", () => inspect(structuredClone(secret), { showHidden: true })],
    ["v8 serialisation", () => serialize(secret).toString("latin1") + inspect(deserialize(serialize(secret)))],
    ["an error's message", () => inspect(new Error(`refused: ${String(secret)}`))],
    ["an error's cause", () => inspect(new Error("refused", { cause: secret }), { showHidden: true })],
    ["a fault's cause", () => inspect(new Fault("INTERNAL", { cause: { secret } }), { depth: null })],
    [
      "a log line",
      () =>
        written((sink) => {
          pino(sink).info({ secret, deep: { secret }, list: [secret] }, "key %s %o %j", secret, secret, secret);
        }),
    ],
    [
      "a log line of its own",
      () =>
        written((sink) => {
          pino(sink).info(secret);
        }),
    ],
  ])("is hidden in %s", (_way, print) => {
    expect(print()).not.toContain(canary);
  });

  it("hides bytes as it hides text", () => {
    const key = new Secret(Buffer.from(canary));
    const prints = [String(key), JSON.stringify(key), inspect(key, { showHidden: true, customInspect: false })].join();
    for (const encoding of ["utf8", "hex", "base64"] as const) {
      expect(prints).not.toContain(Buffer.from(canary).toString(encoding));
    }
    expect(key.reveal().toString("utf8")).toBe(canary);
  });
});
