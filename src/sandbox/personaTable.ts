import { cast, passwordOf } from "./personas";

/** The table of personas, for a terminal. */
export function personaList(): string {
  const lines = cast.map(({ facts }) => `  ${facts.pan}   ${passwordOf(facts.pan)}   ${facts.title}`);
  return ["  PAN          Password       What it shows", ...lines, ""].join("\n");
}

/** A lender's book of them, as examples/book.csv: somebody is in it twice, somebody is unknown, and one line is no PAN. */
export function personaBook(): string {
  const people = cast.map(({ facts }) => [facts.name, facts.pan] as const);
  const lines = [...people, ...people.slice(0, 1), ["UNKNOWN TO ALL", "ZZZZZ9999Z"], ["NO PAN", "to be asked for"]];
  return ["customer,PAN", ...lines.map((line) => line.join(",")), ""].join("\n");
}

/** The table of personas, as docs/personas.md. */
export function personaPage(): string {
  const rows = cast.map(
    ({ facts }) => `| \`${facts.pan}\` | \`${passwordOf(facts.pan)}\` | ${facts.name} | ${facts.title} |`,
  );
  return `# The people of the sandbox

All of them are invented, and the same for all five vendors. Any other PAN of the series \`ZZZP…\` is a plain salaried
person who files in time; all other PANs are unknown. Passwords follow the PAN's digits.

| PAN | Password | Name | What it shows |
| --- | --- | --- | --- |
${rows.join("\n")}
`;
}
