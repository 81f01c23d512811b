import { appendFile, open, readFile } from "node:fs/promises";
import { ConfigurationError } from "../config";
import type { Anchor } from "../store";

/** A file of anchors, one line of JSON each. It is only appended to. */
export async function readAnchors(path: string): Promise<readonly Anchor[]> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw new ConfigurationError([`The file of anchors ${path} cannot be read.`]);
  });
  return text.split("\n").flatMap((line, at) => {
    if (line.trim() === "") return [];
    const anchor = anchorIn(line);
    if (!anchor) throw new ConfigurationError([`Line ${at + 1} of ${path} is no anchor.`]);
    return [anchor];
  });
}

/** Returns once the lines are on the disk. */
export async function appendAnchors(path: string, anchors: readonly Anchor[]): Promise<void> {
  await appendFile(path, anchors.map((anchor) => `${JSON.stringify(plainAnchor(anchor))}\n`).join(""), { mode: 0o600 });
  await using file = await open(path, "r+");
  await file.sync();
}

export function plainAnchor({ tenant, sequence, hash, accepted, atMs, seal }: Anchor) {
  const at = new Date(atMs).toISOString();
  return { tenant, sequence, hash: hash.toString("hex"), accepted, at, seal: seal.toString("hex") };
}

function anchorIn(line: string): Anchor | undefined {
  let read: Partial<Record<keyof ReturnType<typeof plainAnchor>, unknown>>;
  try {
    read = JSON.parse(line) as typeof read;
  } catch {
    return undefined;
  }
  const { tenant, sequence, hash, accepted, at, seal } = read;
  const atMs = Date.parse(String(at));
  if (typeof tenant !== "string" || !isCount(sequence) || !isCount(accepted) || Number.isNaN(atMs)) return undefined;
  if (![hash, seal].every((hex) => typeof hex === "string" && /^[0-9a-f]{64}$/.test(hex))) return undefined;
  return {
    tenant,
    sequence,
    accepted,
    atMs,
    hash: Buffer.from(String(hash), "hex"),
    seal: Buffer.from(String(seal), "hex"),
  };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
