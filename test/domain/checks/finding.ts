import type { Word } from "../../../src/domain";
import { checksOf, type Check, type CheckContext } from "../../../src/domain/checks";
import type { Filing } from "../../../src/domain/filing/filing";

export function checked(name: Word<"CheckName">, filing: Filing, context?: CheckContext): Check {
  return checksOf(filing, context).find((check) => check.name === name)!;
}
