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
import type { Reading, ReadRequest } from "../provider";
import type { VerifiedReturn } from "./contract";

/** Without a request it has a reading for each year of the list, or one reading without a year for an empty list. */
export function toReadings(returns: Listing<VerifiedReturn>, nowMs: number, request?: ReadRequest): readonly Reading[] {
  const provenance: Provenance = { provider: "TUTELAR", method: "REPORTED", fetchedAt: instantAt(nowMs) };
  const forms = toVerificationForms(returns);
  const years = [...new Set(forms.entries.map(({ incomeYear }) => incomeYear))];
  const incomeYears = request?.incomeYears ?? (years.length > 0 ? years : [undefined]);
  const readings = incomeYears.flatMap((incomeYear): Reading[] => {
    const { entries, isWhole } = incomeYear === undefined ? forms : ofYear(forms, incomeYear);
    // The form proves that there is a return. A provider that has the return itself wins.
    const filings = { entries: entries.map(toFiling), isWhole };
    return [
      { document: "VERIFICATION_FORM", incomeYear, answer: listingAnswer({ entries, isWhole }, provenance) },
      { document: "FILINGS", incomeYear, answer: listingAnswer(filings, { ...provenance, method: "DERIVED" }) },
    ];
  });
  return request === undefined ? readings : readings.filter(({ document }) => request.documents.includes(document));
}

function toVerificationForms({ entries, isWhole }: Listing<VerifiedReturn>): Listing<VerificationForm> {
  const forms = entries.map(toVerificationForm).filter((form) => form !== undefined);
  return { entries: forms, isWhole: isWhole && forms.length === entries.length };
}

function toVerificationForm(verified: VerifiedReturn): VerificationForm | undefined {
  const incomeYear = incomeYearFromFinancialYear(verified.filingYear ?? "");
  if (incomeYear === undefined) return undefined;
  return {
    incomeYear,
    acknowledgementNumber: readAcknowledgementNumber(verified.acknowledgementNumber ?? ""),
    kind: filingSectionOf(verified.filingType ?? "")?.kind ?? "OTHER",
    location: verified.assessmentPdf,
  };
}

/** The form proves that the return was received. Only its PDF has the income. */
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
