export const askedAbout = `
  -- When somebody last asked about a person, to the half day. A null counts as \`created_at\`.
  alter table aaygraph.subjects add column asked_at timestamptz;
`;
