import { type BankAccount, maskAccountNumber } from "../../domain";
import { asList, asObject, textOf } from "../../kernel";
import { accountKindFromType } from "../accountTypes";

/** An account without a readable number is left out. Its neighbours stay. */
export function readAccounts(list: unknown): readonly BankAccount[] {
  return asList(list)
    .map(readAccount)
    .filter((account) => account !== undefined);
}

function readAccount(row: unknown): BankAccount | undefined {
  const account = asObject(row);
  const accountNumber = maskAccountNumber(textOf(account?.BankAccountNo) ?? "");
  if (account === undefined || accountNumber === undefined) return undefined;
  return {
    accountNumber,
    kind: accountKindFromType(textOf(account.AccountType) ?? ""),
    bankName: textOf(account.BankName),
    ifsc: textOf(account.IFSCCode),
    isForRefund: readChoice(account.UseForRefund),
  };
}

/** The files have the string "true", not the boolean. */
function readChoice(value: unknown): boolean | undefined {
  const text = String(value).trim().toLowerCase();
  return text === "true" ? true : text === "false" ? false : undefined;
}
