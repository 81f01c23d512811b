import {
  type Provenance,
  instantAt,
  type Filing,
  filingSectionOf,
  readAcknowledgementNumber,
  incomeYearFromFinancialYear,
  type VerificationForm,
} from "../../domain";
import { listingAnswer, ofYear, type Listing } from "../replies";
import type { Reading, ReadingWish } from "../provider";
import type { VerifiedReturn } from "./contract";

/** Without a wish it tells of every year that there is, and of no year in particular when there is none. */
export function toReadings(told: Listing<VerifiedReturn>, nowMs: number, wish?: ReadingWish): readonly Reading[] {
  const provenance: Provenance = { provider: "TUTELAR", method: "REPORTED", fetchedAt: instantAt(nowMs) };
  const forms = toVerificationForms(told);
  const years = [...new Set(forms.entries.map(({ incomeYear }) => incomeYear))];
  const incomeYears = wish?.incomeYears ?? (years.length > 0 ? years : [undefined]);
  const readings = incomeYears.flatMap((incomeYear): Reading[] => {
    const { entries, isWhole } = incomeYear === undefined ? forms : ofYear(forms, incomeYear);
    // That there is a return is concluded from its form, and whoever tells of the return itself is believed before.
    const filings = { entries: entries.map(toFiling), isWhole };
    return [
      { document: "VERIFICATION_FORM", incomeYear, answer: listingAnswer({ entries, isWhole }, provenance) },
      { document: "FILINGS", incomeYear, answer: listingAnswer(filings, { ...provenance, method: "DERIVED" }) },
    ];
  });
  return wish === undefined ? readings : readings.filter(({ document }) => wish.documents.includes(document));
}

function toVerificationForms({ entries, isWhole }: Listing<VerifiedReturn>): Listing<VerificationForm> {
  const forms = entries.map(toVerificationForm).filter((form) => form !== undefined);
  return { entries: forms, isWhole: isWhole && forms.length === entries.length };
}

function toVerificationForm(told: VerifiedReturn): VerificationForm | undefined {
  const incomeYear = incomeYearFromFinancialYear(told.filingYear ?? "");
  if (incomeYear === undefined) return undefined;
  return {
    incomeYear,
    acknowledgementNumber: readAcknowledgementNumber(told.acknowledgementNumber ?? ""),
    kind: filingSectionOf(told.filingType ?? "")?.kind ?? "OTHER",
    location: told.assessmentPdf,
  };
}

/** The form proves that the return was received. What it says of income is in the file alone. */
function toFiling({ incomeYear, acknowledgementNumber, kind }: VerificationForm): Filing {
  return {
    incomeYear,
    acknowledgementNumber,
    kind,
    form: "UNKNOWN",
    timeliness: "UNKNOWN",
    status: "FILED",
    statusHistory: [],
    regime: "UNKNOWN",
    grossTotalIncome: null,
    deductions: null,
    totalIncome: null,
    demand: null,
    bankAccounts: [],
  };
}
