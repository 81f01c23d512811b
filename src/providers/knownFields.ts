import { asObject } from "./reply";

/** The fields that a contract knows, level by level: `true` where it looks no further. A list is told by its entries. */
export interface KnownFields {
  readonly [name: string]: true | KnownFields;
}

/** How many fields are none of those: a vendor whose count rises has changed its contract. */
export function countUnknown(value: unknown, known: KnownFields): number {
  const objects = Array.isArray(value) ? value.map(asObject) : [asObject(value)];
  let unknownFields = 0;
  for (const object of objects) {
    for (const [name, member] of Object.entries(object ?? {})) {
      const below = Object.hasOwn(known, name) ? known[name] : undefined;
      if (below === undefined) unknownFields += 1;
      else if (below !== true) unknownFields += countUnknown(member, below);
    }
  }
  return unknownFields;
}
