import type { Database, PreparedSql } from "./database";

const mostMs = 2_000;

/**
 * Whether requests can be served: by the pool that they use, and by a server that can be written to. All who ask at once share
 * one question, so that nobody can load the database with it.
 */
export function createReadiness(database: Pick<Database, "run">): () => Promise<boolean> {
  let asked: Promise<boolean> | undefined;
  return () => {
    asked ??= isWritable(database).finally(() => (asked = undefined));
    return asked;
  };
}

async function isWritable(database: Pick<Database, "run">): Promise<boolean> {
  const asking = database.run<{ is_read_only: boolean }>(
    "select pg_is_in_recovery() or current_setting('transaction_read_only') = 'on' as is_read_only",
  );
  return within(
    asking.then(({ rows }) => rows[0]?.is_read_only === false),
    false,
  );
}

/** What an operator watches of the store, besides what is counted. Times are in seconds. */
export interface StoreFigures {
  readonly connections: { readonly inUse: number; readonly idle: number; readonly waiting: number };
  readonly isListening: boolean;
  readonly isReplicated: boolean;
  /** Undefined while the database does not answer. */
  readonly database: DatabaseFigures | undefined;
}

interface DatabaseFigures {
  readonly processes: number;
  /** Since the last sweep of any process. */
  readonly sweepAge: number;
  /** How late the session is that has waited longest for the sweep. */
  readonly oldestDue: number;
  readonly jobsByQueue: Readonly<Record<string, number>>;
}

interface FiguresRow {
  readonly processes: string;
  readonly sweep_age: number | null;
  readonly oldest_due: number | null;
  readonly jobs: Readonly<Record<string, number>> | null;
}

const readFigures: PreparedSql = {
  name: "store_figures",
  text: `select
    (select count(*) from aaygraph.processes where beat_at > clock_timestamp() - interval '8 s') as processes,
    (select extract(epoch from clock_timestamp() - done_at)::float8 from aaygraph.turns where name = 'sweep') as sweep_age,
    (select extract(epoch from $1::timestamptz - min(due_at))::float8 from aaygraph.sessions
      where due_at <= $1 and (set_back_until is null or set_back_until <= $1)) as oldest_due,
    (select jsonb_object_agg(name, jobs) from (
      select name, count(*) as jobs from aaygraph_jobs.job
      where name like 'sessions%' and state < 'active' and start_after <= now() group by name
    ) as waiting) as jobs`,
};

export async function databaseFigures(
  database: Pick<Database, "run">,
  nowMs: number,
): Promise<DatabaseFigures | undefined> {
  const asking = database.run<FiguresRow>(readFigures, [new Date(nowMs)]).then(({ rows: [row] }) => ({
    processes: Number(row?.processes ?? 0),
    sweepAge: row?.sweep_age ?? 0,
    oldestDue: Math.max(0, row?.oldest_due ?? 0),
    jobsByQueue: row?.jobs ?? {},
  }));
  return within(asking, undefined);
}

/** The answer, or another one where the database fails or takes too long. */
async function within<Answer, Otherwise>(asking: Promise<Answer>, otherwise: Otherwise): Promise<Answer | Otherwise> {
  const late = Promise.withResolvers<Otherwise>();
  const timer = setTimeout(() => {
    late.resolve(otherwise);
  }, mostMs);
  try {
    return await Promise.race([asking.catch(() => otherwise), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
