import { inThread } from "../../kernel";
import { cutPersonalNumbers } from "../cutPersonalNumbers";
import { readAisJson } from "./readAisJson";

/** The file of an annual information statement, as it came. */
interface AisFile {
  /** Undefined for a file that is no readable statement. */
  readonly read: ReturnType<typeof readAisJson>;
  /** The JSON with Aadhaar and account numbers masked. */
  readonly masked: Uint8Array;
}

/** Reading takes some 0.3 s for each megabyte. Files of this size are quicker to read than to hand over. */
const smallBytes = 64_000;

const readInThread = inThread<AisFile>(__filename, "parseAisFile");

/** Reads the file, a large one in a thread of its own. */
export async function readAisFile(bytes: Buffer): Promise<AisFile> {
  return bytes.length <= smallBytes ? parseAisFile(bytes) : readInThread(bytes);
}

export function parseAisFile(bytes: Uint8Array): AisFile {
  const json = parsedJson(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8"));
  const read = readAisJson(json);
  if (read === undefined) return { read, masked: new Uint8Array() };
  // Indented, the file has four times its size.
  const indent = bytes.length <= smallBytes ? 2 : 0;
  return { read, masked: Buffer.from(JSON.stringify(cutPersonalNumbers(json), undefined, indent)) };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
