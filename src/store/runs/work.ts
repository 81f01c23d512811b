import type { Begun, Call, CheckEnd, Portion, Run, RunStore } from "../../runs/ports";
import { subjectIdOf, taxpayerIdOf } from "../../domain";
import { untilLater } from "../../kernel";
import type { Database, PreparedSql, Queries } from "../database";
import { type Keyring, placeOf, seal } from "../keys";
import { claimCalls, secondsLeftInDay, type Ceilings } from "../ledger";
import { openKey, subjectKeyColumns, type SubjectKeyRow } from "../taxpayers";
import { openPortion, type PortionRow } from "./lists";

type RunWork = Pick<RunStore, "nextPortion" | "unfold" | "openChecks" | "begin" | "finish">;

interface WorkParts {
  readonly database: Database;
  readonly keyring: Keyring;
  readonly owner: number;
  readonly ceilings: Ceilings;
}

const portionOfRun: PreparedSql = {
  name: "portion_of_run",
  text: `select p.list_id, p.position, p.lines, p.sealed from aaygraph.runs r
    join aaygraph.run_portions p on p.tenant = r.tenant and p.list_id = r.list_id and p.position > r.unfolded
    where r.tenant = $1 and r.id = $2 order by p.position limit 1`,
};

/** People first and then the run: the order in which an erasure locks. */
const lockPeople: PreparedSql = {
  name: "lock_people_of_run",
  text: `select s.id from aaygraph.subjects s where s.tenant = $1 and s.id = any($2::uuid[]) and s.erased_at is null
    order by s.id for share`,
};

const lockOwnRun: PreparedSql = {
  name: "lock_own_run",
  text: `select r.most_paise, r.paise, r.unfolded, r.list_id from aaygraph.runs r
    where r.tenant = $1 and r.id = $2 and r.owner = $3 and r.state in ('RUNNING', 'PAUSED') for update`,
};

const upsertChecks: PreparedSql = {
  name: "upsert_run_checks",
  text: `insert into aaygraph.run_checks as known (tenant, run_id, subject_id, position, lines, state)
    select $1, $2, id, min(position), count(*), 'PENDING' from unnest($3::uuid[], $4::integer[]) as line (id, position)
    group by id
    on conflict (tenant, run_id, subject_id) do update set lines = known.lines + excluded.lines
    returning subject_id, case when state = 'DONE' then outcome end as outcome`,
};

const insertLines: PreparedSql = {
  name: "insert_run_lines",
  text: `insert into aaygraph.run_lines (tenant, run_id, subject_id, position)
    select $1, $2, * from unnest($3::uuid[], $4::integer[])`,
};

/** Adds to the counts of a run. Every change of them is this statement. */
const addToRun: PreparedSql = {
  name: "add_to_run",
  text: `update aaygraph.runs set total = total + $3, found = found + $4, absent = absent + $5, failed = failed + $6,
      done = done + $4 + $5 + $6, paise = paise + $7, unfolded = greatest(unfolded, $8)
    where tenant = $1 and id = $2`,
};

const openChecksOfRun: PreparedSql = {
  name: "open_checks_of_run",
  text: `select subject_id, attempts from aaygraph.run_checks
    where tenant = $1 and run_id = $2 and state = 'PENDING' and state <> 'DONE' order by attempts, position limit $3`,
};

const beginChecks: PreparedSql = {
  name: "begin_run_checks",
  text: `update aaygraph.run_checks set state = 'ASKING', attempts = attempts + 1
    where tenant = $1 and run_id = $2 and subject_id = any($3::uuid[]) and state = 'PENDING' returning subject_id`,
};

const finishChecks: PreparedSql = {
  name: "finish_run_checks",
  text: `update aaygraph.run_checks c
    set state = new.state, outcome = new.outcome, sealed_answer = new.sealed, problem = new.problem::jsonb
    from unnest($3::uuid[], $4::text[], $5::text[], $6::bytea[], $7::text[]) as new (id, state, outcome, sealed, problem)
    where c.tenant = $1 and c.run_id = $2 and c.subject_id = new.id and c.state <> 'DONE'
    returning c.outcome, c.lines, c.state`,
};

const keysOfPeople: PreparedSql = {
  name: "keys_of_people_of_run",
  text: `select ${subjectKeyColumns} from aaygraph.subjects s
    left join aaygraph.subject_keys k on k.tenant = s.tenant and k.subject_id = s.id
    where s.tenant = $1 and s.id = any($2::uuid[])`,
};

interface Added {
  readonly total?: number;
  readonly byOutcome?: ReadonlyMap<string, number>;
  readonly paise?: number;
  readonly unfolded?: number;
}

export async function addCounts(
  queries: Queries,
  { tenant, id }: Pick<Run, "tenant" | "id">,
  { total = 0, byOutcome = new Map(), paise = 0, unfolded = 0 }: Added,
): Promise<void> {
  const found = byOutcome.get("FOUND") ?? 0;
  const absent = byOutcome.get("ABSENT") ?? 0;
  const failed = [...byOutcome.values()].reduce((sum, count) => sum + count, 0) - found - absent;
  await queries.run(addToRun, [tenant, id, total, found, absent, failed, paise, unfolded]);
}

class DayIsFull extends Error {}

export function createRunWork({ database, keyring, owner, ceilings }: WorkParts): RunWork {
  async function lockRun(queries: Queries, { tenant, id }: Run) {
    const { rows } = await queries.run<{ most_paise: string; paise: string; unfolded: number; list_id: string }>(
      lockOwnRun,
      [tenant, id, owner],
    );
    return rows[0];
  }

  async function unfold(
    queries: Queries,
    run: Run,
    { position, pans }: Portion,
    taxpayerIds: readonly (string | undefined)[],
  ): Promise<void> {
    const given = taxpayerIds.flatMap((taxpayerId, at) => {
      const id = taxpayerId === undefined ? undefined : subjectIdOf(taxpayerId);
      return id === undefined ? [] : [{ id, position: position + at }];
    });
    const place = [run.tenant, run.id] as const;
    const { rows: people } = await queries.run<{ id: string }>(lockPeople, [run.tenant, given.map(({ id }) => id)]);
    const locked = await lockRun(queries, run);
    if (locked === undefined || locked.unfolded >= position) return;
    // Who was erased since the portion was read has been taken from the total with it: then it is read again.
    const { rows: now } = await queries.run<PortionRow>(portionOfRun, [...place]);
    const [portion] = now.map((row) => openPortion(keyring, run.tenant, row));
    if (portion?.position !== position || peopleIn(portion) !== peopleIn({ position, pans })) return;
    const living = new Set(people.map(({ id }) => id));
    const lines = given.filter(({ id }) => living.has(id));
    const columns = [lines.map(({ id }) => id), lines.map((line) => line.position)];
    const { rows: checks } = await queries.run<{ subject_id: string; outcome: string | null }>(upsertChecks, [
      ...[...place, ...columns],
    ]);
    await queries.run(insertLines, [...place, ...columns]);
    const outcomeById = new Map(checks.map(({ subject_id: id, outcome }) => [id, outcome]));
    const byOutcome = new Map<string, number>();
    for (const { id } of lines) {
      const outcome = outcomeById.get(id);
      if (outcome) byOutcome.set(outcome, (byOutcome.get(outcome) ?? 0) + 1);
    }
    const vanished = peopleIn(portion) - lines.length;
    await addCounts(queries, run, { total: -vanished, byOutcome, unfolded: position + pans.length - 1 });
  }

  async function begin(
    queries: Queries,
    run: Run,
    taxpayerIds: readonly string[],
    { call: { provider, paise }, nowMs }: { readonly call: Call; readonly nowMs: number },
  ): Promise<Begun> {
    const locked = await lockRun(queries, run);
    if (locked === undefined) return { taxpayerIds: [], refusal: "NOT_OURS" };
    const left = Number(locked.most_paise) - Number(locked.paise);
    const affordable = paise > 0 ? Math.floor(left / paise) : taxpayerIds.length;
    const ids = taxpayerIds.slice(0, Math.max(0, affordable)).map(subjectIdOf);
    const { rows } = await queries.run<{ subject_id: string }>(beginChecks, [run.tenant, run.id, ids]);
    const calls = rows.length;
    if (calls > 0) {
      const claim = { provider, calls, paise: calls * paise, nowMs };
      if (!(await claimCalls(queries, run.tenant, claim, ceilings))) throw new DayIsFull();
      await addCounts(queries, run, { paise: calls * paise });
    }
    return {
      taxpayerIds: rows.map(({ subject_id }) => taxpayerIdOf(subject_id)),
      refusal: ids.length < taxpayerIds.length ? "BUDGET" : undefined,
    };
  }

  async function sealAnswers(run: Run, ends: readonly CheckEnd[]) {
    const idByTaxpayer = new Map(ends.map(({ taxpayerId }) => [taxpayerId, subjectIdOf(taxpayerId)]));
    const { rows } = await database.run<SubjectKeyRow>(keysOfPeople, [run.tenant, [...idByTaxpayer.values()]]);
    const keyById = new Map(rows.map((row) => [row.id, openKey(run.tenant, row, keyring)]));
    return ends.map(({ taxpayerId, answer }) => {
      const id = idByTaxpayer.get(taxpayerId) ?? null;
      const key = id === null ? undefined : keyById.get(id);
      const { outcome = null, body, problem } = answer ?? {};
      const place = placeOf.runAnswer(run.tenant, run.id, id ?? "");
      return {
        id,
        state: answer === undefined ? "PENDING" : "DONE",
        outcome,
        sealed: body === undefined || !key ? null : seal(key, Buffer.from(JSON.stringify(body)), place),
        problem: problem === undefined ? null : JSON.stringify(problem),
      };
    });
  }

  return {
    async nextPortion({ tenant, id }) {
      const { rows } = await database.run<PortionRow>(portionOfRun, [tenant, id]);
      return rows[0] && openPortion(keyring, tenant, rows[0]);
    },

    unfold: (run, portion, taxpayerIds) =>
      database.transaction((queries) => unfold(queries, run, portion, taxpayerIds)),

    async openChecks({ tenant, id }, most) {
      const { rows } = await database.run<{ subject_id: string; attempts: number }>(openChecksOfRun, [
        ...[tenant, id, most],
      ]);
      return rows.map(({ subject_id, attempts }) => ({ taxpayerId: taxpayerIdOf(subject_id), attempts }));
    },

    async begin(run, taxpayerIds, call, nowMs) {
      const attempt = (ids: readonly string[]) =>
        database.transaction((queries) => begin(queries, run, ids, { call, nowMs }));
      const refusal = () => untilLater("rupeesPerDay", ceilings, secondsLeftInDay(nowMs));
      try {
        return await attempt(taxpayerIds);
      } catch (thrown) {
        if (!(thrown instanceof DayIsFull)) throw thrown;
      }
      try {
        // The day has no room for all of them. It may have room for one.
        return { ...(await attempt(taxpayerIds.slice(0, 1))), refusal: undefined };
      } catch (thrown) {
        if (!(thrown instanceof DayIsFull)) throw thrown;
        return { taxpayerIds: [], refusal: refusal() };
      }
    },

    async finish(run, ends, nowMs) {
      const rows = await sealAnswers(run, ends);
      await database.transaction(async (queries) => {
        await queries.run("select from aaygraph.runs where tenant = $1 and id = $2 for update", [run.tenant, run.id]);
        const { rows: finished } = await queries.run<{ outcome: string; lines: number; state: string }>(finishChecks, [
          ...[run.tenant, run.id],
          rows.map(({ id }) => id),
          rows.map(({ state }) => state),
          rows.map(({ outcome }) => outcome),
          rows.map(({ sealed }) => sealed),
          rows.map(({ problem }) => problem),
        ]);
        const byOutcome = new Map<string, number>();
        for (const { outcome, lines, state } of finished) {
          if (state === "DONE") byOutcome.set(outcome, (byOutcome.get(outcome) ?? 0) + lines);
        }
        const refunds = ends.flatMap(({ refund }) => refund ?? []);
        for (const { provider, paise } of refunds) {
          await claimCalls(queries, run.tenant, { provider, calls: -1, paise: -paise, nowMs }, ceilings);
        }
        await addCounts(queries, run, { byOutcome, paise: -refunds.reduce((sum, { paise }) => sum + paise, 0) });
      });
    },
  };
}

function peopleIn({ pans }: Portion): number {
  return pans.filter((pan) => pan !== undefined).length;
}
