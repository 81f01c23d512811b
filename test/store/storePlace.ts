import { randomBytes } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, type QueryResultRow } from "pg";
import type { Pan } from "../../src/domain/identifiers";
import { manualClock } from "../../src/kernel/clock";
import { createEvents } from "../../src/kernel/events";
import { Secret } from "../../src/kernel/secret";
import type { StoredAnswer } from "../../src/reading/ports";
import { attachEmbedded, startEmbedded } from "../../src/store/postgres/embedded";
import { openStore, type Store } from "../../src/store/store";

export const startMs = Date.UTC(2026, 7, 1);
export const dayMs = 86_400_000;
export const masterKey = new Secret(randomBytes(32));

type Settings = Parameters<typeof openStore>[0];

/** A place for a store, which can be closed and opened again. */
export interface StorePlace extends AsyncDisposable {
  open(changes?: Partial<Settings>): Promise<Store>;
  /** The address of the database while a store is open. */
  url(): Promise<Secret>;
}

/** A folder that does not exist yet. It is removed at the end, with its content. */
export function newDataDir(): AsyncDisposable & { readonly path: string } {
  const parent = mkdtempSync(join(tmpdir(), "aaygraph-"));
  return {
    path: join(parent, "kept"),
    [Symbol.asyncDispose]: () => rm(parent, { recursive: true, force: true }),
  };
}

export function settingsFor(changes: Partial<Settings>): Settings {
  const clock = manualClock(startMs);
  return { dataDir: "/nowhere", masterKey, oldMasterKeys: [], clock, events: createEvents(), ...changes };
}

/** The embedded server on this folder, emptied. Several places may follow each other there, one at a time. */
export async function embeddedPlace(dataDir: string): Promise<StorePlace> {
  const server = await startEmbedded({ dataDir });
  await sql(server.url, "drop schema if exists aaygraph, aaygraph_jobs cascade");
  await server.stop();
  return {
    open: (changes) => openStore(settingsFor({ dataDir, ...changes })),
    async url() {
      return (await attachEmbedded({ dataDir }))!;
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** A database of its own on a server that runs already. */
export async function externalPlace(server: Secret): Promise<StorePlace> {
  const name = `aay_test_${randomBytes(6).toString("hex")}`;
  await sql(server, `create database ${name}`);
  const address = new URL(server.reveal());
  address.pathname = `/${name}`;
  const url = new Secret(address.href);
  return {
    open: (changes) => openStore(settingsFor({ databaseUrl: url, ...changes })),
    url: () => Promise.resolve(url),
    async [Symbol.asyncDispose]() {
      await sql(server, `drop database ${name} with (force)`);
    },
  };
}

export async function sql<Row extends QueryResultRow>(url: Secret, text: string, values: unknown[] = []) {
  const client = new Client({ connectionString: url.reveal() });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** An invented PAN of the series ZZZP. */
export function pan(number: number): Pan {
  const letter = String.fromCharCode(65 + (Math.floor(number / 10_000) % 26));
  return `ZZZP${letter}${String(number % 10_000).padStart(4, "0")}C` as Pan;
}

export function answer(changes: Partial<StoredAnswer> = {}): StoredAnswer {
  return {
    document: "FILINGS",
    provider: "KWIKID",
    period: "2024-25",
    body: { totalIncome: 712_300 },
    fetchedAtMs: startMs,
    expiresAtMs: startMs + dayMs,
    consentId: undefined,
    purpose: undefined,
    ...changes,
  };
}

/** The taxpayer's entry, which every PAN has. */
export async function met(store: Pick<Store, "taxpayers">, tenant = "lender", number = 1) {
  return (await store.taxpayers.byPan(tenant, [pan(number)])).get(pan(number))!;
}

export function ignore(): void {
  return undefined;
}
