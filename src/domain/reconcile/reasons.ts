import { reasonToBelieve } from "./belief";
import type { Choice } from "./choice";
import { isAlike } from "./facts";

/** Why the one who was chosen is believed, in plain words. */
export function reasonOf({ path, chosen, spoken, reason }: Choice): string {
  if (spoken.length === 1) return "the only one who tells it";
  const dissenting = spoken.find(({ value }) => !isAlike(path, chosen.value, value));
  if (dissenting === undefined) return "told alike by all who tell it";
  return reason ?? reasonToBelieve(chosen.provenance, dissenting.provenance);
}
