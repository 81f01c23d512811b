import { memoizeWeak } from "../../kernel";
import type { Selection } from "./selection";

/** The schema coordinates that are selected of a taxpayer: what the caller may read, and what they may not. */
interface Coordinates {
  readonly read: readonly string[];
  readonly refused: readonly string[];
}

/** Coordinates are listed for a taxpayer's fields and the fields of its documents, no deeper. */
const deepest = 2;
const plumbing = /(?:Connection|Edge|PageInfo)$/;

/** Which fields of a taxpayer a caller may have. Equal keys mean equal fields. */
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

/** The coordinates of these fields, for a caller who may read all of them. */
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
