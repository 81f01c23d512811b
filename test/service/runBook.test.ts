import { readFileSync } from "node:fs";
import { join } from "node:path";
import { allResults, isFinished, runUntil, startRun, uploadList } from "../support/runCaller";
import { startTestService } from "../support/service";

const root = join(__dirname, "../..");

test("the sandbox's book is uploaded and checked as docs/runs.md shows it", async () => {
  await using service = await startTestService();
  const book = readFileSync(join(root, "examples/book.csv"), "utf8");
  const { status, upload, ...counts } = await uploadList(service, book, { contentType: "text/csv" });
  const [, shown = ""] = /```json\n(.+?)```/s.exec(readFileSync(join(root, "docs/runs.md"), "utf8")) ?? [];
  expect([status, { upload: "up_…", ...counts }]).toEqual([200, JSON.parse(shown)]);
  const { run } = await startRun(service, { upload, maxRupees: 200 });
  const finished = await runUntil(service, run!.id, isFinished);
  expect(finished.done).toBe(counts.lines);
  expect([finished.found, finished.absent, finished.failed].every((count) => count > 0)).toBe(true);
  const results = await allResults(service, run!.id);
  expect(results.at(-2)!.taxpayer).toEqual(results[0]!.taxpayer);
});
