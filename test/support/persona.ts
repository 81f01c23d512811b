import type { CalendarDate } from "../../src/domain/calendarDate";
import type { Filing } from "../../src/domain/filing/filing";
import { filingStatusFromLabel } from "../../src/domain/filing/filingStatus";
import type { AcknowledgementNumber, Pan, Tan } from "../../src/domain/identifiers";
import { maskAadhaar, maskAccountNumber } from "../../src/domain/masks";
import { rupees } from "../../src/domain/rupees";
import type { TaxCredit, TaxCreditStatement } from "../../src/domain/statements/taxCredits";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import { readTdsSection } from "../../src/domain/statements/tdsSection";
import type { Persona } from "../../src/providers/persona";

const fullAadhaar = "234567890124";
const fullAccount = "00501234567890";

/** An invented salaried person with two years of returns, the later one revised. Tests change what they look at. */
export function testPersona(changes: Partial<Persona> = {}): Persona {
  return {
    pan: "ZZZPA1234C" as Pan,
    title: "files in time, and once again",
    password: "Monsoon@2026",
    portal: "OPEN",
    profile: {
      name: "ASHA PATIL",
      dateOfBirth: "1988-05-14" as CalendarDate,
      gender: "FEMALE",
      email: "asha@example.com",
      mobile: "9800000001",
      address: { lines: ["12 Lake Road", "Karve Nagar"], city: "Pune", state: "Maharashtra", postalCode: "411001" },
      aadhaar: maskAadhaar(fullAadhaar)!,
      aadhaarLink: { linked: true },
    },
    fullAadhaar,
    fatherName: "VIJAY PATIL",
    residence: "RES",
    fullBankAccounts: [
      {
        accountNumber: fullAccount,
        kind: "SAVINGS",
        bankName: "Invented Bank",
        ifsc: "INVB0000001",
        isForRefund: true,
      },
    ],
    filings: [
      testFiling(2024, { kind: "REVISED", section: "139(5)", filedOn: day("2025-11-20"), ...ack("123456789201125") }),
      testFiling(2024, { filedOn: day("2025-07-10"), ...ack("123456789100725") }),
      testFiling(2023, { filedOn: day("2024-07-12"), ...ack("123456789120724") }),
    ],
    taxCredits: [testTaxCredits(2024), testTaxCredits(2023)],
    informationStatements: [2024, 2023].map((year) => ({
      incomeYear: year as IncomeYear,
      entries: [
        {
          part: "FINANCIAL_TRANSACTION",
          code: "SFT-016(SB)",
          description: "Interest income (SFT-016) - Savings",
          category: "Interest from savings bank",
          reportedBy: "INVENTED BANK",
          count: 1,
          amount: rupees(12_345),
          derivedAmount: rupees(12_345),
        },
      ],
    })),
    demands: [],
    compliance: undefined,
    ...changes,
  };
}

export function testFiling(incomeYear: number, changes: Partial<Filing> = {}): Filing {
  const filedOn = changes.filedOn ?? day(`${incomeYear + 1}-07-10`);
  const step = (label: string) => ({ label, status: filingStatusFromLabel(label), occurredOn: filedOn });
  const statusHistory = [step("ITR Filed"), step("Successfully e-verified"), step("Processed with no demand/refund")];
  return {
    incomeYear: incomeYear as IncomeYear,
    form: "ITR_1",
    kind: "ORIGINAL",
    section: "139(1)",
    filedOn,
    dueOn: day(`${incomeYear + 1}-07-31`),
    timeliness: filedOn <= `${incomeYear + 1}-07-31` ? "ON_TIME" : "LATE",
    status: "PROCESSED",
    statusHistory,
    regime: "OLD",
    incomeHeads: {
      salary: rupees(900_000),
      houseProperty: rupees(0),
      businessOrProfession: null,
      capitalGains: null,
      otherSources: rupees(12_345),
    },
    grossTotalIncome: rupees(912_345),
    deductions: rupees(150_000),
    totalIncome: rupees(762_350),
    demand: rupees(0),
    bankAccounts: [
      {
        accountNumber: maskAccountNumber(fullAccount)!,
        kind: "SAVINGS",
        bankName: "Invented Bank",
        ifsc: "INVB0000001",
        isForRefund: true,
      },
    ],
    ...changes,
  };
}

/** An employer in two instalments, and a bank that took back what it had booked. */
export function testTaxCredits(incomeYear: number): TaxCreditStatement {
  const credit = (section: string, amount: number, tax: number, changes: Partial<TaxCredit> = {}): TaxCredit => ({
    kind: "DEDUCTED",
    section: readTdsSection(section),
    sectionLabel: section,
    bookingStatus: "FINAL",
    transactedOn: day(`${incomeYear}-09-30`),
    bookedOn: day(`${incomeYear}-11-08`),
    amountPaid: rupees(amount),
    taxWithheld: rupees(tax),
    taxDeposited: rupees(tax),
    ...changes,
  });
  return {
    incomeYear: incomeYear as IncomeYear,
    deductors: [
      {
        name: "INVENTED SYSTEMS LIMITED",
        tan: "PNEI01234A" as Tan,
        credits: [credit("192", 450_000, 36_000), credit("192", 450_000, 36_000, { bookingStatus: "PROVISIONAL" })],
      },
      {
        name: "INVENTED BANK",
        tan: "MUMI04321B" as Tan,
        credits: [credit("194A", 20_000, 2_000), credit("194A", -20_000, -2_000, { bookingStatus: "UNMATCHED" })],
      },
    ],
  };
}

function day(text: string): CalendarDate {
  return text as CalendarDate;
}

function ack(text: string): { acknowledgementNumber: AcknowledgementNumber } {
  return { acknowledgementNumber: text as AcknowledgementNumber };
}
