import type { CallSlotStore } from "../upstream/ports";
import type { Database, PreparedSql } from "./database";
import type { RateWindowStore } from "../guard/ports";

interface CallSlots extends CallSlotStore {
  deleteExpired(nowMs: number): Promise<void>;
}

/** One function in the database decides and records a slot. It serves the callers of an account one by one. */
export function createCallSlots(database: Database): CallSlots {
  return {
    async take(account, { nowMs, limits, mostWaitMs }) {
      const { rows } = await database.run<{ at: string }>(
        { name: "take-call-slot", text: "select aaygraph.take_call_slot($1, $2, $3, $4, $5) as at" },
        [account, nowMs, mostWaitMs, limits.map(({ windowMs }) => windowMs), limits.map(({ mostCalls }) => mostCalls)],
      );
      return Number(rows[0]?.at ?? nowMs);
    },
    async taken(account, nowMs, windowsMs) {
      const { rows } = await database.run<{ taken: string }>(
        `select (select count(*) from aaygraph.calls where account = $1 and made_at > $2::bigint - w.ms) as taken
         from unnest($3::bigint[]) with ordinality as w (ms, place) order by place`,
        [account, nowMs, windowsMs],
      );
      return rows.map(({ taken }) => Number(taken));
    },
    async deleteExpired(nowMs) {
      await database.run("delete from aaygraph.calls where counts_until <= $1", [nowMs]);
    },
  };
}

interface RateWindows extends RateWindowStore {
  deleteExpired(nowMs: number): Promise<void>;
}

/** Windows stay for a while after their end, because processes' clocks differ. */
const keptMs = 600_000;

const claimShare: PreparedSql = {
  name: "claim_rate_share",
  text: `insert into aaygraph.rate_windows as known (tenant, starts_at, claimed) values ($1, $2, $3)
    on conflict (tenant, starts_at) do update set claimed = known.claimed + excluded.claimed
    returning claimed`,
};

/** Counts a tenant's requests of all processes in one row per window. */
export function createRateWindows(database: Database): RateWindows {
  return {
    async claim(tenant, windowStartMs, count) {
      const { rows } = await database.run<{ claimed: string }>(claimShare, [tenant, windowStartMs, count]);
      return Number(rows[0]?.claimed ?? count);
    },
    async deleteExpired(nowMs) {
      await database.run("delete from aaygraph.rate_windows where starts_at < $1", [nowMs - keptMs]);
    },
  };
}
