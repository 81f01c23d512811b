/** What stands in the form: PANs as they were pasted, with the lines that are none. */
export interface PastedPans {
  readonly pans: readonly string[];
  /** Their numbers, from 1 on. What stands in them is not repeated. */
  readonly badLines: readonly number[];
}

/** More go by a file. */
export const mostPasted = 1_000;

const panPattern = /^[A-Z]{5}\d{4}[A-Z]$/;

/** One or several a line, with commas or blanks between them. */
export function readPans(text: string): PastedPans {
  const lines = text.split("\n").map((line) =>
    line
      .toUpperCase()
      .split(/[\s,;]+/)
      .filter(Boolean),
  );
  return {
    pans: lines.flat().filter((word) => panPattern.test(word)),
    badLines: lines.flatMap((words, at) => (words.every((word) => panPattern.test(word)) ? [] : [at + 1])),
  };
}
