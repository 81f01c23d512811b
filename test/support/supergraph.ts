import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestService } from "./service";

const start = join(__dirname, "../../examples/supergraph/start.mjs");

/** What a subgraph knows of another one's entity. */
export interface Representation {
  readonly __typename: string;
  readonly id: string;
}

export interface BookedLoan {
  readonly id: string;
  readonly amount: number;
  readonly pan: string;
  readonly evidence?: readonly (Representation | null)[];
}

export interface TestSupergraph extends AsyncDisposable {
  /** By the name that the example prints. */
  readonly urlByGateway: ReadonlyMap<string, string>;
}

/** The example as its README starts it, beside a service under test. */
export async function startSupergraph(
  service: TestService,
  book: readonly BookedLoan[],
  composer?: string,
): Promise<TestSupergraph> {
  const folder = mkdtempSync(join(tmpdir(), "aaygraph-supergraph-"));
  const bookFile = join(folder, "loanBook.json");
  writeFileSync(bookFile, JSON.stringify(book));
  const child = spawn(process.execPath, [start, bookFile], {
    env: {
      AAYGRAPH_URL: `${service.url}/graphql`,
      TOKEN: await service.token(),
      FIRST_PORT: "0",
      ...(composer && { COMPOSER: composer }),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "close");
  let printed = "";
  let complaint = "";
  child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
  while (!/^Hive, in Rust .*\n/m.test(printed)) {
    const isOver = await Promise.race([once(child.stdout, "data").then(() => false), ended.then(() => true)]);
    if (isOver) throw new Error(`The example ended before it was up: ${complaint}`);
  }
  const lines = [...printed.matchAll(/^(.+?) +(http\S+)$/gm)];
  return {
    urlByGateway: new Map(lines.map(([, name = "", url = ""]) => [name, url])),
    async [Symbol.asyncDispose]() {
      child.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
