import { taxpayerIdOf } from "../../domain";
import type { Database, PreparedSql } from "../database";
import { appendConsentRecords } from "./consentRecords";

const portion = 500;

/** Another process may have some of them in hand. */
const markExpired: PreparedSql = {
  name: "mark_expired_consents",
  text: `with lapsed as (
      select tenant, id from aaygraph.consents
      where expired_at is null and revoked_at is null and expires_at <= $1
      order by expires_at limit ${portion} for no key update skip locked
    )
    update aaygraph.consents c set expired_at = $1 from lapsed where c.tenant = lapsed.tenant and c.id = lapsed.id
    returning c.tenant, c.id, c.subject_id`,
};

interface ExpiredRow {
  readonly tenant: string;
  readonly id: string;
  readonly subject_id: string;
}

/** Each consent that has expired is put on record once. Readers need no such mark: they judge the time themselves. */
export async function recordExpired(database: Database, nowMs: number): Promise<void> {
  for (let count = portion; count === portion;) {
    count = await database.transaction(async (queries) => {
      const { rows } = await queries.run<ExpiredRow>(markExpired, [new Date(nowMs)]);
      for (const [tenant, expired] of Map.groupBy(rows, (row) => row.tenant)) {
        const records = expired.map(({ id: consentId, subject_id: subjectId }) => {
          return { kind: "EXPIRED", atMs: nowMs, taxpayerId: taxpayerIdOf(subjectId), consentId } as const;
        });
        await appendConsentRecords(queries, tenant, records);
      }
      return rows.length;
    });
  }
}
