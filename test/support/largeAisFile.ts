import { portalFile } from "../department/portalFile";

interface Section {
  readonly elements?: unknown[];
}

/** A statement of about this size, as a busy trader has one: the elements of its first section, many times. */
export function largeAisFile(byteCount: number): Buffer {
  const file = portalFile();
  const { sections } = file.partB as { sections: Section[] };
  const elements = sections[0]!.elements!;
  const before = JSON.stringify(file).length;
  const times = Math.floor((byteCount - before) / JSON.stringify(elements).length);
  sections[0] = { ...sections[0], elements: Array.from({ length: times + 1 }, () => elements).flat() };
  return Buffer.from(JSON.stringify(file));
}
