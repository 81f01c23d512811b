import type { Word } from "../domain";

const kindByType = new Map<string, Word<"BankAccountKind">>([
  ["SB", "SAVINGS"],
  ["CA", "CURRENT"],
  ["CC", "CASH_CREDIT"],
  ["OD", "OVERDRAFT"],
  ["NRO", "NON_RESIDENT"],
  ["OTH", "OTHER"],
]);

const typeByKind = new Map([...kindByType].map(([type, kind]) => [kind, type]));

export function accountKindFromType(type: string): Word<"BankAccountKind"> {
  return kindByType.get(type.trim().toUpperCase()) ?? "UNKNOWN";
}

export function accountTypeOf(kind: Word<"BankAccountKind">): string | undefined {
  return typeByKind.get(kind);
}
