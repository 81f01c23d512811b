import type { Database, Queries } from "../database";
import type { Keyring } from "../keys";
import { type Anchor, anchorSeal } from "./anchors";
import { auditChain, type AuditHead, type KnownHead } from "./auditChain";
import { detachedUpTo } from "./detachment";
import { recordsOf } from "./trailRows";

/** The result of a verification: the head of a whole trail, or the first flaw. */
export interface VerifiedTrail {
  readonly tenant: string;
  /** The number of intact records. */
  readonly count: number;
  readonly head: KnownHead;
  /** What is wrong, with the number of the first record concerned. */
  readonly flaw: string | undefined;
}

export interface Verification {
  readonly tenant?: string;
  /** A head that was printed earlier and kept elsewhere: nothing else reveals a trail that was set back, head included. */
  readonly since?: AuditHead;
  /** The same, of many tenants and times. A tail that an operator has accepted as lost is no flaw. */
  readonly anchors?: readonly Anchor[];
  /** Starts from the newest checkpoint instead of the first record. */
  readonly isFromCheckpoint?: boolean;
}

interface StoredHead extends KnownHead {
  readonly seal: Buffer;
}

type Chain = ReturnType<typeof auditChain>;

/** A record that must be there, with that hash. */
interface Expected extends AuditHead {
  /** When a lost tail had last been accepted by then. Undefined: a loss is a flaw, accepted or not. */
  readonly accepted: number | undefined;
}

/** Recomputes every hash up to the head, of one tenant or of all, those of the anchors included. */
export async function verifyTrails(
  database: Database,
  keyring: Keyring,
  asked: Verification,
): Promise<readonly VerifiedTrail[]> {
  const { tenant, anchors = [] } = asked;
  const stored = await tenantsWithTrails(database);
  const all = [...new Set([...stored, ...anchors.map((anchor) => anchor.tenant)])].toSorted();
  const verified: VerifiedTrail[] = [];
  for (const each of tenant === undefined ? all : [tenant]) {
    verified.push(await verifyTrail(database, keyring, each, asked));
  }
  return verified;
}

/** Verifies each trail from its newest checkpoint, and makes a checkpoint of every head that is whole. */
export async function makeCheckpoints(
  database: Database,
  keyring: Keyring,
  asked: Pick<Verification, "tenant">,
  atMs: number,
): Promise<readonly VerifiedTrail[]> {
  const trails = await verifyTrails(database, keyring, { ...asked, isFromCheckpoint: true });
  for (const { tenant, head, flaw } of trails) {
    if (flaw !== undefined || head.sequence === 0) continue;
    const values = [tenant, head.sequence, head.hash, head.accepted, new Date(atMs)];
    await database.run(
      `insert into aaygraph.audit_checkpoints (tenant, sequence, hash, accepted, made_at, seal)
       values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
      [...values, checkpointSeal(auditChain(keyring.auditKey, tenant), head)],
    );
  }
  return trails;
}

/** Includes a tenant whose head is lost. */
async function tenantsWithTrails(queries: Queries): Promise<readonly string[]> {
  const { rows } = await queries.run<{ tenant: string }>(
    `select tenant from aaygraph.audit_heads union select tenant from aaygraph.audit_records`,
  );
  return rows.map(({ tenant }) => tenant);
}

function verifyTrail(
  database: Database,
  keyring: Keyring,
  tenant: string,
  asked: Verification,
): Promise<VerifiedTrail> {
  const chain = auditChain(keyring.auditKey, tenant);
  const own = (asked.anchors ?? []).filter((anchor) => anchor.tenant === tenant);
  const forged = own.find((anchor) => !anchor.seal.equals(anchorSeal(keyring.auditKey, anchor)));
  const since = asked.since && { ...asked.since, accepted: undefined };
  return database.transaction(async (queries) => {
    // Other processes append meanwhile. One snapshot holds the head and its records.
    await queries.run("set transaction isolation level repeatable read, read only");
    const stored = await readHead(queries, tenant);
    const checkpoint = asked.isFromCheckpoint ? await newestCheckpoint(queries, tenant) : undefined;
    const detached = await detachedUpTo(queries, keyring, tenant);
    let last: KnownHead = checkpoint && checkpoint.sequence >= detached.sequence ? checkpoint : detached;
    const found = (flaw: string | undefined) => ({ tenant, count: last.sequence, head: last, flaw });
    if (checkpoint && !checkpoint.seal.equals(checkpointSeal(chain, checkpoint))) {
      return found(`the checkpoint at record ${checkpoint.sequence} does not carry our seal`);
    }
    if (forged) return found(`the anchor at record ${forged.sequence} does not carry our seal`);
    const expected = createExpectations([...(since ? [since] : []), ...own], last.sequence);
    expected.see(last);
    for await (const row of recordsOf(queries, tenant, last.sequence)) {
      const next = last.sequence + 1;
      if (row.sequence !== next) return found(`record ${next} is missing`);
      if (!row.hash.equals(chain.hashAfter(last, row))) {
        return found(`record ${next} is not as it was written, or not in its place`);
      }
      const isAcceptance = row.kind === "SET_BACK_ACCEPTED";
      const accepted = isAcceptance ? row.at.getTime() : last.accepted;
      last = { sequence: row.sequence, hash: row.hash, accepted };
      if (isAcceptance) expected.accept(last);
      expected.see(last);
    }
    return found(headFlaw(chain, stored, last) ?? expected.flaw());
  });
}

/** Checks, as the trail goes by, that what was kept elsewhere is in it. */
function createExpectations(all: readonly Expected[], afterSequence: number) {
  // What is before a checkpoint is not read again.
  const open = Map.groupBy(
    all.filter(({ sequence }) => sequence >= afterSequence),
    ({ sequence }) => sequence,
  );
  const acceptances: KnownHead[] = [];
  let lastSequence = afterSequence;
  return {
    see(head: AuditHead): void {
      const others = open.get(head.sequence)?.filter(({ hash }) => !hash.equals(head.hash));
      if (others) open.set(head.sequence, others);
      lastSequence = head.sequence;
    },
    accept(head: KnownHead): void {
      acceptances.push(head);
    },
    flaw(): string | undefined {
      const lost = [...open.values()]
        .flat()
        .find(
          ({ sequence, accepted }) =>
            accepted === undefined ||
            !acceptances.some((since) => since.accepted > accepted && since.sequence <= sequence),
        );
      if (!lost) return undefined;
      return `record ${lost.sequence} ${lost.sequence > lastSequence ? "is missing" : "is not the one"} that was kept elsewhere`;
    },
  };
}

function headFlaw(chain: Chain, stored: StoredHead | undefined, last: KnownHead): string | undefined {
  if (stored === undefined) return "the head is missing";
  if (!stored.seal.equals(chain.seal(stored))) {
    return `the head does not carry our seal: records after ${last.sequence} may be missing`;
  }
  if (stored.sequence > last.sequence) return `record ${last.sequence + 1} is missing`;
  if (stored.sequence < last.sequence) return `record ${stored.sequence + 1} comes after the head`;
  if (stored.accepted !== last.accepted) return "the head has an acceptance that the records do not have";
  return undefined;
}

async function readHead(queries: Queries, tenant: string): Promise<StoredHead | undefined> {
  const { rows } = await queries.run<{ sequence: string; hash: Buffer; seal: Buffer; accepted: string }>(
    "select sequence, hash, seal, accepted from aaygraph.audit_heads where tenant = $1",
    [tenant],
  );
  return rows.map((row) => ({ ...row, sequence: Number(row.sequence), accepted: Number(row.accepted) }))[0];
}

async function newestCheckpoint(queries: Queries, tenant: string): Promise<StoredHead | undefined> {
  const { rows } = await queries.run<{ sequence: string; hash: Buffer; seal: Buffer; accepted: string }>(
    `select sequence, hash, seal, accepted from aaygraph.audit_checkpoints
     where tenant = $1 order by sequence desc limit 1`,
    [tenant],
  );
  return rows.map((row) => ({ ...row, sequence: Number(row.sequence), accepted: Number(row.accepted) }))[0];
}

function checkpointSeal(chain: Chain, { sequence, hash, accepted }: KnownHead): Buffer {
  return chain.sealOf("checkpoint", sequence, hash.toString("hex"), accepted);
}
