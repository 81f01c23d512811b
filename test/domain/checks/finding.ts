import { checksOf, type Check, type CheckContext, type CheckName } from "../../../src/domain/checks";
import type { Filing } from "../../../src/domain/filing/filing";

export function checked(name: CheckName, filing: Filing, context?: CheckContext): Check {
  return checksOf(filing, context).find((check) => check.name === name)!;
}
