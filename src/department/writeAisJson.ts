import { type InformationEntry, type InformationStatement, printRupees, type Rupees, incomeYearLabel } from "../domain";
import type { JsonObject } from "../kernel";
import { partBySection, summaryColumns } from "./aisLayout";
import type { Person } from "./person";

/** Prints a statement as the portal's utility does once it is decrypted. A part without entries has no elements. */
export function writeAisJson(statement: InformationStatement, person: Person): JsonObject {
  const sections = [...partBySection].map(([sectionKey, part]) => {
    const entries = statement.entries.filter((entry) => entry.part === part);
    return {
      sectionKey,
      title: sectionKey,
      ...(entries.length === 0 ? {} : { elements: entries.map((entry) => writeElement(entry, statement, person)) }),
    };
  });
  return {
    metadata: { loggedInPan: person.pan, jsonVersion: "1.0" },
    header: {
      columnLabel: ["Financial Year", "Assessment Year"],
      columnData: [incomeYearLabel(statement.incomeYear)],
    },
    partA: {
      columnLabel: ["Permanent Account Number (PAN)", "Aadhaar Number", "Name of Assessee", "Date of Birth"],
      columnData: [person.pan, person.fullAadhaar, person.profile.name, person.profile.dateOfBirth],
    },
    partB: { sections },
    rejectedFeedbacks: [],
  };
}

function writeElement(entry: InformationEntry, statement: InformationStatement, person: Person): JsonObject {
  return entry.part === "TAX_PAYMENT" ? writePayment(entry, statement) : writeSummary(entry, person);
}

function writePayment(entry: InformationEntry, { incomeYear }: InformationStatement): JsonObject {
  const amount = printed(entry.amount);
  return {
    columnLabel: ["Financial Year", "Major Head", "Minor Head", "Tax (A)", "Total (A+B+C+D)", "Date Of Deposit"],
    columnData: [[incomeYearLabel(incomeYear), entry.category, entry.description, amount, amount, entry.reportedOn]],
  };
}

function writeSummary(entry: InformationEntry, person: Person): JsonObject {
  const cells: Readonly<Record<(typeof summaryColumns)[number], unknown>> = {
    "Information Category": entry.category,
    "Information Code": entry.code,
    "Information Description": entry.description,
    "Information Source": entry.reportedBy,
    Count: entry.count,
    Amount: printed(entry.amount),
    "Information Category Code": "",
    "Derived Amount": printed(entry.derivedAmount),
    "Qualifies For": "",
  };
  return {
    title: entry.description,
    l1Src: entry.reportedBy,
    l2: { columnLabel: summaryColumns, columnData: [summaryColumns.map((column) => cells[column])] },
    l1: writeDetail(entry, person),
  };
}

/** The rows behind a summary: one transaction is enough to show them. Only transactions tell when they were reported. */
function writeDetail(entry: InformationEntry, { fullBankAccounts }: Person): JsonObject {
  const amount = printed(entry.amount);
  const cellByField =
    entry.part === "TAX_DEDUCTED_OR_COLLECTED"
      ? { quarter: "Q4", amtPaid: amount, status: "Active" }
      : { reportedOn: entry.reportedOn, accountNo: fullBankAccounts[0]?.accountNumber, amtPaid: amount };
  return {
    columnLabel: Object.keys(cellByField).map((field) => ({ field, name: field })),
    columnData: [Object.values(cellByField)],
  };
}

/** "1,25,000", as the portal groups it. */
function printed(amount: Rupees | null): string {
  return amount === null ? "" : printRupees(amount).replace("₹", "").replace(/\.00$/, "");
}
