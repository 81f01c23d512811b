export const documents = `
  -- What was handed out through our own links. A row uses its link up, and stays.
  create table aaygraph.document_deliveries (
    tenant text not null,
    link_digest bytea not null,
    subject_id uuid not null,
    provider text not null,
    income_year integer not null,
    sha256 bytea not null,
    byte_count integer not null,
    at timestamptz not null,
    primary key (tenant, link_digest),
    foreign key (tenant, subject_id) references aaygraph.subjects (tenant, id)
  );
  create index document_deliveries_subject on aaygraph.document_deliveries (tenant, subject_id, at);
  create trigger append_only before update or delete or truncate on aaygraph.document_deliveries
    for each statement execute function aaygraph.refuse_change();
`;
