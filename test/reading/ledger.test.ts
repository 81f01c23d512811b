import type { AuditRecord } from "../../src/domain/auditRecord";
import { createAuditBatch } from "../../src/reading/audit";

const record = (atMs: number): AuditRecord => ({ kind: "READ", atMs, taxpayerIds: ["taxpayer-A"] });

/** An append that ends when it is told to. */
function slowAppend() {
  const batches: [tenant: string, atMs: number[]][] = [];
  const ends: PromiseWithResolvers<undefined>[] = [];
  const append = createAuditBatch((tenant, records) => {
    batches.push([tenant, records.map(({ atMs }) => atMs)]);
    const end = Promise.withResolvers<undefined>();
    ends.push(end);
    return end.promise.then(() => undefined);
  });
  return { append, batches, ends };
}

/** Lets everything run that waits for nothing. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("the ledger", () => {
  it("appends together what comes while it is at work", async () => {
    const { append, batches, ends } = slowAppend();
    const first = append("lender", [record(1)]);
    await turn();
    const others = [append("lender", [record(2)]), append("lender", [record(3)])];
    await turn();
    expect(batches).toEqual([["lender", [1]]]);
    ends[0]?.resolve(undefined);
    await first;
    await turn();
    ends[1]?.resolve(undefined);
    await Promise.all(others);
    expect(batches).toEqual([
      ["lender", [1]],
      ["lender", [2, 3]],
    ]);
  });

  it("keeps tenants apart", async () => {
    const { append, batches, ends } = slowAppend();
    const both = [append("lender", [record(1)]), append("other", [record(2)])];
    await turn();
    for (const { resolve } of ends) resolve(undefined);
    await Promise.all(both);
    expect(batches).toEqual([
      ["lender", [1]],
      ["other", [2]],
    ]);
  });

  it("ends for nobody before their record is there", async () => {
    const { append, ends } = slowAppend();
    let hasEnded = false;
    const appending = append("lender", [record(1)]).then(() => (hasEnded = true));
    await turn();
    expect(hasEnded).toBe(false);
    ends[0]?.resolve(undefined);
    await appending;
  });

  it("tells of a failure those whose record it was", async () => {
    const { append, ends } = slowAppend();
    const failing = append("lender", [record(1)]);
    await turn();
    const next = append("lender", [record(2)]);
    ends[0]?.reject(new Error("disk full"));
    await expect(failing).rejects.toThrow("disk full");
    await turn();
    ends[1]?.resolve(undefined);
    await expect(next).resolves.toBeUndefined();
  });

  it("has nothing to do for nothing", async () => {
    const { append, batches } = slowAppend();
    await append("lender", []);
    expect(batches).toEqual([]);
  });
});
