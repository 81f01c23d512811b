import {
  filingSectionOf,
  incomeYearFromAssessmentYear,
  incomeYearFromAssessmentYearStart,
  readCalendarDate,
  maskAadhaar,
  maskAccountNumber,
  zeroRupees,
  type Word,
  type Filing,
  type FilingKind,
  type ReturnForm,
  type IncomeYear,
  type Profile,
  type Address,
  type BankAccount,
  type TaxParticulars,
  type Rupees,
  type SpecialRateIncome,
  type SpecialSection,
} from "../../domain";
import { asObject, textOf, asList, type JsonObject } from "../../kernel";
import { figuresOfFiling } from "./filingFigures";
import { placesByForm, type ReturnPlaces } from "./itrPlaces";
import { regimeOf } from "./itrRegime";
import { lossOnSales } from "./readGains";
import { dueOnOf, readReturnDetails } from "./readReturnDetails";
import { readFigures, amountAt } from "./returnFigures";
import { inOneLayout, valueAt } from "./returnLayout";
import { stateFromCode } from "../stateCodes";
import { accountKindFromType } from "../accountTypes";

interface ReadReturn {
  readonly filing: Filing;
  readonly profile: Profile;
}

/** The form of trusts is recognised, but its figures are not read. */
const noPlaces: ReturnPlaces = { particulars: "", personalInfo: "", accounts: "", figures: {} };

/**
 * Reads the file of a return. The file does not have the acknowledgement number, the filing date and the status, which
 * come from the provider. A cell without an amount throws UnreadableAmount.
 */
export function readItrJson(
  json: unknown,
  fallback: { incomeYear?: IncomeYear | undefined } = {},
): ReadReturn | undefined {
  const found = findReturn(json);
  if (found === undefined) return undefined;
  const body = inOneLayout(found.body);
  const incomeYear = readIncomeYear(body[`Form_${found.key}`]) ?? fallback.incomeYear;
  if (incomeYear === undefined) return undefined;

  const { form } = found;
  const places = placesOf(form);
  const filingStatus = asObject(valueAt(body, `${places.particulars}FilingStatus`)) ?? {};
  // Firms and companies have the section one level deeper.
  const section = textOf(asObject(filingStatus.ReturnFileSec)?.IncomeTaxSec) ?? textOf(filingStatus.ReturnFileSec);
  const personalInfo = asObject(valueAt(body, places.personalInfo)) ?? {};
  const filedUnder = section === undefined ? undefined : filingSectionOf(section);
  const kind = filedUnder?.kind ?? "OTHER";
  const figures = readFigures(body, places.figures, incomeYear);
  const source = { form, body, isWhole: (figures.grossTotalIncome ?? figures.grossWithoutGains) !== null };
  const head = { incomeYear, filingStatus };
  const details = readReturnDetails(source, head);
  const otherFacts = { lossOnSales: lossOnSales(body), update: details.update };
  return {
    filing: {
      incomeYear,
      form,
      kind,
      section: filedUnder?.label,
      dueOn: dueOnOf(source, head),
      timeliness: timelinessOfKind(kind),
      status: "UNKNOWN",
      statusHistory: [],
      regime: regimeOf({ form, incomeYear, filingStatus, figures, isFirm: isFirm(form, personalInfo) }),
      ...figuresOfFiling(figures, otherFacts),
      particulars: readParticulars(body, isFirm(form, personalInfo)),
      demand: null,
      bankAccounts: readAccounts(valueAt(body, places.accounts)),
      ...details,
    },
    profile: readProfile(personalInfo),
  };
}

/** Firms and companies pay flat rates. Associations of persons, who also file ITR-5, do not. */
function isFirm(form: ReturnForm, personalInfo: JsonObject): boolean {
  if (form === "ITR_5") return textOf(personalInfo.StatusOrCompanyType) === "1";
  return form === "ITR_6" || textOf(personalInfo.Status) === "F";
}

interface FoundReturn {
  readonly form: ReturnForm;
  readonly key: string;
  readonly body: JsonObject;
}

function findReturn(json: unknown): FoundReturn | undefined {
  for (const [key, value] of Object.entries(asObject(asObject(json)?.ITR) ?? {})) {
    const number = /^ITR([1-7])$/.exec(key)?.[1];
    const body = asObject(value);
    if (number !== undefined && body !== undefined) return { form: `ITR_${number}` as ReturnForm, key, body };
  }
  return undefined;
}

function readIncomeYear(formBlock: unknown): IncomeYear | undefined {
  const assessmentYear = textOf(asObject(formBlock)?.AssessmentYear);
  if (assessmentYear === undefined) return undefined;
  return incomeYearFromAssessmentYearStart(assessmentYear) ?? incomeYearFromAssessmentYear(assessmentYear);
}

function placesOf(form: ReturnForm): ReturnPlaces {
  const placesByAnyForm: Partial<Record<ReturnForm, ReturnPlaces>> = placesByForm;
  return placesByAnyForm[form] ?? noPlaces;
}

/** Section 139(1) is for returns in time, 139(4) for later ones. The other sections do not decide it. */
function timelinessOfKind(kind: FilingKind): Word<"Timeliness"> {
  return kind === "ORIGINAL" ? "ON_TIME" : kind === "BELATED" ? "LATE" : "UNKNOWN";
}

const categoryByStatus = new Map([
  ["I", "Individual"],
  ["H", "Hindu Undivided Family"],
]);

/** Country codes are dialling codes here, and several countries can share one. Only India's is read. */
const indiaCode = "91";

function readProfile(personalInfo: JsonObject): Profile {
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
function readAccounts(list: unknown): readonly BankAccount[] {
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

/** The facts that the checks need besides the figures. Undefined where the file has none of them. */
function readParticulars(body: JsonObject, isFirm: boolean): TaxParticulars | undefined {
  const amount = (path: string) => amountAt(body, path) ?? undefined;
  const particulars: TaxParticulars = {
    isFirm: isFirm ? true : undefined,
    farmIncomeForRate: amount("PartB_TI.NetAgricultureIncomeOrOtherIncomeForRate"),
    dividend: amount("ScheduleOS.IncOthThanOwnRaceHorse.DividendGross"),
    specialRateIncome: amount("PartB_TI.IncChargeableTaxSplRates"),
    specialRateTax: amount("PartB_TTI.ComputationOfTaxLiability.TaxPayableOnTI.TaxAtSpecialRates"),
    specialRates: readSpecialRates(valueAt(body, "ScheduleSI.SplCodeRateTax")),
  };
  return Object.values(particulars).every((fact) => fact === undefined) ? undefined : particulars;
}

/** The Department's codes begin with the subsection of 111, 112 or 115. The rest is a variant of the rate. */
const sectionByCode: readonly (readonly [RegExp, SpecialSection])[] = [
  [/^1A/, "111A"],
  [/^2A/, "112A"],
  [/^2[12]/, "112"],
  [/^5BBE/, "115BBE"],
];

function readSpecialRates(schedule: unknown): readonly SpecialRateIncome[] | undefined {
  const lines = asList(schedule).flatMap((json): readonly SpecialRateIncome[] => {
    const line = asObject(json);
    const [income, tax] = [amountAt(line, "SplRateInc"), amountAt(line, "SplRateIncTax")];
    const isNothing = isNoAmount(income) && isNoAmount(tax);
    return isNothing
      ? []
      : [{ section: sectionOf(line?.SecCode), income: income ?? zeroRupees, tax: tax ?? zeroRupees }];
  });
  return lines.length === 0 ? undefined : lines;
}

function isNoAmount(amount: Rupees | null): boolean {
  return amount === null || amount === zeroRupees;
}

function sectionOf(code: unknown): SpecialSection {
  return sectionByCode.find(([pattern]) => pattern.test(textOf(code)?.toUpperCase() ?? ""))?.[1] ?? "OTHER";
}
