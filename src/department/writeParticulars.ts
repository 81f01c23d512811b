import { type Filing, type ReturnForm, sectionCode } from "../domain";
import type { JsonObject } from "../kernel";
import { accountTypeOf } from "./accountTypes";
import type { Person } from "./person";
import { stateCodeOf } from "./stateCodes";
import { writeRegimeAnswers } from "./writeRegimeAnswers";

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

/** The files hold pin codes and telephones as JSON numbers. */
function numberOf(digits: string | undefined): number | undefined {
  return digits !== undefined && /^[1-9]\d*$/.test(digits) ? Number(digits) : undefined;
}

export function writeFilingStatus(filing: Filing, person: Person): JsonObject {
  return {
    ReturnFileSec: sectionCode(filing.section ?? filing.kind.replace("_", " ")),
    ...writeRegimeAnswers(filing),
    ItrFilingDueDate: filing.dueOn,
    ResidentialStatus: filing.form === "ITR_2" || filing.form === "ITR_3" ? person.residence : undefined,
    SeventhProvisio139: "N",
    AsseseeRepFlg: "N",
  };
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
    Date: filing.filedOn,
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
