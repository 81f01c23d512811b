import { randomBytes } from "node:crypto";
import type { Pan } from "../../domain";
import type { Portion, UploadStore } from "../../runs/ports";
import type { Database, Queries } from "../database";
import { type Keyring, placeOf, seal, unseal } from "../keys";

const linesOfPortion = 1_000;
const dayMs = 86_400_000;
/** An upload serves runs for so long, and one that broke off is forgotten sooner. */
const uploadLifeMs = 7 * dayMs;
const brokenLifeMs = dayMs;

/** A PAN has ten letters. Blanks stand where an erased person was. */
const width = 10;
const nobody = " ".repeat(width);

export interface PortionRow {
  readonly list_id: string;
  readonly position: number;
  readonly lines: number;
  readonly sealed: Buffer;
}

export function sealPortion(
  { listKey }: Pick<Keyring, "listKey">,
  tenant: string,
  listId: string,
  { position, pans }: Portion,
): Buffer {
  const plain = Buffer.from(pans.map((pan) => pan ?? nobody).join(""), "latin1");
  return seal(listKey, plain, placeOf.runPortion(tenant, listId, position));
}

export function openPortion(
  { listKey }: Pick<Keyring, "listKey">,
  tenant: string,
  { list_id: listId, position, sealed }: PortionRow,
): Portion {
  const plain = unseal(listKey, sealed, placeOf.runPortion(tenant, listId, position))?.toString("latin1");
  if (plain === undefined) throw new Error("a portion of a list does not open");
  const texts = Array.from({ length: plain.length / width }, (_, at) => plain.slice(at * width, (at + 1) * width));
  return { position, pans: texts.map((text) => (text === nobody ? undefined : (text as Pan))) };
}

async function insertPortions(
  queries: Queries,
  keyring: Pick<Keyring, "listKey">,
  { tenant, id }: { readonly tenant: string; readonly id: string },
  portions: readonly Portion[],
): Promise<void> {
  await queries.run(
    `insert into aaygraph.run_portions (tenant, list_id, position, lines, sealed)
     select $1, $2, * from unnest($3::integer[], $4::integer[], $5::bytea[])`,
    [
      tenant,
      id,
      portions.map(({ position }) => position),
      portions.map(({ pans }) => pans.length),
      portions.map((portion) => sealPortion(keyring, tenant, id, portion)),
    ],
  );
}

/** The list of a run that was given with it. It lives as long as the run needs it. */
export async function insertInlineList(
  queries: Queries,
  keyring: Keyring,
  { tenant, pans, nowMs }: { readonly tenant: string; readonly pans: readonly Pan[]; readonly nowMs: number },
): Promise<{ readonly id: string; readonly lines: number }> {
  const id = newId("ls_");
  const now = new Date(nowMs);
  await queries.run(
    `insert into aaygraph.run_lists (tenant, id, lines, completed_at, is_upload, expires_at)
     values ($1, $2, $3, $4, false, $4)`,
    [tenant, id, pans.length, now],
  );
  const starts = Array.from({ length: Math.ceil(pans.length / linesOfPortion) }, (_, at) => at * linesOfPortion);
  const portions = starts.map((from) => ({ position: from + 1, pans: pans.slice(from, from + linesOfPortion) }));
  await insertPortions(queries, keyring, { tenant, id }, portions);
  return { id, lines: pans.length };
}

/** Locked against its expiry until the transaction ends. */
export async function findUpload(
  queries: Queries,
  { tenant, id, nowMs }: { readonly tenant: string; readonly id: string; readonly nowMs: number },
): Promise<{ readonly id: string; readonly lines: number } | undefined> {
  const { rows } = await queries.run<{ id: string; lines: number }>(
    `select id, lines from aaygraph.run_lists
     where tenant = $1 and id = $2 and is_upload and completed_at is not null and expires_at > $3 for share`,
    [tenant, id, new Date(nowMs)],
  );
  return rows[0];
}

export function createUploads(database: Database, keyring: Keyring): UploadStore {
  return {
    async begin(tenant, nowMs) {
      const id = newId("up_");
      await database.run(
        `insert into aaygraph.run_lists (tenant, id, lines, is_upload, expires_at) values ($1, $2, 0, true, $3)`,
        [tenant, id, new Date(nowMs + brokenLifeMs)],
      );
      return id;
    },

    add: (tenant, id, portions) => insertPortions(database, keyring, { tenant, id }, portions),

    async complete(tenant, id, nowMs) {
      const { rows } = await database.run<{ lines: number }>(
        `update aaygraph.run_lists set completed_at = $3, expires_at = $4, lines = coalesce((
           select sum(lines) from aaygraph.run_portions p where p.tenant = $1 and p.list_id = $2
         ), 0)
         where tenant = $1 and id = $2 returning lines`,
        [tenant, id, new Date(nowMs), new Date(nowMs + uploadLifeMs)],
      );
      return rows[0]?.lines ?? 0;
    },

    async discard(tenant, id) {
      await database.run("delete from aaygraph.run_lists where tenant = $1 and id = $2 and completed_at is null", [
        tenant,
        id,
      ]);
    },
  };
}

/** PANs that no run needs any more go first, and the lists with their last run. */
export async function deleteExpiredLists(database: Database, nowMs: number): Promise<void> {
  const now = new Date(nowMs);
  await database.run(
    `delete from aaygraph.run_portions p using aaygraph.run_lists l
     where l.tenant = p.tenant and l.id = p.list_id and l.expires_at <= $1 and not exists (
       select from aaygraph.runs r
       where r.tenant = l.tenant and r.list_id = l.id and r.state in ('RUNNING', 'PAUSED') and r.expires_at > $1
     )`,
    [now],
  );
  await database.run(
    `delete from aaygraph.run_lists l
     where l.expires_at <= $1
       and not exists (select from aaygraph.runs r where r.tenant = l.tenant and r.list_id = l.id)`,
    [now],
  );
}

export function newId(prefix: string): string {
  return prefix + randomBytes(16).toString("base64url");
}
