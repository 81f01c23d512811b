import { parseArgs } from "node:util";
import { ConfigurationError, type Settings } from "../config";
import type { AuditHead, VerifiedTrail } from "../store";
import { openBeside } from "./openBeside";

const usage = "Use: audit verify [--tenant NAME [--since NUMBER:HASH]], with a head as this command has printed it.";

/**
 * Looks whether every audit record is as it was written, and none is missing: `npm start -- audit verify`. The heads it
 * prints are to be kept elsewhere: a trail that was set back as a whole shows by nothing else.
 */
export async function auditCommand(settings: Settings, args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { tenant: { type: "string" }, since: { type: "string" } },
  });
  const { tenant } = values;
  const since = values.since === undefined ? undefined : readHead(values.since);
  if (positionals.join(" ") !== "verify" || (since !== undefined && tenant === undefined)) {
    throw new ConfigurationError([usage]);
  }
  await using store = await openBeside(settings);
  const trails = await store.verifyAudit({ ...(tenant !== undefined && { tenant }), ...(since && { since }) });
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
