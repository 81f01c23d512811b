export const aadhaarChecks = `
  -- One check of a PAN against an Aadhaar number, found by its idempotency key for a day. The number is in neither digest
  -- by itself: request_digest also covers the idempotency key, which is kept nowhere.
  create table aaygraph.aadhaar_checks (
    tenant text not null,
    key_digest bytea not null,
    request_digest bytea not null,
    subject_id uuid not null,
    consent_id text not null,
    begun_at timestamptz not null,
    -- Null while the call is under way, and once the consent has been revoked or the subject erased.
    sealed_result bytea,
    expires_at timestamptz not null,
    primary key (tenant, key_digest),
    foreign key (tenant, subject_id) references aaygraph.subjects (tenant, id),
    foreign key (tenant, consent_id) references aaygraph.consents (tenant, id)
  );
  create index aadhaar_checks_consent on aaygraph.aadhaar_checks (tenant, consent_id);
  create index aadhaar_checks_subject on aaygraph.aadhaar_checks (tenant, subject_id);
  create index aadhaar_checks_expires_at on aaygraph.aadhaar_checks (expires_at);
`;
