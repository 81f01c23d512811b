import { type Pan, readPan } from "../domain";
import { Fault } from "../kernel";
import type { Portion, UploadStore } from "./ports";

/** A line that is not taken: its number in the file, and why. The line itself is not repeated. */
interface RejectedLine {
  readonly line: number;
  readonly reason: string;
}

export interface Upload {
  readonly upload: string;
  /** How many lines were accepted. */
  readonly lines: number;
  /** The first ones, by number. */
  readonly rejected: readonly RejectedLine[];
  /** How many there are. */
  readonly rejectedLines: number;
}

interface UploadTools {
  readonly uploads: UploadStore;
  readonly clock: { readonly now: () => number };
  readonly strictHolder: boolean;
}

const mostLines = 1_000_000;
const mostRejected = 10_000;
const longestLineBytes = 4_096;
const linesOfPortion = 1_000;
const portionsAtOnce = 10;

const reasons = {
  noPan: "There is no PAN in it: five letters, four digits, a letter.",
  tooLong: `It is longer than ${longestLineBytes} bytes.`,
};

/** Lines of a stream, by number from 1 on. Undefined for one that is too long: of it no more than that is kept. */
async function* linesOf(
  pieces: AsyncIterable<Buffer>,
): AsyncGenerator<{ readonly line: number; readonly text: string | undefined }> {
  let line = 0;
  let rest = "";
  let isTooLong = false;
  const next = (text: string) => {
    line += 1;
    const of = { line, text: isTooLong || text.length > longestLineBytes ? undefined : text };
    isTooLong = false;
    return of;
  };
  for await (const piece of pieces) {
    const [first = "", ...more] = (rest + piece.toString("latin1")).split("\n");
    rest = first;
    for (const text of more) {
      yield next(rest);
      rest = text;
    }
    if (rest.length <= longestLineBytes) continue;
    isTooLong = true;
    rest = "";
  }
  if (rest !== "" || isTooLong) yield next(rest);
}

/** The cells of a line of CSV. A line break within quotes is not known. */
function cellsOf(text: string): readonly string[] {
  const cells = text.match(/(?<=^|[,;\t])(?:"(?:[^"]|"")*"|[^,;\t]*)/g) ?? [];
  return cells.map((cell) =>
    cell
      .trim()
      .replace(/^"(.*)"$/s, "$1")
      .trim(),
  );
}

/** The names that a column of PANs has in the files of lenders. */
const isPanHead = (cell: string) =>
  /^(pan|pan ?(no|num|number|card)\.?|permanent account (no|number)\.?)$/i.test(cell.replaceAll(/[_\s-]+/g, " "));

type Row = Pan | "HEAD" | "BLANK" | undefined;

/** Reads row after row. The first one with a head or a PAN says which column the PANs are in. */
function createRowReader(strictHolder: boolean): (text: string) => Row {
  let column: number | undefined;
  return (text) => {
    const cells = cellsOf(text);
    if (cells.every((cell) => cell === "")) return "BLANK";
    if (column !== undefined) return readPan(cells[column] ?? "", { strictHolder });
    const head = cells.findIndex(isPanHead);
    const first = cells.findIndex((cell) => readPan(cell, { strictHolder }) !== undefined);
    if (head < 0 && first < 0) return undefined;
    column = head < 0 ? first : head;
    return head < 0 ? readPan(cells[first] ?? "", { strictHolder }) : "HEAD";
  };
}

/** Keeps the PANs of a file as a list. Never more of it than some portions are in memory. */
export function createReceiveUpload({ uploads, clock, strictHolder }: UploadTools) {
  async function receive(tenant: string, id: string, pieces: AsyncIterable<Buffer>) {
    const rowOf = createRowReader(strictHolder);
    const rejected: RejectedLine[] = [];
    let rejectedLines = 0;
    let accepted = 0;
    let pans: Pan[] = [];
    let portions: Portion[] = [];

    const closePortion = () => {
      if (pans.length > 0) portions.push({ position: accepted - pans.length + 1, pans });
      pans = [];
    };
    const write = async () => {
      if (portions.length > 0) await uploads.add(tenant, id, portions);
      portions = [];
    };

    for await (const { line, text } of linesOf(withoutMark(pieces))) {
      const row = text === undefined ? undefined : rowOf(text);
      if (row === "HEAD" || row === "BLANK") continue;
      if (row === undefined) {
        rejectedLines += 1;
        if (rejectedLines > mostRejected) continue;
        rejected.push({ line, reason: text === undefined ? reasons.tooLong : reasons.noPan });
        continue;
      }
      accepted += 1;
      if (accepted > mostLines) {
        throw new Fault("LIMIT_EXCEEDED", { hint: `An upload has at most ${mostLines} lines.` });
      }
      pans.push(row);
      if (pans.length === linesOfPortion) closePortion();
      if (portions.length === portionsAtOnce) await write();
    }
    closePortion();
    await write();
    return { rejected, rejectedLines };
  }

  return async (tenant: string, pieces: AsyncIterable<Buffer>): Promise<Upload> => {
    const id = await uploads.begin(tenant, clock.now());
    try {
      const { rejected, rejectedLines } = await receive(tenant, id, pieces);
      const lines = await uploads.complete(tenant, id, clock.now());
      return { upload: id, lines, rejected, rejectedLines };
    } catch (thrown) {
      await uploads.discard(tenant, id).catch(() => undefined);
      throw thrown;
    }
  };
}

/** Spreadsheets put a mark before UTF-8. */
async function* withoutMark(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const mark = Buffer.from("\uFEFF");
  let head = Buffer.alloc(0);
  let isPast = false;
  for await (const piece of pieces) {
    if (isPast) {
      yield piece;
      continue;
    }
    head = Buffer.concat([head, piece]);
    if (head.length < mark.length) continue;
    isPast = true;
    yield head.subarray(0, mark.length).equals(mark) ? head.subarray(mark.length) : head;
  }
  if (!isPast) yield head;
}
