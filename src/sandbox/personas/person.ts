import {
  aadhaarCheckDigit,
  type Address,
  type Jurisdiction,
  type Profile,
  type CalendarDate,
  type ComplianceStatus,
  type Instant,
  type Filing,
  dueDateOf,
  type Pan,
  maskAadhaar,
  maskAccountNumber,
  type IncomeYear,
} from "../../domain";
import type { Persona, PersonaBankAccount } from "../../providers";
import type { Facts } from "./facts";
import { filingsOf } from "./filings";
import { cityByName, type CityName } from "./cities";
import { digitsFrom, passwordOf } from "./identity";
import { filerGroupOf, firstKnownYear } from "./computedReturn";
import { creditStatement, informationStatement } from "./reported";
import { withholdingsOf } from "./withholding";

/** Makes the whole persona of these facts on this day. */
export function personOf(facts: Facts, today: CalendarDate): Persona {
  const years = facts.isUnknown ? [] : yearsOf(facts, today);
  const latestDue = latestDueYear(facts, years, today);
  const accounts = accountsOf(facts.pan, facts.residence === "NRI" ? ["NON_RESIDENT"] : ["SAVINGS", "SAVINGS"]);
  const filings = years
    .filter((year) => year <= (latestDue ?? 0))
    .flatMap((year) => filingsOf(facts, year, facts.story?.(year, (latestDue ?? 0) - year) ?? "SETTLED", today))
    .map((filing) => ({ ...filing, bankAccounts: accounts.flatMap(maskedAccount) }));
  const booked = years.map((incomeYear) => ({
    incomeYear,
    lines: withholdingsOf(facts, incomeYear).filter(({ credit }) => credit.bookedOn <= today),
  }));
  const fullAadhaar = (facts.holder ?? "INDIVIDUAL") === "INDIVIDUAL" ? aadhaarOf(facts.pan) : undefined;
  return {
    pan: facts.pan as Pan,
    title: facts.title,
    password: passwordOf(facts.pan),
    portal: facts.portal ?? "OPEN",
    profile: { ...profileOf(facts), ...(fullAadhaar && { aadhaar: maskAadhaar(fullAadhaar) }) },
    fullAadhaar,
    fatherName: facts.fatherName,
    residence: facts.residence ?? "RES",
    fullBankAccounts: accounts,
    filings,
    taxCredits: booked
      .filter(({ lines }) => lines.length > 0)
      .map(({ incomeYear, lines }) => creditStatement(incomeYear, lines)),
    informationStatements: booked
      .map(({ incomeYear, lines }) => informationStatement({ facts, incomeYear, lines, filings, today }))
      .filter(({ entries }) => entries.length > 0),
    demands: filings.flatMap(demandOf),
    compliance: latestDue === undefined ? undefined : complianceOf(filings, latestDue, today),
  };
}

/** The years that have begun and have data, newest first. */
function yearsOf({ firstYear = firstKnownYear, lastYear }: Facts, today: CalendarDate): IncomeYear[] {
  const [year = "0", month = "0"] = today.split("-");
  const running = Number(month) >= 4 ? Number(year) : Number(year) - 1;
  const last = Math.min(running, lastYear ?? running);
  return Array.from({ length: Math.max(0, last - firstYear + 1) }, (_, back) => (last - back) as IncomeYear);
}

function latestDueYear(facts: Facts, years: readonly IncomeYear[], today: CalendarDate): IncomeYear | undefined {
  return years.find((year) => dueDateOf(year, filerGroupOf(facts, facts.income(year))) < today);
}

function maskedAccount({ accountNumber, kind, bankName, ifsc, isForRefund }: PersonaBankAccount) {
  const masked = maskAccountNumber(accountNumber);
  return masked ? [{ accountNumber: masked, kind, bankName, ifsc, isForRefund }] : [];
}

function demandOf({ demand, incomeYear, statusHistory }: Filing) {
  if (!demand) return [];
  const raisedOn = statusHistory.at(-1)?.occurredOn;
  return [{ incomeYear, raisedOn, section: "143(1)", amount: demand, statusLabel: "Pending payment" }];
}

/** Whether the latest return that fell due was filed, in the words of a compliance check. */
function complianceOf(filings: readonly Filing[], incomeYear: IncomeYear, today: CalendarDate): ComplianceStatus {
  const checkedAt = `${today}T00:00:00.000Z` as Instant;
  const filing = filings.find((each) => each.incomeYear === incomeYear);
  if (filing === undefined) return { itrFiled: false, ...notFiled, incomeYear, checkedAt };
  const { filedOn, acknowledgementNumber } = filing;
  return { itrFiled: true, ...wordsOf(filing), incomeYear, filedOn, acknowledgementNumber, checkedAt };
}

type Words = Pick<ComplianceStatus, "standing" | "standingLabel" | "filingStatus" | "filingStatusLabel">;

const notFiled: Words = {
  standing: "NON_COMPLIANT",
  standingLabel: "Non-Compliant",
  filingStatus: "NOT_FILED",
  filingStatusLabel: "Not Filed",
};

function wordsOf({ status }: Filing): Words {
  if (status === "DEFECTIVE") {
    return { ...notFiled, filingStatus: "DEFECTIVE", filingStatusLabel: "Defective" };
  }
  const pending = { standing: "PENDING", standingLabel: "Pending" } as const;
  if (status === "UNDER_PROCESSING") {
    return { ...pending, filingStatus: "UNDER_PROCESSING", filingStatusLabel: "Under Processing" };
  }
  if (status === "VERIFICATION_PENDING") {
    return { ...pending, filingStatus: "VERIFICATION_PENDING", filingStatusLabel: "Filed, verification pending" };
  }
  return { standing: "COMPLIANT", standingLabel: "Compliant", filingStatus: "FILED", filingStatusLabel: "Filed" };
}

function addressIn(city: CityName, houseNumber: number): Address {
  const { state, locality, postalCode } = cityByName[city];
  return {
    lines: [`FLAT ${houseNumber}`, "SHANTI APARTMENTS", "STATION ROAD"],
    locality,
    city,
    state,
    postalCode,
    country: "INDIA",
  };
}

function jurisdictionIn(city: CityName): Jurisdiction {
  const { areaCode } = cityByName[city];
  return {
    name: `WARD 12(1), ${city}`,
    areaCode,
    officerKind: "W",
    rangeCode: "112",
    officerNumber: "1",
    office: `AAYAKAR BHAVAN, ${city}`,
    email: `${city.toLowerCase()}.ito12.1@example.com`,
  };
}

const categoryByHolder = { INDIVIDUAL: "Individual", FAMILY: "HUF", FIRM: "Firm", COMPANY: "Company" } as const;

function profileOf(facts: Facts): Profile {
  const { pan, name, bornOn, gender, city, holder = "INDIVIDUAL", residence } = facts;
  const isPerson = holder === "INDIVIDUAL";
  return {
    name,
    dateOfBirth: bornOn as CalendarDate,
    ...(gender && { gender }),
    category: categoryByHolder[holder],
    status: residence === "NRI" ? "Non-resident" : "Resident",
    email: `${name.toLowerCase().replace(/[^a-z]+/g, ".")}@example.com`,
    mobile: mobileOf(pan),
    address: addressIn(city, 1 + Number(digitsFrom(`${pan} house`, 2))),
    aadhaarLink: facts.aadhaarLink ?? (isPerson ? { linked: true, label: "Linked" } : { linked: null }),
    jurisdiction: jurisdictionIn(city),
  };
}

function mobileOf(pan: string): string {
  return `90000${digitsFrom(`${pan} mobile`, 5)}`;
}

/** Numbers that begin with 9999 are UIDAI's test numbers, so no person has them. */
function aadhaarOf(pan: string): string {
  const digits = `9999${digitsFrom(`${pan} aadhaar`, 7)}`;
  return digits + aadhaarCheckDigit(digits);
}

const banks = [
  { bankName: "STATE BANK OF INDIA", ifsc: "SBIN0001234", digits: 11 },
  { bankName: "HDFC BANK", ifsc: "HDFC0000456", digits: 14 },
  { bankName: "ICICI BANK", ifsc: "ICIC0000789", digits: 12 },
  { bankName: "PUNJAB NATIONAL BANK", ifsc: "PUNB0123400", digits: 16 },
] as const;

/** The account for refunds first. */
function accountsOf(pan: string, kinds: readonly PersonaBankAccount["kind"][]): readonly PersonaBankAccount[] {
  const first = Number(digitsFrom(`${pan} bank`, 1)) % banks.length;
  return kinds.map((kind, at) => {
    const { bankName, ifsc, digits } = banks[(first + at) % banks.length] ?? banks[0];
    const accountNumber = `${1 + at}${digitsFrom(`${pan} account ${at}`, digits - 1)}`;
    return { accountNumber, kind, bankName, ifsc, isForRefund: at === 0 };
  });
}
