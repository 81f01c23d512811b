import type { NewRun, Run, RunMove, RunResult, RunStore, Started } from "../../runs/ports";
import { taxpayerIdOf } from "../../domain";
import { appendAuditRecords } from "../audit";
import type { Database, PreparedSql, Queries } from "../database";
import { appendEvents } from "../events";
import { type Keyring, placeOf, seal, unseal } from "../keys";
import { type Ceilings } from "../ledger";
import { livingOwners, announceChange } from "../queue";
import { openKey, subjectKeyColumns, type SubjectKeyRow } from "../taxpayers";
import { deleteExpiredLists, findUpload, insertInlineList, newId } from "./lists";
import { readRun, runColumns, type RunRow } from "./runSql";
import { createRunWork } from "./work";

const keyLock = 4_711_019;
const dayMs = 86_400_000;
/** A run, its results and its idempotency key are kept for so long after its last change of state. */
const lifeMs = 30 * dayMs;

interface RunParts {
  readonly database: Database;
  readonly keyring: Keyring;
  /** This process's number. */
  readonly owner: number;
  readonly ceilings: Ceilings;
}

interface Runs extends RunStore {
  deleteExpired(nowMs: number): Promise<void>;
}

const runsById: PreparedSql = {
  name: "runs_by_id",
  text: `select ${runColumns} from aaygraph.runs r where r.tenant = $1 and r.id = any($2::text[])`,
};

const runOfKey: PreparedSql = {
  name: "run_of_key",
  text: `select ${runColumns} from aaygraph.runs r where r.tenant = $1 and r.key_digest = $2`,
};

const moveRun: PreparedSql = {
  name: "move_run",
  text: `update aaygraph.runs r set state = $4, problem = $5, due_at = $6, expires_at = $8,
      finished_at = case when $4 in ('FINISHED', 'CANCELLED') then $7::timestamptz end,
      owner = case when $4 in ('FINISHED', 'CANCELLED') then null else owner end,
      paused_ms = paused_ms + case when paused_at is null or $4 = 'PAUSED' then 0
        else greatest(0, extract(epoch from $7::timestamptz - paused_at) * 1000)::bigint end,
      paused_at = case when $4 = 'PAUSED' then coalesce(paused_at, $7::timestamptz) end
    where r.tenant = $1 and r.id = $2 and r.state = any($3::text[])
    returning ${runColumns}`,
};

/** What a dead process was asking about is asked again: nobody knows what came of it. */
const claimRun: PreparedSql = {
  name: "claim_run",
  text: `with next as materialized (
      select tenant, id from aaygraph.runs
      where due_at <= $2 and (owner is null or owner not in (${livingOwners}) or (owner = $1 and id <> all($3::text[])))
      order by claimed_at nulls first, started_at limit 1 for update skip locked
    ), reset as (
      update aaygraph.run_checks c set state = 'PENDING' from next
      where c.tenant = next.tenant and c.run_id = next.id and c.state = 'ASKING'
    )
    update aaygraph.runs r set owner = $1, claimed_at = clock_timestamp() from next
    where r.tenant = next.tenant and r.id = next.id
    returning ${runColumns}`,
};

const resultsOfRun: PreparedSql = {
  name: "results_of_run",
  text: `select l.position, c.outcome, c.sealed_answer, c.problem, ${subjectKeyColumns}
    from aaygraph.run_lines l
    join aaygraph.run_checks c on c.tenant = l.tenant and c.run_id = l.run_id and c.subject_id = l.subject_id
    join aaygraph.subjects s on s.tenant = l.tenant and s.id = l.subject_id
    join aaygraph.subject_keys k on k.tenant = s.tenant and k.subject_id = s.id
    where l.tenant = $1 and l.run_id = $2 and l.position > $3 and c.state = 'DONE' and s.erased_at is null
    order by l.position limit $4`,
};

interface ResultRow extends SubjectKeyRow {
  readonly position: number;
  readonly outcome: RunResult["answer"]["outcome"];
  readonly sealed_answer: Buffer | null;
  readonly problem: RunResult["answer"]["problem"] | null;
}

export function createRuns({ database, keyring, owner, ceilings }: RunParts): Runs {
  const read = (row: RunRow) => readRun(row, keyring.listKey);

  async function start(queries: Queries, run: NewRun): Promise<Started> {
    const { tenant, by, idempotencyKey, request, reference, nowMs } = run;
    const keyDigest = keyring.digest("run key", `${tenant}\0${idempotencyKey}`);
    const requestDigest = keyring.digest("run request", `${tenant}\0${request}`);
    await queries.run("select pg_advisory_xact_lock($1, $2)", [keyLock, keyDigest.readInt32BE()]);
    const known = (await queries.run<RunRow>(runOfKey, [tenant, keyDigest])).rows[0];
    if (known) {
      const isSame = known.request_digest.equals(requestDigest);
      return isSame ? { outcome: "REPLAYED", run: read(known) } : { outcome: "CONFLICT" };
    }
    const list =
      "upload" in run.list
        ? await findUpload(queries, { tenant, id: run.list.upload, nowMs })
        : await insertInlineList(queries, keyring, { tenant, pans: run.list.pans, nowMs });
    if (list === undefined) return { outcome: "NO_SUCH_UPLOAD" };
    const id = newId("rn_");
    const place = placeOf.runReference(tenant, id);
    const sealedReference = reference === undefined ? null : seal(keyring.listKey, Buffer.from(reference), place);
    const { rows } = await queries.run<RunRow>(
      `insert into aaygraph.runs as r (tenant, id, list_id, caller, request_id, key_digest, request_digest,
         sealed_reference, state, most_paise, max_age_ms, total, due_at, started_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'RUNNING', $9, $10, $11, $12, $12, $13)
       returning ${runColumns}`,
      [
        ...[tenant, id, list.id, by.subject, by.requestId, keyDigest, requestDigest, sealedReference],
        ...[run.mostPaise, run.maxAgeMs ?? null, list.lines, new Date(nowMs), new Date(nowMs + lifeMs)],
      ],
    );
    const [row] = rows;
    if (row === undefined) throw new Error("a run was inserted, and is not there");
    await appendAuditRecords(queries, keyring, tenant, [
      { kind: "RUN_STARTED", atMs: nowMs, by, documents: ["COMPLIANCE"] },
    ]);
    return { outcome: "STARTED", run: read(row) };
  }

  async function move(
    { tenant, id }: Run,
    { from, to, problem, dueAtMs, nowMs, by }: RunMove,
  ): Promise<Run | undefined> {
    return database.transaction(async (queries) => {
      const { rows } = await queries.run<RunRow>(moveRun, [
        ...[tenant, id, from, to, problem === undefined ? null : JSON.stringify(problem)],
        ...[dueAtMs === undefined ? null : new Date(dueAtMs), new Date(nowMs), new Date(nowMs + lifeMs)],
      ]);
      const [moved] = rows.map(read);
      if (moved === undefined) return undefined;
      if (by) {
        await appendAuditRecords(queries, keyring, tenant, [
          { kind: "RUN_CANCELLED", atMs: nowMs, by, documents: ["COMPLIANCE"] },
        ]);
      }
      if (to === "FINISHED") await appendEvents(queries, tenant, [{ kind: "RUN_FINISHED", atMs: nowMs, runId: id }]);
      await announceChange(queries, id);
      return moved;
    });
  }

  function readResult(tenant: string, runId: string, row: ResultRow): RunResult[] {
    const { id, position, outcome, sealed_answer: sealed, problem } = row;
    const key = openKey(tenant, row, keyring);
    if (key === undefined) return [];
    const plain = sealed && unseal(key, sealed, placeOf.runAnswer(tenant, runId, id));
    const body: unknown = plain ? JSON.parse(plain.toString()) : undefined;
    return [{ position, taxpayerId: taxpayerIdOf(id), answer: { outcome, body, problem: problem ?? undefined } }];
  }

  return {
    start: (run) => database.transaction((queries) => start(queries, run)),

    async byId(tenant, ids) {
      const { rows } = await database.run<RunRow>(runsById, [tenant, ids]);
      return new Map(rows.map((row) => [row.id, read(row)]));
    },

    move,

    async results(tenant, id, { first, after = 0 }) {
      const { rows } = await database.run<ResultRow>(resultsOfRun, [tenant, id, after, first]);
      return rows.flatMap((row) => readResult(tenant, id, row));
    },

    async claim(nowMs, inHand) {
      const { rows } = await database.run<RunRow>(claimRun, [owner, new Date(nowMs), inHand]);
      return rows.map(read)[0];
    },

    async release({ tenant, id }) {
      await database.run("update aaygraph.runs set owner = null where tenant = $1 and id = $2 and owner = $3", [
        ...[tenant, id, owner],
      ]);
    },

    announce: ({ id }) => announceChange(database, id),

    ...createRunWork({ database, keyring, owner, ceilings }),

    async deleteExpired(nowMs) {
      const now = new Date(nowMs);
      for (;;) {
        const { count } = await database.run(
          `delete from aaygraph.run_checks c using (
             select c.ctid from aaygraph.runs r
             join aaygraph.run_checks c on c.tenant = r.tenant and c.run_id = r.id where r.expires_at <= $1 limit 5000
           ) old where c.ctid = old.ctid`,
          [now],
        );
        if (count === 0) break;
      }
      await database.run("delete from aaygraph.runs where expires_at <= $1", [now]);
      await deleteExpiredLists(database, nowMs);
    },
  };
}
