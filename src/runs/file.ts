import { assessmentYearLabel, maskPan } from "../domain";
import type { OpenRunFile } from "../reading";
import { Fault } from "../kernel";
import type { RunStore } from "./ports";
import type { LineResult, ReadResults } from "./results";
import { isOver, type Run } from "./run";

const linesAtOnce = 1_000;

const columns = [
  "position",
  "pan",
  "outcome",
  "itrFiled",
  "standing",
  "standingLabel",
  "filingStatus",
  "filingStatusLabel",
  "assessmentYear",
  "filedOn",
  "acknowledgementNumber",
  "checkedAt",
  "provider",
  "problem",
] as const;

type Row = Partial<Record<(typeof columns)[number], string | number | boolean | undefined>>;

/** The results of a run that is over, as CSV, some lines at a time. Each piece is on record before it goes out. */
export function createOpenRunFile(store: Pick<RunStore, "byId">, readResults: ReadResults): OpenRunFile {
  return async ({ tenant, by, reveals }, runId) => {
    const run = (await store.byId(tenant, [runId])).get(runId);
    if (run === undefined || !isOver(run)) throw new Fault("NOT_FOUND");
    return { contentType: "text/csv", fileName: "Compliance-run.csv", byteCount: undefined, pieces: pieces(run) };

    async function* pieces(of: Run): AsyncGenerator<Buffer> {
      yield await Promise.resolve(textOf([columns]));
      let after: number | undefined;
      for (;;) {
        const page = { first: linesAtOnce, after };
        const { lines, last } = await readResults(of, page, { by, reveals, field: "ComplianceRun.file" });
        if (lines.length > 0) yield textOf(lines.map((line) => cellsOf(rowOf(line, reveals))));
        if (last === undefined) return;
        after = last;
      }
    }
  };
}

function rowOf({ position, pan, answer }: LineResult, reveals: boolean): Row {
  const row: Row = { position, pan: reveals ? pan : maskPan(pan), outcome: answer.outcome };
  const problem = "fault" in answer ? answer.fault.code : undefined;
  const provider = "provenance" in answer ? answer.provenance.provider : answer.provider;
  if (answer.outcome !== "FOUND") return { ...row, provider, problem };
  const { incomeYear, ...status } = answer.value;
  return { ...row, ...status, assessmentYear: incomeYear && assessmentYearLabel(incomeYear), provider };
}

function cellsOf(row: Row): readonly string[] {
  return columns.map((column) => String(row[column] ?? ""));
}

/** RFC 4180. */
function textOf(rows: readonly (readonly string[])[]): Buffer {
  return Buffer.from(rows.map((row) => `${row.map(cellOf).join(",")}\r\n`).join(""));
}

/** A text that begins like a formula would be run by a spreadsheet. */
function cellOf(text: string): string {
  const safe = /^[-=+@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
