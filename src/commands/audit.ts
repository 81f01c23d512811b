import { parseArgs } from "node:util";
import { ConfigurationError, type Settings } from "../config";
import type { Anchor, AuditHead, DetachedRecord, Store, VerifiedTrail } from "../store";
import { openBeside } from "./openBeside";
import { appendFile, open, readFile } from "node:fs/promises";

const usage =
  "Use: audit verify [--tenant NAME] [--since NUMBER:HASH] [--anchors FILE] [--from-checkpoint], with a head as this command " +
  "has printed it; audit checkpoint [--tenant NAME]; audit anchor --anchors FILE [--webhook URL]; " +
  "audit accept --tenant NAME, once the end of a trail is lost for good; " +
  "or audit detach --before 2026-01-01 --to FILE [--tenant NAME], which moves older records to a file.";

const webhookMs = 10_000;

interface Asked {
  readonly tenant?: string | undefined;
  readonly since?: string | undefined;
  readonly anchors?: string | undefined;
  readonly webhook?: string | undefined;
  readonly before?: string | undefined;
  readonly to?: string | undefined;
  readonly "from-checkpoint"?: boolean | undefined;
}

const acts: Readonly<
  Record<string, { allows: readonly (keyof Asked)[]; run(store: Store, asked: Asked): Promise<void> }>
> = {
  verify: { allows: ["tenant", "since", "anchors", "from-checkpoint"], run: verify },
  checkpoint: { allows: ["tenant"], run: checkpoint },
  anchor: { allows: ["anchors", "webhook"], run: anchor },
  accept: { allows: ["tenant"], run: accept },
  detach: { allows: ["tenant", "before", "to"], run: detach },
};

/**
 * Looks whether every audit record is as it was written, and none is missing: `npm start -- audit verify`. Its heads and anchors
 * are to be kept elsewhere: a trail that was set back as a whole shows by nothing else.
 */
export async function auditCommand(settings: Settings, args: string[]): Promise<void> {
  const text = { type: "string" } as const;
  const options = {
    tenant: text,
    since: text,
    anchors: text,
    webhook: text,
    before: text,
    to: text,
    "from-checkpoint": { type: "boolean" },
  } as const;
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const act = acts[positionals.join(" ")];
  const isAllowed = act && Object.keys(values).every((name) => act.allows.includes(name as keyof Asked));
  if (!isAllowed) throw new ConfigurationError([usage]);
  await using store = await openBeside(settings);
  await act.run(store, values);
}

async function verify(store: Store, asked: Asked): Promise<void> {
  const { tenant } = asked;
  if (asked.since !== undefined && tenant === undefined) throw new ConfigurationError([usage]);
  report(
    await store.verifyAudit({
      ...(tenant !== undefined && { tenant }),
      ...(asked.since !== undefined && { since: readHead(asked.since) }),
      ...(asked.anchors !== undefined && { anchors: await readAnchors(asked.anchors) }),
      ...(asked["from-checkpoint"] === true && { isFromCheckpoint: true }),
    }),
  );
}

async function checkpoint(store: Store, { tenant }: Asked): Promise<void> {
  report(await store.checkpointAudit(tenant === undefined ? {} : { tenant }));
}

/** Appends nothing for a tenant whose trail does not go on from its last anchor. */
async function anchor(store: Store, { anchors: path, webhook }: Asked): Promise<void> {
  if (path === undefined) throw new ConfigurationError([usage]);
  const lastByTenant = new Map((await readAnchors(path)).map((each) => [each.tenant, each]));
  const trails = await store.anchorAudit(lastByTenant);
  const setBack = trails.filter(({ isSetBack }) => isSetBack).map((trail) => trail.anchor.tenant);
  const good = trails.filter(({ isSetBack }) => !isSetBack).map((trail) => trail.anchor);
  await appendAnchors(path, good);
  for (const tenant of setBack) {
    process.stdout.write(
      `${tenant}: SET BACK: record ${lastByTenant.get(tenant)?.sequence ?? 0} is not in its trail\n`,
    );
  }
  process.stdout.write(`Anchored: ${good.length} tenants.\n`);
  if (setBack.length > 0) process.exitCode = 1;
  if (webhook !== undefined) await send(webhook, { setBack, anchors: good.map(plainAnchor) });
}

async function send(webhook: string, message: { setBack: string[]; anchors: ReturnType<typeof plainAnchor>[] }) {
  // The address may hold a secret: it is in no message.
  try {
    const response = await fetch(webhook, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(message),
      redirect: "error",
      signal: AbortSignal.timeout(webhookMs),
    });
    if (response.ok) return;
    process.stderr.write(`The webhook has answered with status ${response.status}.\n`);
  } catch {
    process.stderr.write("The webhook does not answer.\n");
  }
  process.exitCode = 1;
}

async function accept(store: Store, { tenant }: Asked): Promise<void> {
  if (tenant === undefined) throw new ConfigurationError([usage]);
  const [trail] = await store.verifyAudit({ tenant });
  if (!trail || trail.flaw !== undefined) {
    report(trail ? [trail] : []);
    return;
  }
  const { sequence } = await store.acceptAuditSetBack(tenant);
  process.stdout.write(
    `${tenant}: record ${sequence} says that what came after record ${sequence - 1} before is lost.\n`,
  );
}

/** A trail that is not whole keeps all its records: they are what there is to look at. */
async function detach(store: Store, { tenant, before, to }: Asked): Promise<void> {
  if (to === undefined || before === undefined || !/^\d{4}-\d\d-\d\d$/.test(before)) {
    throw new ConfigurationError([usage]);
  }
  const beforeMs = Date.parse(`${before}T00:00:00Z`);
  if (Number.isNaN(beforeMs)) throw new ConfigurationError([usage]);
  const trails = await store.verifyAudit(tenant === undefined ? {} : { tenant });
  const flawed = trails.filter(({ flaw }) => flaw !== undefined);
  if (flawed.length > 0) report(flawed);
  await using file = await open(to, "a", 0o600);
  const keep = async (records: readonly DetachedRecord[]) => {
    await file.appendFile(records.map((record) => `${JSON.stringify(plainRecord(record))}\n`).join(""));
    // The records are deleted next.
    await file.sync();
  };
  for (const trail of trails.filter(({ flaw }) => flaw === undefined)) {
    const { count, last } = await store.detachAudit(trail.tenant, beforeMs, keep);
    const rest = last ? `, the last one ${last.sequence}:${last.hash.toString("hex")}` : "";
    process.stdout.write(`${trail.tenant}: ${count} records detached${rest}\n`);
  }
}

function plainRecord({ hash, at, ...record }: DetachedRecord) {
  return { ...record, at: at.toISOString(), hash: hash.toString("hex") };
}

function report(trails: readonly VerifiedTrail[]): void {
  for (const trail of trails) process.stdout.write(`${lineOf(trail)}\n`);
  if (trails.length === 0) process.stdout.write("No tenant has an audit trail yet.\n");
  if (trails.some(({ flaw }) => flaw !== undefined)) process.exitCode = 1;
}

function lineOf({ tenant, count, head, flaw }: VerifiedTrail): string {
  if (flaw !== undefined) return `${tenant}: NOT WHOLE: ${flaw}; ${count} before it are as they were written`;
  return `${tenant}: ${count} records, head ${head.sequence}:${head.hash.toString("hex")}`;
}

function readHead(text: string): AuditHead {
  const [, sequence, hash] = /^([1-9]\d{0,14}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (sequence === undefined || hash === undefined) throw new ConfigurationError([usage]);
  return { sequence: Number(sequence), hash: Buffer.from(hash, "hex") };
}

/** A file of anchors, one line of JSON each. It is only appended to. */
async function readAnchors(path: string): Promise<readonly Anchor[]> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw new ConfigurationError([`The file of anchors ${path} cannot be read.`]);
  });
  return text.split("\n").flatMap((line, at) => {
    if (line.trim() === "") return [];
    const anchor = anchorIn(line);
    if (!anchor) throw new ConfigurationError([`Line ${at + 1} of ${path} is no anchor.`]);
    return [anchor];
  });
}

/** Returns once the lines are on the disk. */
async function appendAnchors(path: string, anchors: readonly Anchor[]): Promise<void> {
  await appendFile(path, anchors.map((anchor) => `${JSON.stringify(plainAnchor(anchor))}\n`).join(""), { mode: 0o600 });
  await using file = await open(path, "r+");
  await file.sync();
}

function plainAnchor({ tenant, sequence, hash, accepted, atMs, seal }: Anchor) {
  const at = new Date(atMs).toISOString();
  return { tenant, sequence, hash: hash.toString("hex"), accepted, at, seal: seal.toString("hex") };
}

function anchorIn(line: string): Anchor | undefined {
  let read: Partial<Record<keyof ReturnType<typeof plainAnchor>, unknown>>;
  try {
    read = JSON.parse(line) as typeof read;
  } catch {
    return undefined;
  }
  const { tenant, sequence, hash, accepted, at, seal } = read;
  const atMs = Date.parse(String(at));
  if (typeof tenant !== "string" || !isCount(sequence) || !isCount(accepted) || Number.isNaN(atMs)) return undefined;
  if (![hash, seal].every((hex) => typeof hex === "string" && /^[0-9a-f]{64}$/.test(hex))) return undefined;
  return {
    tenant,
    sequence,
    accepted,
    atMs,
    hash: Buffer.from(String(hash), "hex"),
    seal: Buffer.from(String(seal), "hex"),
  };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
