interface Filled {
  readonly variables: unknown;
  /** Words that have no value yet. */
  readonly missing: readonly string[];
}

/** Whether anything among the variables looks like a word to be replaced: "$session". */
export function hasWords(variables: unknown): boolean {
  return JSON.stringify(variables ?? {}).includes('"$');
}

/** Puts values in the place of words, however deep these stand. Any other text stays as it is. */
export function fillIn(variables: unknown, valueByWord: ReadonlyMap<unknown, string | undefined>): Filled {
  const missing: string[] = [];
  const filled: unknown = JSON.parse(JSON.stringify(variables), (_key, word: unknown) => {
    const value = valueByWord.get(word);
    if (value === undefined && valueByWord.has(word)) missing.push(String(word));
    return value ?? word;
  });
  return { variables: filled, missing };
}
