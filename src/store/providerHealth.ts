import { randomInt } from "node:crypto";
import type { ProviderId } from "../domain";
import type { HealthMinute, HealthSpan, ProviderHealthStore } from "../reading/ports";
import type { Database } from "./database";

interface ProviderHealthRows extends ProviderHealthStore {
  deleteExpired(nowMs: number): Promise<void>;
}

const minuteMs = 60_000;
const keptMs = 14 * 24 * 60 * minuteMs;

/** One statement for all that was collected. A minute that is written again grows. */
const addMinutes = `
  insert into aaygraph.provider_health as known (minute, provider, process, failed, buckets)
  select minute, provider, $1, failed, array(select jsonb_array_elements_text(buckets)::integer)
  from jsonb_to_recordset($2::jsonb) as added (minute integer, provider text, failed integer, buckets jsonb)
  on conflict (minute, provider, process) do update set
    failed = known.failed + excluded.failed,
    buckets = array(select a + b from unnest(known.buckets, excluded.buckets) with ordinality as u (a, b, at) order by at)`;

const readSpans = `
  with cells as (
    select provider, minute / $2::integer as span, at, sum(calls)::integer as calls
    from aaygraph.provider_health, unnest(buckets) with ordinality as u (calls, at)
    where minute >= $1 group by 1, 2, 3
  ), failures as (
    select provider, minute / $2::integer as span, sum(failed)::integer as failed
    from aaygraph.provider_health where minute >= $1 group by 1, 2
  )
  select provider, span, failed, array_agg(calls order by at) as buckets
  from cells join failures using (provider, span) group by 1, 2, 3 order by 2`;

export function createProviderHealth(database: Database): ProviderHealthRows {
  const process = randomInt(2 ** 31);
  return {
    async add(minutes: readonly HealthMinute[]) {
      const rows = minutes.map(({ atMs, ...rest }) => ({ minute: Math.floor(atMs / minuteMs), ...rest }));
      await database.run(addMinutes, [process, JSON.stringify(rows)]);
    },
    async spans(sinceMs, spanMs) {
      const minutes = Math.max(1, Math.round(spanMs / minuteMs));
      const { rows } = await database.run<{ provider: ProviderId; span: number; failed: number; buckets: number[] }>(
        readSpans,
        [Math.floor(sinceMs / minuteMs), minutes],
      );
      return rows.map(({ span, ...row }): HealthSpan => ({ ...row, atMs: span * minutes * minuteMs }));
    },
    async deleteExpired(nowMs) {
      await database.run("delete from aaygraph.provider_health where minute < $1", [
        Math.floor((nowMs - keptMs) / minuteMs),
      ]);
    },
  };
}
