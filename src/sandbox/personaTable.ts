import { cast, passwordOf } from "./personas";

/** Who there is to try, for a terminal. */
export function personaList(): string {
  const lines = cast.map(({ facts }) => `  ${facts.pan}   ${passwordOf(facts.pan)}   ${facts.title}`);
  return ["  PAN          Password       What it shows", ...lines, ""].join("\n");
}

/** The same as a page. */
export function personaPage(): string {
  const rows = cast.map(
    ({ facts }) => `| \`${facts.pan}\` | \`${passwordOf(facts.pan)}\` | ${facts.name} | ${facts.title} |`,
  );
  return `# The people of the sandbox

All of them are invented, and the same for all five vendors. Whoever is not in this table but has a PAN of the series
\`ZZZP…\` is a plain salaried person who files in time; any other PAN is unknown. Passwords follow the PAN's digits.

| PAN | Password | Name | What it shows |
| --- | --- | --- | --- |
${rows.join("\n")}
`;
}
