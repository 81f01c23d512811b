import type { Database, PreparedSql } from "../database";

/** A turn that is not renewed for so long passes on: its process has died, or cannot write. */
const turnMs = 20_000;
const renewEveryMs = 5_000;
/** Work that hangs keeps its turn no longer. */
const mostRenewals = 6;

const takeTurn: PreparedSql = {
  name: "take_turn",
  text: `insert into aaygraph.turns as known (name, owner, until)
    values ($1, $2, clock_timestamp() + $3 * interval '1 ms')
    on conflict (name) do update set owner = excluded.owner, until = excluded.until
    where known.until <= clock_timestamp()`,
};

const changeTurn: PreparedSql = {
  name: "change_turn",
  text: `update aaygraph.turns set until = clock_timestamp() + $3 * interval '1 ms',
      done_at = case when $4 then clock_timestamp() else done_at end
    where name = $1 and owner = $2`,
};

/** Work that one process at a time does, and any process can do. The database's clock decides whose turn it is. */
interface Turns {
  /** Does the work if its turn is free, and leaves it free again after a rest. */
  take(name: string, restMs: number, work: () => Promise<void>): Promise<void>;
}

export function createTurns(database: Pick<Database, "run">, owner: number): Turns {
  return {
    async take(name, restMs, work) {
      const { count } = await database.run(takeTurn, [name, owner, turnMs]);
      if (count === 0) return;
      const change = (ms: number, isDone: boolean) => database.run(changeTurn, [name, owner, ms, isDone]);
      let renewals = 0;
      const renewing = setInterval(() => {
        renewals += 1;
        if (renewals > mostRenewals) return;
        change(turnMs, false).catch(ignore);
      }, renewEveryMs);
      renewing.unref();
      let isDone = false;
      try {
        await work();
        isDone = true;
      } finally {
        clearInterval(renewing);
        await change(isDone ? restMs : 0, isDone).catch(ignore);
      }
    },
  };
}

function ignore(): undefined {
  return undefined;
}
