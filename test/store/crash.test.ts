import { join } from "node:path";
import { systemClock } from "../../src/kernel/clock";
import { localSecrets } from "../../src/store/keys/localSecrets";
import { findPostmaster } from "../../src/store/postgres/postmaster";
import { openStore } from "../../src/store/store";
import { killTree, startService } from "./serviceProcess";
import { met, newDataDir, settingsFor } from "./storePlace";

type Victim = "service" | "server";

/** Starts a service, kills it in the middle of its writes, and returns the numbers it had acknowledged. */
async function killedInTheMiddle(dataDir: string, firstNumber: number, victims: readonly Victim[]): Promise<number[]> {
  const service = startService(dataDir, String(firstNumber));
  await service.printed(20);
  if (victims.includes("server")) killTree((await findPostmaster(join(dataDir, "postgres")))!.pid);
  await service.kill();
  return service.lines.slice(1).map(Number);
}

async function heldNumbers(dataDir: string): Promise<Map<number, string[]>> {
  const masterKey = localSecrets(dataDir).read("master.key");
  await using store = await openStore(settingsFor({ dataDir, masterKey, clock: systemClock }));
  const { answers } = await met(store);
  const documentsByNumber = Map.groupBy(answers, ({ body }) => (body as { number: number }).number);
  return new Map(
    [...documentsByNumber].map(([number, halves]) => [number, halves.map((half) => half.document).sort()]),
  );
}

describe("a service that is killed", () => {
  it("leaves every acknowledged write to the service that replaces its orphaned server", async () => {
    await using dataDir = newDataDir();
    const acknowledged = await killedInTheMiddle(dataDir.path, 0, ["service"]);
    expect(acknowledged.length).toBeGreaterThanOrEqual(19);
    expect([...(await heldNumbers(dataDir.path)).keys()]).toEqual(expect.arrayContaining(acknowledged));
  });

  it("loses no acknowledged write when it is killed again and again, with its server", async () => {
    await using dataDir = newDataDir();
    const rounds: Victim[][] = [["service"], ["server", "service"], ["service"], ["server", "service"]];
    const acknowledged: number[] = [];
    for (const victims of rounds) {
      const numbers = await killedInTheMiddle(dataDir.path, (acknowledged.at(-1) ?? 0) + 1_000, victims);
      expect(numbers.length).toBeGreaterThanOrEqual(19);
      acknowledged.push(...numbers);
    }
    const held = await heldNumbers(dataDir.path);
    expect([...held.keys()]).toEqual(expect.arrayContaining(acknowledged));
    const halfWritten = [...held].filter(([, documents]) => documents.join() !== "FILINGS,TAX_CREDITS");
    expect(halfWritten).toEqual([]);
  }, 90_000);
});
