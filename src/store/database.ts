import { randomUUID } from "node:crypto";
import { DatabaseError, Pool, type PoolClient, type QueryResultRow } from "pg";
import { Fault, type Secret } from "../kernel";
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

/** The connection pool. */
export interface Database extends Queries {
  ping(): Promise<void>;
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Every pool has a name of its own that starts so: by it a process sees the pools of others. */
export const storeConnections = "aaygraph store ";

const characterNotInRepertoire = "22021";

/** Connects once before it returns, so that a wrong address fails at the start. */
export async function openDatabase(url: Secret, onConnectionLost: (error: Error) => void): Promise<Database> {
  const pool = new Pool({
    connectionString: checked(url),
    application_name: storeConnections + randomUUID(),
    max: 10,
    statement_timeout: 30_000,
    connectionTimeoutMillis: 10_000,
  });
  // The pool replaces a broken idle connection. Without a listener, its error would end the process.
  pool.on("error", onConnectionLost);
  const database: Database = {
    ...queriesOn(pool),
    async ping() {
      await pool.query("select 1");
    },
    async transaction(work) {
      const client = await pool.connect();
      // A broken connection in use emits an error of its own. It can be ignored: the running query fails as well.
      client.on("error", ignore);
      try {
        await client.query("begin");
        const result = await work(queriesOn(client));
        await client.query("commit");
        client.off("error", ignore);
        client.release();
        return result;
      } catch (error) {
        await rollBack(client);
        throw error;
      }
    },
    close: () => pool.end(),
  };
  try {
    await database.ping();
  } catch (error) {
    await database.close();
    throw unreachable(error);
  }
  return database;
}

function queriesOn(connection: Pool | PoolClient): Queries {
  return {
    async run(sql, values = []) {
      const named = typeof sql === "string" ? { text: sql } : sql;
      const answer = await connection.query<never>({ ...named, values: [...values] }).catch(refuseNul);
      // The driver returns one result per statement of the text. Its types do not say so.
      const answers = [answer].flat();
      return { rows: answers.flatMap(({ rows }) => rows), count: answers.at(-1)?.rowCount ?? 0 };
    },
  };
}

/** PostgreSQL stores no NUL in a text. Only a caller can have sent one, in an id or a cursor. */
function refuseNul(error: unknown): never {
  const hasNul = error instanceof DatabaseError && error.code === characterNotInRepertoire;
  throw hasNul ? new Fault("BAD_INPUT", { hint: "A text holds a character that cannot be kept." }) : error;
}

/** A connection that cannot roll back is closed. */
async function rollBack(client: PoolClient): Promise<void> {
  try {
    await client.query("rollback");
    client.off("error", ignore);
    client.release();
  } catch {
    client.release(true);
  }
}

function checked(url: Secret): string {
  // Trap: the parser's own error quotes the address, with the password.
  if (!URL.canParse(url.reveal())) throw new StoreUnavailable("DATABASE_URL is not a valid URL (postgres://…).");
  return url.reveal();
}

function unreachable(error: unknown): StoreUnavailable {
  const { code, message } = error as NodeJS.ErrnoException;
  const reason = error instanceof DatabaseError ? message : (code ?? message);
  return new StoreUnavailable(`PostgreSQL (DATABASE_URL) cannot be reached: ${reason}.`);
}

function ignore(): void {
  return undefined;
}
