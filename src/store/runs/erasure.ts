import type { Pan } from "../../domain";
import type { Queries } from "../database";
import type { Keyring } from "../keys";
import { openPortion, type PortionRow, sealPortion } from "./lists";
import { addCounts } from "./work";

/** A person to be taken out of all runs of a tenant. */
interface Erased {
  readonly tenant: string;
  readonly subjectId: string;
  readonly pan: Pan;
}

const portionsAtOnce = 100;

/** Runs that name the person, or that may name them in lines that have no rows yet. One order, as every lock of runs. */
const lockRuns = `select from aaygraph.runs r where r.tenant = $1 and (
    exists (select from aaygraph.run_checks c where c.tenant = $1 and c.run_id = r.id and c.subject_id = $2)
    or exists (
      select from aaygraph.run_portions p where p.tenant = $1 and p.list_id = r.list_id and p.position > r.unfolded
    )
  ) order by r.id for update`;

interface RemovedRow {
  readonly run_id: string;
  readonly lines: number;
  readonly outcome: string | null;
}

/** The person's lines and answers go, and the counts with them: of the run nothing is left that tells of the person. */
export async function forgetInRuns(queries: Queries, keyring: Keyring, erased: Erased): Promise<void> {
  const { tenant, subjectId } = erased;
  await queries.run(lockRuns, [tenant, subjectId]);
  const { rows } = await queries.run<RemovedRow>(
    `delete from aaygraph.run_checks where tenant = $1 and subject_id = $2
     returning run_id, lines, case when state = 'DONE' then outcome end as outcome`,
    [tenant, subjectId],
  );
  for (const { run_id: id, lines, outcome } of rows) {
    const byOutcome = new Map(outcome === null ? [] : [[outcome, -lines]]);
    await addCounts(queries, { tenant, id }, { total: -lines, byOutcome });
  }
  await forgetInLists(queries, keyring, erased);
}

/** A list is sealed as a whole, so each portion that a run may still unfold is opened. */
async function forgetInLists(queries: Queries, keyring: Keyring, { tenant, pan }: Erased): Promise<void> {
  let after: Pick<PortionRow, "list_id" | "position"> = { list_id: "", position: 0 };
  for (;;) {
    const { rows } = await queries.run<PortionRow>(
      `select list_id, position, lines, sealed from aaygraph.run_portions
       where tenant = $1 and (list_id, position) > ($2, $3) order by list_id, position limit ${portionsAtOnce}
       for update`,
      [tenant, after.list_id, after.position],
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    for (const row of rows) await forgetInPortion(queries, keyring, { tenant, pan, row });
    after = last;
  }
}

async function forgetInPortion(
  queries: Queries,
  keyring: Keyring,
  { tenant, pan, row }: { readonly tenant: string; readonly pan: Pan; readonly row: PortionRow },
): Promise<void> {
  const { position, pans } = openPortion(keyring, tenant, row);
  const left = pans.map((each) => (each === pan ? undefined : each));
  const gone = pans.filter((each) => each === pan).length;
  if (gone === 0) return;
  const place = [tenant, row.list_id, position];
  const sealed = sealPortion(keyring, tenant, row.list_id, { position, pans: left });
  await queries.run(
    "update aaygraph.run_portions set sealed = $4, lines = lines - $5 where tenant = $1 and list_id = $2 and position = $3",
    [...place, sealed, gone],
  );
  await queries.run("update aaygraph.run_lists set lines = lines - $3 where tenant = $1 and id = $2", [
    ...[tenant, row.list_id, gone],
  ]);
  await queries.run(
    "update aaygraph.runs set total = total - $4 where tenant = $1 and list_id = $2 and unfolded < $3",
    [...place, gone],
  );
}
