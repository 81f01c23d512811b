import {
  type CalendarDate,
  type InformationEntry,
  type InformationReport,
  type InformationStatement,
  printRupees,
  type Rupees,
  assessmentYearLabel,
  incomeYearLabel,
  type IncomeYear,
} from "../../domain";
import type { JsonObject } from "../../kernel";
import { columns, sectionByKey } from "./aisLayout";
import type { Person } from "../person";

/** Writes a statement in the layout of the decrypted file of the portal. */
export function writeAisJson({ incomeYear, entries }: InformationStatement, person: Person): JsonObject {
  const { pan, profile, fullAadhaar } = person;
  return {
    metadata: { loggedInPan: pan, jsonVersion: "14.0.0", sourceSharedFeedbackFeatureEnabled: true },
    header: {
      title: "Annual Information Statement (AIS)",
      // The portal prints this trailing blank.
      columnLabel: ["Financial Year ", "Assessment Year"],
      columnData: [incomeYearLabel(incomeYear), assessmentYearLabel(incomeYear)],
    },
    partA: {
      heading: "Part A",
      title: "General Information",
      columnLabel: [
        "Permanent Account Number (PAN)",
        "Aadhaar Number",
        "Name of Assessee",
        "Date of Birth",
        "Mobile Number",
        "E-mail Address",
        "Address",
      ],
      columnData: [
        pan,
        fullAadhaar,
        profile.name,
        slashed(profile.dateOfBirth),
        profile.mobile,
        profile.email,
        profile.address?.lines.join(", "),
      ],
    },
    partB: {
      title: "Annual Information Statement (Part B)",
      sections: [...sectionByKey].map(([sectionKey, { part, title, heading }]) => {
        const own = entries.filter((entry) => entry.part === part);
        return { sectionKey, title, heading, ...writeContent(own, part, person) };
      }),
    },
    rejectedFeedbacks: null,
    footer: { columnLabel: ["Download ID"], columnData: [""] },
    fileSize: null,
  };
}

/** A part without entries has no elements. */
function writeContent(
  entries: readonly InformationEntry[],
  part: InformationEntry["part"],
  person: Person,
): JsonObject {
  if (part === "DEMAND_OR_REFUND") {
    const subSections = [
      { sectionKey: "demand", title: "Demand" },
      { sectionKey: "refund", title: "Refund" },
    ];
    return { subSections: subSections.map((each) => writeSubSection(each, entries)) };
  }
  if (entries.length === 0) return {};
  if (part === "TAX_PAYMENT") return { elements: [writeRows(columns.challan, entries.map(challanCells))] };
  return { elements: entries.map((entry) => writeSummary(entry, person)) };
}

function writeSubSection(about: { readonly sectionKey: string }, entries: readonly InformationEntry[]): JsonObject {
  const own = entries.filter(({ code }) => code === about.sectionKey);
  return own.length === 0 ? about : { ...about, elements: [writeRows(columns.refund, own.map(refundCells))] };
}

function writeRows(columnLabel: readonly string[], columnData: readonly (readonly unknown[])[]): JsonObject {
  return { title: "", columnLabel, columnDataType: columnLabel.map(() => "String"), columnData };
}

function challanCells({ incomeYear, category, description, amount, reportedOn }: InformationEntry): readonly unknown[] {
  const paid = printed(amount);
  const challan = ["0510016", slashed(reportedOn), "62647", ""];
  return [yearLabel(incomeYear), category, description, paid, "0", "0", "0", paid, ...challan];
}

function refundCells({ incomeYear, description, amount, reportedOn }: InformationEntry): readonly unknown[] {
  return [yearLabel(incomeYear), "ECS", description, printed(amount), slashed(reportedOn)];
}

function writeSummary(entry: InformationEntry, person: Person): JsonObject {
  const { category, code, description, reportedBy, tan, count, amount, derivedAmount } = entry;
  const cellByColumn: Readonly<Record<(typeof columns.summary)[number], unknown>> = {
    "Information Category": category,
    "Information Code": code,
    "Information Description": description,
    "Information Source": tan === undefined ? reportedBy : `${reportedBy ?? ""} (${tan})`,
    Count: count,
    Amount: printed(amount),
    "Information Category Code": "",
    "Derived Amount": derivedAmount === null ? null : printed(derivedAmount),
    "Qualifies For": "",
  };
  return {
    title: category,
    l1Src: entry.part === "TAX_DEDUCTED_OR_COLLECTED" ? "AIS_TDS_TCS" : "AIS_SFT_PRSN",
    infoSrcId: tan ?? "",
    l2: { columnLabel: columns.summary, columnData: [columns.summary.map((column) => cellByColumn[column])] },
    l1: writeDetails(entry, person),
  };
}

type Column = readonly [field: string, name: string, cell: (report: InformationReport, at: number) => unknown];

const number: Column = ["tsnId", "TSN", (_report, at) => `${100_000 + at}`];
const ending: readonly Column[] = [
  ["status", "Status", ({ status }) => statusWord[status]],
  ["transFeedback", "Feedback", () => "Optional"],
];
const statusWord = { ACTIVE: "Active", INACTIVE: "Inactive", UNKNOWN: "" } as const;

const withheldColumns: readonly Column[] = [
  number,
  ["quarter", "Quarter", ({ transactedOn }) => quarterOf(transactedOn)],
  ["transactionDate", "Date of Payment/Credit", ({ transactedOn }) => slashed(transactedOn)],
  ["amtPaid", "Amount Paid/Credited", ({ amount }) => printed(amount)],
  ["amountDeducted", "TDS Deducted", ({ taxWithheld }) => printed(taxWithheld)],
  ["amountDeposited", "TDS Deposited", ({ taxDeposited }) => printed(taxDeposited)],
  ...ending,
];

const saleColumns: readonly Column[] = [
  number,
  ["transferDate", "Date of Sale/Transfer", ({ transactedOn }) => slashed(transactedOn)],
  ["securityName", "Security Name (Security Code)", () => "INVENTED LIMITED # EQUITY SHARES(INE000Z00000)"],
  ["salesConsideration", "Sales Consideration", ({ amount }) => printed(amount)],
  ...ending,
];

function reportedColumns({ fullBankAccounts: [account] }: Person): readonly Column[] {
  return [
    number,
    ["reportedOn", "Reported On", ({ reportedOn }) => slashed(reportedOn)],
    ["accountNo", "Account Number", () => account?.accountNumber],
    ["amtPaid", "Amount", ({ amount }) => printed(amount)],
    ...ending,
  ];
}

function writeDetails({ part, code = "", reports = [] }: InformationEntry, person: Person): JsonObject | null {
  if (reports.length === 0) return null;
  const isSale = /^SFT-1[78]-/.test(code);
  const ofReport =
    part === "TAX_DEDUCTED_OR_COLLECTED" ? withheldColumns : isSale ? saleColumns : reportedColumns(person);
  return {
    columnLabel: ofReport.map(([field, name], at) => ({
      field,
      name,
      type: "String",
      seq: at + 1,
      sumRequired: false,
    })),
    // Real rows have more cells than there are columns.
    columnData: reports.map((report, row) => [...ofReport.map(([, , cell]) => cell(report, row)), "Y"]),
  };
}

const quarters = ["Q4(Jan-Mar)", "Q1(Apr-Jun)", "Q2(Jul-Sep)", "Q3(Oct-Dec)"] as const;

function quarterOf(day: CalendarDate | undefined): string | undefined {
  return day && quarters[Math.floor((Number(day.slice(5, 7)) - 1) / 3)];
}

function yearLabel(year: IncomeYear | undefined): string {
  return year === undefined ? "" : incomeYearLabel(year);
}

/** The portal prints days as "14/03/2025". */
function slashed(day: CalendarDate | undefined): string {
  return day === undefined ? "" : day.split("-").toReversed().join("/");
}

/** The portal prints amounts as "1,25,000". */
function printed(amount: Rupees | null): string {
  return amount === null ? "" : printRupees(amount).replace("₹", "").replace(/\.00$/, "");
}
