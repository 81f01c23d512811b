import { randomUUID } from "node:crypto";
import { DatabaseError, Pool, type PoolClient, type QueryResultRow } from "pg";
import { type Events, Fault, noTracer, type Secret, type SpanSubject, type Tracer } from "../kernel";
import { createOutage, judgeStoreError } from "./outage";
import { StoreUnavailable } from "./storeUnavailable";

/** SQL that each connection prepares once, under its name: for the statements of every request. */
export interface PreparedSql {
  readonly name: string;
  readonly text: string;
}

interface Outcome<Row> {
  readonly rows: readonly Row[];
  /** The number of rows returned or changed. */
  readonly count: number;
}

/** Runs statements, on the pool or within one transaction. */
export interface Queries {
  run<Row extends QueryResultRow>(sql: string | PreparedSql, values?: readonly unknown[]): Promise<Outcome<Row>>;
}

/** The connection pool. A store that is away is STORE_UNAVAILABLE, and no call of it waits without an end. */
export interface Database extends Queries {
  ping(): Promise<void>;
  /** `isLong`: PostgreSQL ends neither its statements nor its waits for locks. For work that no caller waits for. */
  transaction<T>(work: (queries: Queries) => Promise<T>, options?: { readonly isLong?: boolean }): Promise<T>;
  /** Whether transactions are refused: what they would acknowledge could be lost. */
  refuseTransactions(areRefused: boolean): void;
  /** Leaves every connection made so far: those in use for longer than this are cut, the others are used no more. */
  leaveConnections(olderThanMs: number): void;
  readonly pool: { readonly size: number; readonly idle: number; readonly waiting: number };
  /** Waits a little for what is under way. */
  close(): Promise<void>;
}

interface DatabaseSettings {
  readonly url: Secret;
  readonly events: Events;
  readonly tracer?: Tracer | undefined;
  readonly connections?: number | undefined;
  /** Each transaction may run on another connection of PostgreSQL: nothing is kept on one, prepared statements included. */
  readonly isPooled?: boolean | undefined;
}

/** Every pool has a name of its own that starts so: by it a process sees the pools of the release before. */
export const storeConnections = "aaygraph store ";

const characterNotInRepertoire = "22021";
const readOnly = "25006";
const usualConnections = 10;
const connectMs = 5_000;
/** Judged by PostgreSQL, for what it can still answer. */
const limits = { statement_timeout: 15_000, lock_timeout: 5_000, idle_in_transaction_session_timeout: 15_000 };
/** Judged here, for a connection that has gone silent. */
const queryMs = 17_000;
const longMs = 3_600_000;
const closeMs = 5_000;

interface Lent {
  readonly client: PoolClient;
  readonly sinceMs: number;
}

/** Connects once before it returns, so that a wrong address fails at the start. */
export async function openDatabase(settings: DatabaseSettings): Promise<Database> {
  const { url, events, tracer = noTracer, connections = usualConnections, isPooled = false } = settings;
  const outage = createOutage(events);
  const pool = new Pool({
    connectionString: checked(url),
    application_name: storeConnections + randomUUID(),
    max: connections,
    connectionTimeoutMillis: connectMs,
    query_timeout: queryMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // A pooler refuses parameters of a connection that it does not know: there they are set in each transaction.
    ...(!isPooled && limits),
  });
  // The pool replaces a broken idle connection. Without a listener, its error would end the process.
  pool.on("error", (error) => {
    outage.faultOf(error);
  });
  let areRefused = false;
  let generation = 0;
  const generationOf = new WeakMap<PoolClient, number>();
  pool.on("connect", (client) => {
    generationOf.set(client, generation);
  });
  const lent = new Set<Lent>();

  function isStale(client: PoolClient): boolean {
    return generationOf.get(client) !== generation;
  }

  async function lend(): Promise<Lent> {
    for (;;) {
      const client = await pool.connect();
      if (isStale(client)) {
        client.release(true);
        continue;
      }
      // A broken connection in use emits an error of its own. It can be ignored: the running query fails as well.
      client.on("error", ignore);
      const one = { client, sinceMs: performance.now() };
      lent.add(one);
      return one;
    }
  }

  function giveBack(one: Lent, { isBroken }: { readonly isBroken: boolean }): void {
    if (!lent.delete(one)) return;
    const isOver = isBroken || isStale(one.client);
    if (!isOver) one.client.off("error", ignore);
    one.client.release(isOver);
  }

  function leaveConnections(olderThanMs: number): void {
    generation += 1;
    const nowMs = performance.now();
    for (const one of [...lent]) if (nowMs - one.sinceMs > olderThanMs) giveBack(one, { isBroken: true });
  }

  /** Lends a connection for one use, and judges what came of it. */
  async function use<T>(work: (client: PoolClient) => Promise<T>, rollBack?: typeof hasRolledBack): Promise<T> {
    let one: Lent | undefined;
    try {
      one = await lend();
      const result = await work(one.client);
      giveBack(one, { isBroken: false });
      outage.hasAnswered();
      return result;
    } catch (error) {
      // A server that is read-only by now is not the leader: the next connection may find that one.
      if (codeOf(error) === readOnly) leaveConnections(Infinity);
      const isBroken = judgeStoreError(error) === "AWAY" || (one && (await rollBack?.(one.client))) === false;
      if (one) giveBack(one, { isBroken });
      throw outage.faultOf(error);
    }
  }

  const database: Database = {
    run: (sql, values) =>
      tracer.span(spanOf(sql), () => use((client) => queriesOn(client, { isPooled }).run(sql, values))),
    async ping() {
      await use((client) => client.query("select 1"));
    },
    transaction(work, { isLong = false } = {}) {
      const within = async (client: PoolClient) => {
        if (areRefused) throw new Fault("STORE_UNAVAILABLE", { retryAfterSeconds: 5, note: "no synchronous standby" });
        await client.query(beginning({ isPooled, isLong }));
        const queries = queriesOn(client, { isPooled, mostMs: isLong ? longMs : undefined });
        const result = await work({
          run: (sql, values) => tracer.span(spanOf(sql), () => queries.run(sql, values)),
        });
        await client.query("commit");
        return result;
      };
      return tracer.span({ kind: "SQL", name: "transaction" }, () => use(within, hasRolledBack));
    },
    leaveConnections,
    refuseTransactions(are) {
      areRefused = are;
    },
    pool: {
      get size() {
        return pool.totalCount;
      },
      get idle() {
        return pool.idleCount;
      },
      get waiting() {
        return pool.waitingCount;
      },
    },
    async close() {
      const ended = pool.end();
      const cut = setTimeout(() => {
        for (const one of [...lent]) giveBack(one, { isBroken: true });
      }, closeMs);
      await ended;
      clearTimeout(cut);
    },
  };
  try {
    await database.ping();
  } catch (error) {
    await database.close();
    throw unreachable(error);
  }
  return database;
}

function beginning({ isPooled, isLong }: { readonly isPooled: boolean; readonly isLong: boolean }): string {
  if (isLong) {
    const idle = "set local idle_in_transaction_session_timeout = 120000";
    return `begin; set local statement_timeout = 0; set local lock_timeout = 0; ${idle}`;
  }
  const names = isPooled ? Object.entries(limits) : [];
  return ["begin", ...names.map(([name, value]) => `set local ${name} = ${value}`)].join("; ");
}

interface CallPolicy {
  readonly isPooled: boolean;
  readonly mostMs?: number | undefined;
}

function queriesOn(connection: PoolClient, { isPooled, mostMs }: CallPolicy): Queries {
  return {
    async run(sql, values = []) {
      const named = typeof sql === "string" || isPooled ? { text: typeof sql === "string" ? sql : sql.text } : sql;
      const asked = { ...named, values: [...values], ...(mostMs !== undefined && { query_timeout: mostMs }) };
      const answer = await connection.query<never>(asked).catch(refuseNul);
      // The driver returns one result per statement of the text. Its types do not say so.
      const answers = [answer].flat();
      return { rows: answers.flatMap(({ rows }) => rows), count: answers.at(-1)?.rowCount ?? 0 };
    },
  };
}

/** Its name, or its first word and first table: never a value, of which a text of ours has none. */
function spanOf(sql: string | PreparedSql): SpanSubject {
  if (typeof sql !== "string") return { kind: "SQL", name: sql.name };
  const [verb = "", table = ""] = [/\w+/, /\baaygraph\w*\.\w+/].map((pattern) => pattern.exec(sql)?.[0]);
  return { kind: "SQL", name: `${verb} ${table}`.trim() };
}

/** PostgreSQL stores no NUL in a text. Only a caller can have sent one, in an id or a cursor. */
function refuseNul(error: unknown): never {
  const hasNul = codeOf(error) === characterNotInRepertoire;
  throw hasNul ? new Fault("BAD_INPUT", { hint: "A text holds a character that cannot be kept." }) : error;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof DatabaseError ? error.code : undefined;
}

/** Ends the transaction, if there is one. A connection that cannot roll back is closed. */
async function hasRolledBack(client: PoolClient): Promise<boolean> {
  try {
    await client.query("rollback");
    return true;
  } catch {
    return false;
  }
}

function checked(url: Secret): string {
  // Trap: the parser's own error quotes the address, with the password.
  if (!URL.canParse(url.reveal())) throw new StoreUnavailable("DATABASE_URL is not a valid URL (postgres://…).");
  return url.reveal();
}

function unreachable(thrown: unknown): StoreUnavailable {
  const error = thrown instanceof Fault ? thrown.context.cause : thrown;
  const { code, message } = error as NodeJS.ErrnoException;
  const reason = error instanceof DatabaseError ? message : (code ?? message);
  if (reason.includes("unsupported startup parameter")) {
    return new StoreUnavailable(
      "DATABASE_URL leads to a pooler. Set DATABASE_LISTEN_URL to a direct address of the same database: the service then " +
        "keeps nothing on the pooler's connections.",
    );
  }
  return new StoreUnavailable(`PostgreSQL (DATABASE_URL) cannot be reached: ${reason}.`);
}

function ignore(): void {
  return undefined;
}
