import { memoizeWeak } from "../../kernel";
import type { Selection } from "./selection";

/** The schema coordinates that are selected of a taxpayer: what the caller may read, and what they may not. */
interface Coordinates {
  readonly read: readonly string[];
  readonly refused: readonly string[];
}

/** What stands directly on a taxpayer is told, with the fields of the documents there; what is below it is part of it. */
const deepest = 2;
const plumbing = /(?:Connection|Edge|PageInfo)$/;

/** Which fields of a taxpayer a caller may have; the same key stands for the same fields. */
export interface Rights {
  readonly key: string;
  readonly mayHave: (field: string) => boolean;
}

const knownCoordinates = memoizeWeak<readonly Selection[], Map<string, Coordinates>>(() => new Map());

export function coordinatesOf(fields: readonly Selection[], { key, mayHave }: Rights): Coordinates {
  const known = knownCoordinates(fields);
  const coordinates = known.get(key) ?? sorted(fields, mayHave);
  known.set(key, coordinates);
  return coordinates;
}

/** Of the fields of a document, for whoever may read all of it. */
export function listed(fields: readonly Selection[], depth = 1): readonly string[] {
  const all = fields.flatMap((field) => {
    if (plumbing.test(field.type)) return listed(field.fields(), depth);
    return [`${field.type}.${field.name}`, ...(depth < deepest ? listed(field.fields(), depth + 1) : [])];
  });
  return [...new Set(all)];
}

function sorted(fields: readonly Selection[], mayHave: Rights["mayHave"]): Coordinates {
  const refused = fields.filter(({ name }) => !mayHave(name));
  const read = fields.filter(({ name }) => mayHave(name));
  return { read: listed(read), refused: refused.map(({ type, name }) => `${type}.${name}`) };
}
