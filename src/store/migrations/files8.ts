export const files = `
  -- A use of a link stands from its first byte; what became of it is told when the last one has gone, or never.
  alter table aaygraph.document_deliveries
    alter column sha256 drop not null,
    alter column byte_count drop not null;
  create table aaygraph.document_endings (
    tenant text not null,
    link_digest bytea not null,
    outcome text not null check (outcome in ('WHOLE', 'BROKEN')),
    -- Of the whole file; a broken one has none that could be compared with anything.
    sha256 bytea check ((sha256 is null) = (outcome = 'BROKEN')),
    byte_count integer not null,
    at timestamptz not null,
    primary key (tenant, link_digest)
  );
  create trigger append_only before update or delete or truncate on aaygraph.document_endings
    for each statement execute function aaygraph.refuse_change();

  -- Files that came with an answer. They stand apart, so that whoever reads answers need not open them.
  create table aaygraph.files (
    tenant text not null,
    subject_id uuid not null,
    provider text not null,
    document text not null,
    period text not null,
    name text not null,
    sealed bytea not null,
    consent_id text not null,
    expires_at timestamptz not null,
    primary key (tenant, subject_id, provider, document, period, name),
    foreign key (tenant, subject_id) references aaygraph.subjects (tenant, id),
    foreign key (tenant, consent_id) references aaygraph.consents (tenant, id)
  );
  create index files_consent on aaygraph.files (tenant, consent_id);
  create index files_expires_at on aaygraph.files (expires_at);
`;
