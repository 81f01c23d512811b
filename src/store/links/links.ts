import {
  type AuditRecord,
  type ConsentTerms,
  type DocumentKind,
  type IncomeYear,
  type Pan,
  subjectIdOf,
  taxpayerIdOf,
} from "../../domain";
import type { Link, LinkChange, LinkProgress, LinkStep, LinkStore, NewLink } from "../../links/ports";
import { appendAuditRecords } from "../audit";
import type { Database, PreparedSql, Queries } from "../database";
import { type Keyring, placeOf, seal, unseal } from "../keys";
import { openKey, subjectForOpening, subjectKeyColumns, type SubjectKeyRow } from "../taxpayers";

interface LinkRow {
  readonly tenant: string;
  readonly id: string;
  readonly browser_digest: Buffer | null;
  readonly request_digest: Buffer;
  readonly subject_id: string | null;
  readonly is_pan_given: boolean;
  readonly sealed_request: Buffer | null;
  readonly documents: readonly DocumentKind[];
  readonly income_years: readonly IncomeYear[];
  readonly version: number;
  readonly progress: LinkProgress;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly expires_at: Date;
}

/** What is sealed: it holds texts of the caller. */
interface SealedRequest {
  readonly terms: ConsentTerms;
  readonly returnUrl?: string | undefined;
}

/** As long as an idempotency key is remembered, counted from the link's end. */
const keptMs = 24 * 3_600_000;
const keyLock = 4_711_017;

const linkColumns = `l.tenant, l.id, l.browser_digest, l.request_digest, l.subject_id, l.is_pan_given, l.sealed_request,
  l.documents, l.income_years, l.version, l.progress, l.created_at, l.updated_at, l.expires_at`;

const linksWhere = (name: string, condition: string): PreparedSql => ({
  name,
  text: `select ${linkColumns} from aaygraph.links l where ${condition}`,
});
const linksById = linksWhere("links_by_id", "l.tenant = $1 and l.id = any($2)");
const linkOfKey = linksWhere("link_of_key", "l.tenant = $1 and l.key_digest = $2");
const linkOfToken = linksWhere("link_of_token", "l.token_digest = $1");
const linkOfSession = linksWhere("link_of_session", "l.session_id = $1");

/** Those whose time is over, and those whose session has come to something that they do not know. */
const dueLinks: PreparedSql = {
  name: "due_links",
  text: `select ${linkColumns} from aaygraph.links l
    left join aaygraph.sessions s on s.tenant = l.tenant and s.id = l.session_id
    where l.ended_at is null and (
      (l.expires_at <= $1 and (s.id is null or s.state not in ('OPENING', 'PROCESSING')))
      or ((l.progress ->> 'loginAtMs') is not null and s.state in ('READY', 'FAILED', 'ENDED'))
    )
    order by l.expires_at limit 200`,
};

/** In the outbox: the link that the statement has made or moved. */
const linkEvent = (condition: string) => `event as (
      insert into aaygraph.events (tenant, kind, at, subject_id, session_id, link_id, consent_id)
      select tenant, 'LINK_CHANGED', updated_at, subject_id, session_id, id, progress ->> 'consentId' from l
      where ${condition}
    )`;

const insertLink: PreparedSql = {
  name: "insert_link",
  text: `with l as (
      insert into aaygraph.links (tenant, id, token_digest, key_digest, request_digest, subject_id, is_pan_given,
        sealed_request, documents, income_years, version, state, progress, created_at, updated_at, expires_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, 'CREATED', $11, $12, $12, $13)
      returning *
    ), step as (
      insert into aaygraph.link_steps (tenant, link_id, version, progress, at)
      select tenant, id, version, progress, updated_at from l
    ), ${linkEvent("true")}
    select ${linkColumns} from l`,
};

/** The change, its history, its event and its announcement. No row where the version is another one by now. */
const changeLink: PreparedSql = {
  name: "change_link",
  text: `with l as (
      update aaygraph.links set version = version + 1, progress = $4, state = $5, updated_at = $6::timestamptz,
        session_id = $7, subject_id = coalesce($8, subject_id), browser_digest = coalesce(browser_digest, $9),
        ended_at = case when $10 then $6::timestamptz end
      where tenant = $1 and id = $2 and version = $3
      returning *
    ), step as (
      insert into aaygraph.link_steps (tenant, link_id, version, progress, at)
      select tenant, id, version, progress, updated_at from l
    ), ${linkEvent("$11")}
    select ${linkColumns}, pg_notify('aaygraph_sessions', l.id) from l`,
};

const stepsAfter: PreparedSql = {
  name: "link_steps_after",
  text: `select version, progress, at from aaygraph.link_steps
    where tenant = $1 and link_id = $2 and version > $3 order by version`,
};

const subjectOfLink: PreparedSql = {
  name: "subject_of_link",
  text: `select ${subjectKeyColumns}, s.sealed_pan from aaygraph.links l
    join aaygraph.subjects s on s.tenant = l.tenant and s.id = l.subject_id
    left join aaygraph.subject_keys k on k.tenant = s.tenant and k.subject_id = s.id
    where l.tenant = $1 and l.id = $2`,
};

export function createLinks(database: Database, keyring: Keyring): LinkStore {
  const browserDigest = (linkId: string, browser: string) => keyring.digest("link browser", `${linkId}\0${browser}`);

  function readLink(row: LinkRow): Link {
    const { tenant, id } = row;
    const opened = row.sealed_request && unseal(keyring.requestKey, row.sealed_request, placeOf.link(tenant, id));
    const request = opened ? (JSON.parse(opened.toString()) as SealedRequest) : forgotten;
    return {
      id,
      tenant,
      taxpayerId: row.subject_id === null ? undefined : taxpayerIdOf(row.subject_id),
      isPanGiven: row.is_pan_given,
      // JSON leaves out what is undefined.
      terms: { ...forgotten.terms, ...request.terms },
      documents: row.documents,
      incomeYears: row.income_years,
      returnUrl: request.returnUrl,
      version: row.version,
      progress: row.progress,
      createdAtMs: row.created_at.getTime(),
      updatedAtMs: row.updated_at.getTime(),
      expiresAtMs: row.expires_at.getTime(),
    };
  }

  async function select(queries: Queries, sql: PreparedSql, values: readonly unknown[]): Promise<readonly LinkRow[]> {
    return (await queries.run<LinkRow>(sql, values)).rows;
  }

  async function insert(queries: Queries, link: NewLink): ReturnType<LinkStore["create"]> {
    const { tenant, id, pan, terms, returnUrl, nowMs } = link;
    const keyDigest = keyring.digest("link key", `${tenant}\0${link.idempotencyKey}`);
    const requestDigest = keyring.digest("link request", `${tenant}\0${link.request}`);
    // Other requests with this key wait until the transaction ends.
    await queries.run("select pg_advisory_xact_lock($1, $2)", [keyLock, keyDigest.readInt32BE()]);
    const [known] = await select(queries, linkOfKey, [tenant, keyDigest]);
    if (known) {
      const isSame = known.request_digest.equals(requestDigest);
      return isSame ? { outcome: "REPLAYED", link: readLink(known) } : "CONFLICT";
    }
    const subject = pan && (await subjectForOpening(queries, keyring, { tenant, pan, nowMs }));
    const request = JSON.stringify({ terms, returnUrl } satisfies SealedRequest);
    const [row] = await select(queries, insertLink, [
      tenant,
      id,
      keyring.digest("link token", link.token),
      keyDigest,
      requestDigest,
      subject?.id ?? null,
      subject !== undefined,
      seal(keyring.requestKey, Buffer.from(request), placeOf.link(tenant, id)),
      link.documents,
      link.incomeYears,
      JSON.stringify(link.progress),
      new Date(nowMs),
      new Date(link.expiresAtMs),
    ]);
    if (row === undefined) throw new Error("a link was inserted, and is not there");
    const created = readLink(row);
    await appendAuditRecords(queries, keyring, tenant, [auditRecordOf("LINK_CREATED", created, link)]);
    return { outcome: "CREATED", link: created };
  }

  return {
    create: (link) => database.transaction((queries) => insert(queries, link)),

    async byId(tenant, ids) {
      const rows = await select(database, linksById, [tenant, ids]);
      return new Map(rows.map((row) => [row.id, readLink(row)]));
    },

    async byToken(token, browser) {
      const [row] = await select(database, linkOfToken, [keyring.digest("link token", token)]);
      if (row === undefined) return undefined;
      const isBound = row.browser_digest !== null;
      const isSame = browser !== undefined && row.browser_digest?.equals(browserDigest(row.id, browser)) === true;
      return { link: readLink(row), browser: !isBound ? "NONE_YET" : isSame ? "SAME" : "ANOTHER" };
    },

    async bySession(sessionId) {
      return (await select(database, linkOfSession, [sessionId])).map(readLink)[0];
    },

    async panOf({ tenant, id }) {
      type Row = SubjectKeyRow & { readonly sealed_pan: Buffer | null };
      const { rows } = await database.run<Row>(subjectOfLink, [tenant, id]);
      const [row] = rows;
      const key = row && openKey(tenant, row, keyring);
      const pan = key && row.sealed_pan && unseal(key, row.sealed_pan, placeOf.pan(tenant, row.id));
      return pan ? (pan.toString() as Pan) : undefined;
    },

    change: (link, change) =>
      database.transaction(async (queries) => {
        const { progress, nowMs, audit, browser, taxpayerId } = change;
        const [row] = await select(queries, changeLink, [
          link.tenant,
          link.id,
          link.version,
          JSON.stringify(progress),
          progress.state,
          new Date(nowMs),
          progress.sessionId ?? null,
          taxpayerId === undefined ? null : (subjectIdOf(taxpayerId) ?? null),
          browser === undefined ? null : browserDigest(link.id, browser),
          !["CREATED", "OPENED", "CONSENTED"].includes(progress.state),
          isStepOf(link.progress, progress),
        ]);
        const changed = row && readLink(row);
        if (changed && audit) {
          await appendAuditRecords(queries, keyring, link.tenant, [auditRecordOf(audit, changed, change)]);
        }
        return changed;
      }),

    async history(tenant, id, afterVersion) {
      type Row = Pick<LinkStep, "version" | "progress"> & { readonly at: Date };
      const { rows } = await database.run<Row>(stepsAfter, [tenant, id, afterVersion]);
      return rows.map(({ at, ...step }) => ({ ...step, atMs: at.getTime() }));
    },

    async due(nowMs) {
      return (await select(database, dueLinks, [new Date(nowMs)])).map(readLink);
    },

    async deleteExpired(nowMs) {
      await database.run("delete from aaygraph.links where ended_at <= $1", [new Date(nowMs - keptMs)]);
    },
  };
}

/** What those who wait for the link want to know. A login that begins or goes on is the session's own event. */
function isStepOf(before: LinkProgress, after: LinkProgress): boolean {
  return before.state !== after.state || (after.problem !== undefined && before.problem?.code !== after.problem.code);
}

const cancelOfSubject: PreparedSql = {
  name: "cancel_links_of_subject",
  text: `with l as (
      update aaygraph.links set version = version + 1, progress = progress || '{"state": "CANCELLED"}', state = 'CANCELLED',
        updated_at = $3, ended_at = $3
      where tenant = $1 and subject_id = $2 and ended_at is null
      returning *
    ), step as (
      insert into aaygraph.link_steps (tenant, link_id, version, progress, at)
      select tenant, id, version, progress, updated_at from l
    ), ${linkEvent("true")}
    select pg_notify('aaygraph_sessions', l.id) from l`,
};

/** Ends the links of one who is erased, and forgets the texts of the caller. Their other columns say nothing of a person. */
export async function forgetLinks(queries: Queries, tenant: string, subjectId: string, now: Date): Promise<void> {
  await queries.run(cancelOfSubject, [tenant, subjectId, now]);
  const sql = "update aaygraph.links set sealed_request = null where tenant = $1 and subject_id = $2";
  await queries.run(sql, [tenant, subjectId]);
}

/** What is left of an erased taxpayer's link: it has ended, so nothing is asked by it. */
const forgotten: SealedRequest & { readonly terms: ConsentTerms } = {
  terms: {
    purpose: "KYC",
    reference: undefined,
    startsAtMs: 0,
    expiresAtMs: 0,
    dataLifeDays: 0,
    mostFetches: undefined,
  },
};

function auditRecordOf(
  kind: AuditRecord["kind"],
  { taxpayerId, terms, documents, incomeYears, progress }: Link,
  { by, nowMs }: Pick<LinkChange, "by" | "nowMs">,
): AuditRecord {
  const { provider, sessionId, consentId, problem } = progress;
  return {
    kind,
    atMs: nowMs,
    by,
    taxpayerIds: taxpayerId === undefined ? [] : [taxpayerId],
    sessionId,
    provider,
    consentIds: consentId === undefined ? [] : [consentId],
    purposes: [terms.purpose],
    documents,
    incomeYears,
    code: problem?.code,
  };
}
