import type { HealthHistory } from "../reading/ports";
import type { HealthLog } from "../upstream/ports";
import type { Database, PreparedSql } from "./database";

interface ProviderHealth extends HealthLog, HealthHistory {
  deleteExpired(nowMs: number): Promise<void>;
}

/** A day can be looked back upon, and its first period may have begun before. */
const keptMs = 25 * 3_600_000;

const write: PreparedSql = {
  name: "write_provider_health",
  text: `insert into aaygraph.provider_health (owner, minute, provider, calls, answered, breaker, buckets, counts)
    select $1, to_timestamp(startsAt / 1000.0), provider, calls, answered, breaker, buckets, counts
    from jsonb_to_recordset($2::jsonb) as seen (
      startsAt bigint, provider text, calls integer, answered integer, breaker text, buckets smallint[], counts integer[]
    )
    on conflict (minute, provider, owner) do update set calls = excluded.calls, answered = excluded.answered,
      breaker = excluded.breaker, buckets = excluded.buckets, counts = excluded.counts`,
};

// By the alphabet, CLOSED < HALF_OPEN < OPEN: the last is the worst.
const read: PreparedSql = {
  name: "read_provider_health",
  text: `with seen as (
      select *, floor((extract(epoch from minute) * 1000 - $1::bigint) / $2::bigint)::integer as place
      from aaygraph.provider_health where minute >= to_timestamp($1::bigint / 1000.0)
    ), spread as (
      select provider, place, bucket, sum(count) as count
      from seen, unnest(buckets, counts) as b (bucket, count) group by provider, place, bucket
    )
    select provider, place, sum(calls)::integer as calls, sum(answered)::integer as answered,
      max(breaker collate "C") as breaker,
      (select jsonb_object_agg(bucket, count) from spread where (spread.provider, spread.place) = (seen.provider, seen.place))
        as counts
    from seen group by provider, place order by provider, place`,
};

type Period = Awaited<ReturnType<HealthHistory["periods"]>>[number];

interface PeriodRow extends Pick<Period, "provider" | "calls" | "answered" | "breaker"> {
  readonly place: number;
  readonly counts: Readonly<Record<string, number>> | null;
}

export function createProviderHealth(database: Database, owner: number): ProviderHealth {
  return {
    async write(minutes) {
      const seen = minutes.map(({ startsAtMs, countByBucket, ...minute }) => ({
        ...minute,
        startsat: startsAtMs,
        buckets: [...countByBucket.keys()],
        counts: [...countByBucket.values()],
      }));
      await database.run(write, [owner, JSON.stringify(seen)]);
    },
    async periods(fromMs, periodMs) {
      const { rows } = await database.run<PeriodRow>(read, [fromMs, periodMs]);
      return rows.map(({ place, counts, ...row }) => ({
        ...row,
        startsAtMs: fromMs + place * periodMs,
        countByBucket: new Map(Object.entries(counts ?? {}).map(([bucket, count]) => [Number(bucket), count])),
      }));
    },
    async deleteExpired(nowMs) {
      await database.run("delete from aaygraph.provider_health where minute < $1", [new Date(nowMs - keptMs)]);
    },
  };
}
