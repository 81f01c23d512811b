import { type Word, dueDateOf, type Filing, filerGroups, type ReturnForm, filingSectionOf } from "../../domain";
import type { JsonObject } from "../../kernel";
import { accountTypeOf } from "../accountTypes";
import type { Person } from "../person";
import { stateCodeOf } from "../stateCodes";
import { written } from "./writtenAmounts";

/** The answers about the regime, to the question of the filing's form and year. */
function writeRegimeAnswers({ form, incomeYear, regime }: Filing): JsonObject {
  if (regime === "UNKNOWN" || form === "ITR_5" || form === "ITR_6") return {};
  const isOld = regime === "OLD";
  const hasBusiness = form === "ITR_3" || form === "ITR_4";
  if (incomeYear <= 2020) return { NewTaxRegime: yesIf(!isOld) };
  if (incomeYear <= 2022) return hasBusiness ? { OptingNewTaxRegime: isOld ? 2 : 1 } : { NewTaxRegime: yesIf(!isOld) };
  if (incomeYear === 2023 || !hasBusiness) return { OptOutNewTaxRegime: yesIf(isOld) };
  if (incomeYear === 2024) return { OptOutNewTaxRegime_Form10IEA_AY24_25: "N", No_OptOutNewTaxReg: yesIf(isOld) };
  return { Form10IEAEarlierAYOldRegime: "N", F10IEACurrAYOldRegime: yesIf(isOld) };
}

function yesIf(claim: boolean): "Y" | "N" {
  return claim ? "Y" : "N";
}

const india = "India";

export function writePersonalInfo(form: ReturnForm, person: Person): JsonObject {
  const { profile } = person;
  return {
    AssesseeName: writeName(profile.name ?? ""),
    PAN: person.pan,
    DOB: profile.dateOfBirth,
    ...(form === "ITR_1" ? {} : { Status: person.pan.charAt(3) === "H" ? "H" : "I" }),
    ...(form === "ITR_1" || form === "ITR_4" ? { EmployerCategory: "OTH" } : {}),
    AadhaarCardNo: person.fullAadhaar,
    Address: writeAddress(person),
  };
}

/** Firms and companies have a single name and a date of formation. */
export function writeOrgInfo(person: Person): JsonObject {
  return {
    AssesseeName: { SurNameOrOrgName: person.profile.name },
    PAN: person.pan,
    Address: writeAddress(person),
    DateOFFormOrIncorp: person.profile.dateOfBirth,
    StatusOrCompanyType: person.pan.charAt(3) === "F" ? "1" : undefined,
  };
}

function writeName(name: string): JsonObject {
  const words = name.split(" ");
  const surname = words.at(-1);
  const [firstName, ...middleNames] = words.slice(0, -1);
  return {
    FirstName: firstName,
    MiddleName: middleNames.length === 0 ? undefined : middleNames.join(" "),
    SurNameOrOrgName: surname,
  };
}

function writeAddress({ profile }: Person): JsonObject {
  const { address } = profile;
  const [residenceNo, residenceName, ...streets] = address?.lines ?? [];
  const isIndian = (address?.country ?? india).toLowerCase() === india.toLowerCase();
  const postalCode = address?.postalCode;
  return {
    ResidenceNo: residenceNo,
    ResidenceName: residenceName,
    RoadOrStreet: streets.length === 0 ? undefined : streets.join(", "),
    LocalityOrArea: address?.locality,
    CityOrTownOrDistrict: address?.city,
    StateCode: isIndian ? stateCodeOf(address?.state ?? "") : "99",
    ...(isIndian ? { CountryCode: "91", PinCode: numberOf(postalCode) } : { ZipCode: postalCode }),
    CountryCodeMobile: 91,
    MobileNo: numberOf(profile.mobile),
    EmailAddress: profile.email,
  };
}

/** The files hold PIN codes and telephone numbers as JSON numbers. */
function numberOf(digits: string | undefined): number | undefined {
  return digits !== undefined && /^[1-9]\d*$/.test(digits) ? Number(digits) : undefined;
}

export function writeFilingStatus(filing: Filing, person: Person): JsonObject {
  const section = filingSectionOf(filing.section ?? filing.kind.replace("_", " "))?.code;
  const isOfEntity = filing.form === "ITR_5" || filing.form === "ITR_6";
  const isSimple = filing.form === "ITR_1" || filing.form === "ITR_4";
  return {
    ReturnFileSec: isOfEntity ? { IncomeTaxSec: section } : section,
    ...writeRegimeAnswers(filing),
    ItrFilingDueDate: printedDueDate(filing),
    ResidentialStatus: isSimple ? undefined : person.residence,
    SeventhProvisio139: "N",
    AsseseeRepFlg: "N",
  };
}

/** A form prints the day of the Act, and knows nothing of extensions. */
function printedDueDate({ dueOn, incomeYear }: Filing): string | undefined {
  const group = dueOn && filerGroups.find((each) => dueDateOf(incomeYear, each) === dueOn);
  if (group === undefined) return dueOn;
  const day = { INDIVIDUAL: "07-31", BUSINESS: "08-31", AUDIT: "10-31", TRANSFER_PRICING: "11-30" }[group];
  return `${incomeYear + 1}-${day}`;
}

export function writeVerification(filing: Filing, person: Person): JsonObject {
  return {
    Declaration: {
      AssesseeVerName: person.profile.name,
      FatherName: person.fatherName,
      AssesseeVerPAN: person.pan,
    },
    Capacity: "S",
    Place: person.profile.address?.city,
    Date: filing.verifiedOn ?? filing.filedOn,
  };
}

const codeByReason: Record<Word<"UpdateReason">, string> = {
  NOT_FILED_BEFORE: "1",
  INCOME_NOT_REPORTED: "2",
  WRONG_HEAD_OF_INCOME: "3",
  CARRIED_LOSS_REDUCED: "4",
  UNABSORBED_DEPRECIATION_REDUCED: "5",
  TAX_CREDIT_REDUCED: "6",
  WRONG_RATE: "7",
  OTHER: "OTH",
};

/** The two parts that only an updated return has. */
export function writeUpdate({ form, incomeYear, totalIncome, update }: Filing): JsonObject {
  if (update === undefined) return {};
  return {
    PartA_139_8A: {
      AssessmentYear: String(incomeYear + 1),
      ITRFormUpdatingInc: form.replace("_", ""),
      UpdatingInc: {
        ReasonsForUpdatingIncDtls: update.reasons.map((reason) => ({ ReasonsForUpdatingIncome: codeByReason[reason] })),
      },
    },
    "PartB-ATI": {
      UpdatedTotInc: written(totalIncome),
      AddtnlIncTax: written(update.additionalTax),
      NetPayable: written(update.netPayable),
      TaxUS140B: written(update.taxPaid),
      TaxDue10_11: written(update.balancePayable),
    },
  };
}

export function writeAccounts(person: Person): JsonObject {
  const accounts = person.fullBankAccounts.map((account) => ({
    IFSCCode: account.ifsc,
    BankName: account.bankName,
    BankAccountNo: account.accountNumber,
    AccountType: accountTypeOf(account.kind),
    UseForRefund: String(account.isForRefund),
  }));
  return { BankAccountDtls: { AddtnlBankDetails: accounts } };
}
