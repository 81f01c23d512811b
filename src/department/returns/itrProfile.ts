import {
  readCalendarDate,
  maskAadhaar,
  type Address,
  type Profile,
  type BankAccount,
  maskAccountNumber,
} from "../../domain";
import { asObject, textOf, type JsonObject, asList } from "../../kernel";
import { stateFromCode } from "../stateCodes";
import { accountKindFromType } from "../accountTypes";

const categoryByStatus = new Map([
  ["I", "Individual"],
  ["H", "Hindu Undivided Family"],
]);

/** Country codes are dialling codes here, and several countries can share one. Only India's is read. */
const indiaCode = "91";

export function readProfile(personalInfo: JsonObject): Profile {
  const address = asObject(personalInfo.Address);
  const dateOfBirth = textOf(personalInfo.DOB) ?? textOf(personalInfo.DateOFFormOrIncorp);
  const aadhaar = textOf(personalInfo.AadhaarCardNo);
  return {
    name: readName(asObject(personalInfo.AssesseeName) ?? {}),
    dateOfBirth: dateOfBirth === undefined ? undefined : readCalendarDate(dateOfBirth),
    category: categoryByStatus.get(textOf(personalInfo.Status) ?? ""),
    email: textOf(address?.EmailAddress),
    mobile: textOf(address?.MobileNo),
    address: address === undefined ? undefined : readAddress(address),
    aadhaar: aadhaar === undefined ? undefined : maskAadhaar(aadhaar),
    // A quoted Aadhaar number does not prove that it is linked to the PAN.
    aadhaarLink: { linked: null },
  };
}

function readName({ FirstName, MiddleName, SurNameOrOrgName }: JsonObject): string | undefined {
  const parts = [FirstName, MiddleName, SurNameOrOrgName].map(textOf).filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(" ");
}

function readAddress(address: JsonObject): Address {
  const lines = [address.ResidenceNo, address.ResidenceName, address.RoadOrStreet].map(textOf);
  const stateCode = textOf(address.StateCode);
  return {
    lines: lines.filter((line) => line !== undefined),
    locality: textOf(address.LocalityOrArea),
    city: textOf(address.CityOrTownOrDistrict),
    state: stateCode === undefined ? undefined : stateFromCode(stateCode),
    postalCode: textOf(address.PinCode) ?? textOf(address.ZipCode),
    country: textOf(address.CountryCode) === indiaCode ? "India" : undefined,
  };
}

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
