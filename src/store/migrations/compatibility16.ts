export const compatibility = `
  -- The oldest release that still works on these tables, by the number of its last migration. It may start on them.
  alter table aaygraph.migrations add column compatible_from integer check (compatible_from <= number);
`;
