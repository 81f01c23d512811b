export interface Tab {
  readonly query: string;
  readonly variables: string;
}

/** A tab is named after its operation. */
export function tab(query: string, variables?: object): Tab {
  return { query, variables: variables === undefined ? "" : JSON.stringify(variables, null, 2) };
}
