import type { FileKey, FileStore } from "../../reading/ports";
import type { Database, PreparedSql } from "../database";
import { type Keyring, placeOf, seal, unseal } from "../keys";
import { subjectIdOf } from "../../domain";
import { rowPeriodOf } from "./rows";
import { openKey, subjectKeyColumns, type SubjectKeyRow } from "./subjects";
import { subjectKeys } from "./taxpayerSql";

/** The locks keep the subject from being erased, and the consents from being revoked, until the files are written. */
const upsertFiles: PreparedSql = {
  name: "upsert_files",
  text: `with subject as materialized (
      select tenant, id from aaygraph.subjects where tenant = $1 and id = $2 and erased_at is null for share
    ), standing as materialized (
      select c.id from subject join aaygraph.consents c on c.tenant = subject.tenant and c.subject_id = subject.id
      where c.id = any($9::text[]) and c.revoked_at is null order by c.id for share of c
    )
    insert into aaygraph.files
      (tenant, subject_id, document, provider, period, name, sealed, expires_at, consent_id)
    select subject.tenant, subject.id, new.*
    from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::bytea[], $8::timestamptz[], $9::text[])
      as new (document, provider, period, name, sealed, expires_at, consent_id)
    cross join subject
    where new.consent_id in (select id from standing)
    on conflict (tenant, subject_id, provider, document, period, name) do update
    set sealed = excluded.sealed, expires_at = excluded.expires_at, consent_id = excluded.consent_id`,
};

const fileOfSubject: PreparedSql = {
  name: "file_of_subject",
  text: `select ${subjectKeyColumns}, f.sealed
    from aaygraph.files f
    join aaygraph.subjects s on s.tenant = f.tenant and s.id = f.subject_id
    left join aaygraph.subject_keys k on k.tenant = s.tenant and k.subject_id = s.id
    where f.tenant = $1 and f.subject_id = $2 and f.provider = $3 and f.document = $4 and f.period = $5 and f.name = $6
      and f.expires_at > $7 and f.consent_id = $8`,
};

interface Files extends FileStore {
  deleteExpired(nowMs: number): Promise<void>;
}

export function createFiles(database: Database, keyring: Keyring): Files {
  return {
    async keep(tenant, taxpayerId, files) {
      const subjectId = subjectIdOf(taxpayerId);
      if (files.length === 0 || subjectId === undefined) return;
      const { rows } = await database.run<SubjectKeyRow>(subjectKeys, [tenant, [subjectId]]);
      const key = rows[0] && openKey(tenant, rows[0], keyring);
      if (key === undefined) return;
      await database.run(upsertFiles, [
        tenant,
        subjectId,
        files.map(({ document }) => document),
        files.map(({ provider }) => provider),
        files.map(rowPeriodOf),
        files.map(({ name }) => name),
        files.map((file) => seal(key, file.bytes, placeOf.file(tenant, subjectId, placed(file)))),
        files.map(({ expiresAtMs }) => new Date(expiresAtMs)),
        files.map(({ consentId }) => consentId),
      ]);
    },

    async read(tenant, taxpayerId, file, nowMs) {
      const subjectId = subjectIdOf(taxpayerId);
      if (subjectId === undefined) return undefined;
      const { provider, document, period, name } = placed(file);
      const { rows } = await database.run<SubjectKeyRow & { readonly sealed: Buffer }>(fileOfSubject, [
        tenant,
        subjectId,
        provider,
        document,
        period,
        name,
        new Date(nowMs),
        file.consentId,
      ]);
      const key = rows[0] && openKey(tenant, rows[0], keyring);
      return rows[0] && key && unseal(key, rows[0].sealed, placeOf.file(tenant, subjectId, placed(file)));
    },

    async deleteExpired(nowMs) {
      await database.run("delete from aaygraph.files where expires_at <= $1", [new Date(nowMs)]);
    },
  };
}

/** As its row names it. */
function placed<Named extends FileKey>(file: Named): Named {
  return { ...file, period: rowPeriodOf(file) };
}
