import { Client } from "pg";

interface Statement {
  readonly text: string;
  readonly values?: readonly unknown[];
}

/** The SQL that is sent on behalf of a tenant while something is done: by that it differs from what goes on besides. */
export async function statementsOf(tenant: string, work: () => Promise<unknown>): Promise<readonly string[]> {
  const query = jest.spyOn(Client.prototype, "query");
  try {
    await work();
    const statements = query.mock.calls.map(([statement]) => statement as unknown as Statement | string);
    return statements.flatMap((each) => (typeof each !== "string" && each.values?.includes(tenant) ? each.text : []));
  } finally {
    query.mockRestore();
  }
}
