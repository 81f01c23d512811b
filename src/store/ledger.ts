import { indianDayAt, type CalendarDate, type ProviderId } from "../domain";
import { batchByKey, untilLater, type Limits } from "../kernel";
import type { Ledger, Spending } from "../reading/ports";
import type { Database, Queries } from "./database";

export type Ceilings = Pick<Limits, "rupeesPerDay" | "portalLoginsPerDay">;

interface Claim extends Spending {
  readonly provider: ProviderId;
}

/** Adds to the day's sum and to each vendor's row, or to none of them where the sum would go past a ceiling. */
const addClaims = `
  with spent as (
    select provider, sum(calls)::integer calls, sum(logins)::integer logins, sum(paise)::bigint paise
    from unnest($3::text[], $4::integer[], $5::integer[], $6::bigint[]) as claim (provider, calls, logins, paise)
    group by provider
  ), total as (
    insert into aaygraph.ledger as known (tenant, day, provider, calls, logins, paise)
    select $1, $2::date, '', sum(calls), sum(logins), sum(paise) from spent
    having sum(logins) <= $7::float8 and sum(paise) <= $8::float8
    on conflict (tenant, day, provider) do update set
      calls = known.calls + excluded.calls, logins = known.logins + excluded.logins, paise = known.paise + excluded.paise
    where known.logins + excluded.logins <= greatest($7::float8, known.logins)
      and known.paise + excluded.paise <= greatest($8::float8, known.paise)
    returning 1
  )
  insert into aaygraph.ledger as known (tenant, day, provider, calls, logins, paise)
  select $1, $2::date, provider, calls, logins, paise from spent where exists (select from total)
  on conflict (tenant, day, provider) do update set
    calls = known.calls + excluded.calls, logins = known.logins + excluded.logins, paise = known.paise + excluded.paise
  returning 1`;

async function isAdded(
  queries: Queries,
  [tenant, day]: readonly [string, CalendarDate],
  claims: readonly Claim[],
  { portalLoginsPerDay, rupeesPerDay }: Ceilings,
): Promise<boolean> {
  const column = (name: keyof Claim) => claims.map((claim) => claim[name]);
  const { count } = await queries.run(addClaims, [
    ...[tenant, day, column("provider"), column("calls"), column("logins"), column("paise")],
    ...[portalLoginsPerDay, rupeesPerDay * 100],
  ]);
  return count > 0;
}

/** Within the transaction that opens a session: the login is counted with it, or neither. */
export function claimLogin(
  queries: Queries,
  tenant: string,
  { provider, nowMs }: { readonly provider: ProviderId; readonly nowMs: number },
  ceilings: Ceilings,
): Promise<boolean> {
  return isAdded(queries, [tenant, indianDayAt(nowMs)], [{ provider, calls: 0, logins: 1, paise: 0 }], ceilings);
}

/** Within the transaction that counts the calls elsewhere too. False where the tenant's day would cost more than it may. */
export function claimCalls(
  queries: Queries,
  tenant: string,
  { nowMs, ...spent }: Omit<Claim, "logins"> & { readonly nowMs: number },
  ceilings: Ceilings,
): Promise<boolean> {
  return isAdded(queries, [tenant, indianDayAt(nowMs)], [{ ...spent, logins: 0 }], ceilings);
}

export function createLedger(database: Database, ceilings: Ceilings): Ledger {
  const claimEach = batchByKey<Claim, ReadonlySet<Claim>>(async (key, claims) => {
    const [day = "", ...tenant] = key.split(" ");
    const place = [tenant.join(" "), day as CalendarDate] as const;
    if (await isAdded(database, place, claims, ceilings)) return new Set(claims);
    // Together they go past a ceiling: each is judged by itself.
    const added = new Set<Claim>();
    for (const claim of claims) if (await isAdded(database, place, [claim], ceilings)) added.add(claim);
    return added;
  });

  return {
    async claim(tenant, provider, spending, nowMs) {
      const claim = { provider, ...spending };
      const added = await claimEach(`${indianDayAt(nowMs)} ${tenant}`, [claim]);
      // Only rupees are claimed outside of an opening.
      if (!added.has(claim)) throw untilLater("rupeesPerDay", ceilings, secondsLeftInDay(nowMs));
    },

    async usage(tenant, { from, to }) {
      const { rows } = await database.run<UsageRow>(
        `select day::text, provider, calls, logins, paise from aaygraph.ledger
         where tenant = $1 and day between $2 and $3 and provider <> '' and (calls, logins, paise) <> (0, 0, 0)
         order by day, provider`,
        [tenant, from, to],
      );
      return rows.map(({ day, paise, ...row }) => ({ ...row, day: day as CalendarDate, paise: Number(paise) }));
    },
  };
}

interface UsageRow {
  readonly day: string;
  readonly provider: ProviderId;
  readonly calls: number;
  readonly logins: number;
  readonly paise: string;
}

const indianOffsetMs = 5.5 * 3_600_000;
const dayMs = 86_400_000;

/** Until midnight in India. */
export function secondsLeftInDay(nowMs: number): number {
  return Math.max(1, Math.ceil((dayMs - ((nowMs + indianOffsetMs) % dayMs)) / 1_000));
}
