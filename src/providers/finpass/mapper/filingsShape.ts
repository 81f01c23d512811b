import {
  addRupees,
  incomeYearFromAssessmentYear,
  maskAadhaar,
  readAmount,
  withinRupees,
  zeroRupees,
  readTan,
  readTdsSection,
  incomeYearFromFinancialYear,
  taxCreditKindOf,
  type AadhaarLink,
  type Address,
  type Demand,
  type Filing,
  type Jurisdiction,
  type Profile,
  type Rupees,
  type Deductor,
  type TaxCredit,
  type TaxCreditStatement,
  type IncomeYear,
} from "../../../domain";
import { readListing, asObject, textOf, type JsonObject, type Listing } from "../../replies";
import { toFiling, type MergedFiling } from "./filingMapper";
import { dateOf, type Reported } from "./reported";

/** The shape of the attached example: the person, each return with the Department's own file, tax credits and demands. */
export function readFilingsShape(body: JsonObject): Reported {
  const filings = readListing(body.filings, toFiling);
  const demands = readListing(body.outstanding_demands, toDemand);
  const profile = asObject(body.profile);
  return {
    profile: profile && toProfile(profile),
    aadhaarLink: profile && toAadhaarLink(profile),
    filings: {
      ...filings,
      entries: withDemands(
        filings.entries.map(({ filing }) => filing),
        demands,
      ),
    },
    filesByYear: filesByYear(filings.entries),
    taxCredits: toTaxCredits(body.tds_26as),
    demands,
  };
}

function filesByYear(filings: readonly MergedFiling[]): Reported["filesByYear"] {
  const ofYears = Map.groupBy(filings, ({ filing }) => filing.incomeYear);
  const files = [...ofYears].map(([year, merged]) => [year, merged.flatMap(({ file }) => file ?? [])] as const);
  return new Map(files.filter(([, { length }]) => length > 0));
}

/** The published example has no demand. These names come from other pages of the vendor. */
function toDemand(demand: JsonObject): Demand {
  return {
    incomeYear: incomeYearFromAssessmentYear(textOf(demand.assessment_year) ?? ""),
    raisedOn: dateOf(demand.demand_date),
    section: textOf(demand.section),
    amount: readAmount(demand.demand_amount),
    statusLabel: textOf(demand.status),
  };
}

/**
 * The vendor lists demands by year, and not by return. A year's demand belongs to its only return with a raised demand. A
 * processed return owes nothing where its year has no demand. Any other demand stays unknown.
 */
function withDemands(filings: readonly Filing[], demands: Listing<Demand>): readonly Filing[] {
  // An unreadable demand, or one without a year, may belong to any return.
  const isClear = demands.isWhole && demands.entries.every(({ incomeYear }) => incomeYear !== undefined);
  if (!isClear) return filings;
  return filings.map((filing) => {
    const ofYear = demands.entries.filter(({ incomeYear }) => incomeYear === filing.incomeYear);
    const isDone = filing.status === "PROCESSED" || filing.status === "REFUND_ISSUED";
    if (isDone && ofYear.length === 0) return { ...filing, demand: zeroRupees };
    return isOnlyOneOwing(filing, filings) ? { ...filing, demand: sumOf(ofYear) } : filing;
  });
}

function isOnlyOneOwing(filing: Filing, filings: readonly Filing[]): boolean {
  const raisedOn = filings.filter(
    ({ incomeYear, status }) => incomeYear === filing.incomeYear && status === "DEMAND_RAISED",
  );
  return raisedOn.length === 1 && raisedOn.includes(filing);
}

/** Null without a demand, or with an unknown amount. */
function sumOf(demands: readonly Demand[]): Rupees | null {
  const amounts = demands.map(({ amount }) => amount).filter((amount) => amount !== null);
  if (amounts.length === 0 || amounts.length < demands.length) return null;
  return withinRupees(() => addRupees(...amounts), null);
}

function toProfile(profile: JsonObject): Profile {
  const address = asObject(profile.address);
  const jurisdiction = asObject(profile.jurisdiction);
  return {
    name: textOf(profile.name),
    dateOfBirth: dateOf(profile.dob),
    gender: textOf(profile.gender),
    category: textOf(profile.category),
    status: textOf(profile.status),
    email: textOf(profile.email),
    mobile: textOf(profile.mobile),
    address: address && toAddress(address),
    aadhaar: maskAadhaar(textOf(profile.aadhaar_number) ?? ""),
    aadhaarLink: toAadhaarLink(profile) ?? { linked: null },
    jurisdiction: jurisdiction && toJurisdiction(jurisdiction),
  };
}

/** Undefined where the vendor says nothing about the link. */
function toAadhaarLink(profile: JsonObject): AadhaarLink | undefined {
  const label = textOf(profile.aadhaar_status);
  if (label === undefined) return undefined;
  const word = label.toLowerCase().replace(/[^a-z]/g, "");
  return { linked: word === "linked" ? true : /^(not|un)linked$/.test(word) ? false : null, label };
}

function toAddress(address: JsonObject): Address {
  return {
    lines: [address.door_number, address.street].map(textOf).filter((line) => line !== undefined),
    locality: textOf(address.locality),
    city: textOf(address.city),
    state: textOf(address.state),
    postalCode: textOf(address.pin_code) ?? textOf(address.zip_code),
    country: textOf(address.country),
  };
}

function toJurisdiction(jurisdiction: JsonObject): Jurisdiction {
  return {
    name: textOf(jurisdiction.jurisdiction),
    areaCode: textOf(jurisdiction.area_code),
    officerKind: textOf(jurisdiction.ao_type),
    rangeCode: textOf(jurisdiction.range_code),
    officerNumber: textOf(jurisdiction.ao_number),
    office: textOf(jurisdiction.building_name),
    email: textOf(jurisdiction.email_id),
  };
}

interface Row {
  readonly incomeYear: IncomeYear;
  readonly deductor: Omit<Deductor, "credits">;
  readonly credit: TaxCredit;
}

/** One list has the rows of all years. */
function toTaxCredits(list: unknown): Listing<TaxCreditStatement> {
  const rows = readListing(list, toRow);
  const rowsByYear = Map.groupBy(rows.entries, ({ incomeYear }) => incomeYear);
  const entries = [...rowsByYear].map(([incomeYear, ofOneYear]) => ({ incomeYear, deductors: deductorsOf(ofOneYear) }));
  return { entries, isWhole: rows.isWhole };
}

/** The vendor's own sample has an invalid TAN, so the name is part of the key. */
function deductorsOf(rows: readonly Row[]): readonly Deductor[] {
  const rowsByDeductor = Map.groupBy(rows, ({ deductor }) => JSON.stringify([deductor.tan, deductor.name]));
  return [...rowsByDeductor.values()].flatMap((ofOne) => {
    const [first] = ofOne;
    return first ? [{ ...first.deductor, credits: ofOne.map(({ credit }) => credit) }] : [];
  });
}

/** The vendor reports neither the income nor whether the tax has reached the treasury. */
function toRow(row: JsonObject): Row | undefined {
  const incomeYear = incomeYearFromFinancialYear(textOf(row.financial_year) ?? "");
  if (incomeYear === undefined) return undefined;
  const sectionLabel = textOf(row.section);
  return {
    incomeYear,
    deductor: { name: textOf(row.deductor_name), tan: readTan(textOf(row.deductor_tan) ?? "") },
    credit: {
      kind: kindOf(sectionLabel, textOf(row.income_type) ?? ""),
      section: readTdsSection(sectionLabel ?? ""),
      sectionLabel,
      bookingStatus: "UNKNOWN",
      amountPaid: null,
      taxWithheld: readAmount(row.tds_amount),
      taxDeposited: null,
    },
  };
}

/** No published row has a section. The type of income is free text, such as "Salary", and may name a collection. */
function kindOf(section: string | undefined, incomeType: string): TaxCredit["kind"] {
  if (section !== undefined) return taxCreditKindOf(section);
  return /\btcs\b|\btax collected\b/i.test(incomeType) ? "COLLECTED" : taxCreditKindOf(incomeType);
}
