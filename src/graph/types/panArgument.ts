import { readPan, type Pan } from "../../domain";
import { Fault } from "../../kernel";
import type { GraphContext } from "../context";

/** Names the argument at fault and never repeats its value. */
export function panArgument({ strictHolder }: Pick<GraphContext, "strictHolder">, field: string, text: string): Pan {
  const pan = readPan(text, { strictHolder });
  if (pan === undefined) throw new Fault("BAD_INPUT", { field, hint: `The argument ${field} does not hold a PAN.` });
  return pan;
}
