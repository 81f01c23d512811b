import { DatabaseError, Pool, type PoolClient, type QueryResultRow } from "pg";
import { Fault, type Secret } from "../kernel";
import { StoreUnavailable } from "./storeUnavailable";

/** SQL that each connection prepares once, under its name; for what every request asks. */
export interface PreparedSql {
  readonly name: string;
  readonly text: string;
}

interface Outcome<Row> {
  readonly rows: readonly Row[];
  /** Rows returned, or else rows changed. */
  readonly count: number;
}

export interface Queries {
  run<Row extends QueryResultRow>(sql: string | PreparedSql, values?: readonly unknown[]): Promise<Outcome<Row>>;
}

export interface Database extends Queries {
  ping(): Promise<void>;
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const characterNotInRepertoire = "22021";

/** Connects once before it returns, so that a wrong address is told at the start. */
export async function openDatabase(url: Secret, onConnectionLost: (error: Error) => void): Promise<Database> {
  const pool = new Pool({
    connectionString: checked(url),
    application_name: "aaygraph",
    max: 10,
    statement_timeout: 30_000,
    connectionTimeoutMillis: 10_000,
  });
  // An idle connection that breaks is reported here; unheard, it would end the process. The pool replaces it.
  pool.on("error", onConnectionLost);
  const database: Database = {
    ...queriesOn(pool),
    async ping() {
      await pool.query("select 1");
    },
    async transaction(work) {
      const client = await pool.connect();
      // While lent, a connection that breaks speaks up on its own; the query under way fails as well.
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
      const answer = await connection.query<never>({ ...named, values: [...values] }).catch(refuseOddText);
      // Several statements in one text are answered one by one, which the driver's types do not tell.
      const answers = [answer].flat();
      return { rows: answers.flatMap(({ rows }) => rows), count: answers.at(-1)?.rowCount ?? 0 };
    },
  };
}

/** PostgreSQL keeps no NUL in a text. One that gets as far as this was sent by a caller, in an id or a cursor. */
function refuseOddText(error: unknown): never {
  const isOddText = error instanceof DatabaseError && error.code === characterNotInRepertoire;
  throw isOddText ? new Fault("BAD_INPUT", { hint: "A text holds a character that cannot be kept." }) : error;
}

/** A connection that cannot even roll back is thrown away. */
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
  // The parser's own error quotes the address, password included.
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
