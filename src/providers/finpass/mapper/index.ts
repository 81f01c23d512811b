import {
  absent,
  failed,
  found,
  unsupported,
  type Answer,
  type DocumentKind,
  type Provenance,
  instantAt,
  type IncomeYear,
} from "../../../domain";
import { listingAnswer, ofYear, providerFault, type Listing } from "../../replies";
import type { Reading, ReadingWish } from "../../provider";
import type { AnalyzedReturns } from "../contract";
import { readFilingsShape } from "./filingsShape";
import { readRecordsShape } from "./recordsShape";
import type { Reported } from "./told";

const nothing: Reported = {
  profile: undefined,
  aadhaarLink: undefined,
  filings: { entries: [], isWhole: true },
  filesByYear: new Map(),
  taxCredits: undefined,
  demands: undefined,
};

export function toReadings(returns: AnalyzedReturns, wish: ReadingWish, nowMs: number): readonly Reading[] {
  const told = read(returns);
  const provenance: Provenance = { provider: "FINPASS", method: "REPORTED", fetchedAt: instantAt(nowMs) };
  return wish.documents.flatMap((document) => readingsOf(document, told, wish.incomeYears, provenance));
}

function read(returns: AnalyzedReturns): Reported {
  switch (returns.shape) {
    case "RECORDS":
      return readRecordsShape(returns.told);
    case "FILINGS":
      return readFilingsShape(returns.told);
    case "NO_RETURNS":
      return nothing;
  }
}

function readingsOf(
  document: DocumentKind,
  told: Reported,
  incomeYears: readonly IncomeYear[],
  provenance: Provenance,
): readonly Reading[] {
  switch (document) {
    case "PROFILE":
      return [{ document, incomeYear: undefined, answer: answerOf(told.profile, provenance) }];
    case "AADHAAR_LINK":
      return [{ document, incomeYear: undefined, answer: answerOf(told.aadhaarLink, provenance) }];
    case "DEMANDS": {
      const answer = told.demands ? listingAnswer(told.demands, provenance) : unsupported("FINPASS");
      return [{ document, incomeYear: undefined, answer }];
    }
    case "FILINGS": {
      return incomeYears.map((incomeYear) => {
        const files = told.filesByYear.get(incomeYear);
        const method = files ? "PARSED" : "REPORTED";
        const answer = listingAnswer(ofYear(told.filings, incomeYear), { ...provenance, method });
        return { document, incomeYear, answer, ...(files && { files }) };
      });
    }
    case "TAX_CREDITS":
      return incomeYears.map((incomeYear) => ({
        document,
        incomeYear,
        answer: told.taxCredits ? oneOf(ofYear(told.taxCredits, incomeYear), provenance) : unsupported("FINPASS"),
      }));
    case "COMPLIANCE":
    case "INFORMATION_STATEMENT":
    case "VERIFICATION_FORM":
      return [{ document, incomeYear: undefined, answer: unsupported("FINPASS") }];
  }
}

function answerOf<T>(value: T | undefined, provenance: Provenance): Answer<T> {
  return value === undefined ? unsupported("FINPASS") : found(value, provenance);
}

/** A statement without one of its rows would look like a whole one. */
function oneOf<T>(listing: Listing<T>, provenance: Provenance): Answer<T> {
  if (!listing.isWhole) {
    return failed("FINPASS", providerFault("FINPASS", "PROVIDER_BAD_RESPONSE", "a list could not be read"));
  }
  const answer = listingAnswer(listing, provenance);
  if (answer.outcome !== "FOUND") return answer;
  const [value] = answer.value;
  return value === undefined ? absent(provenance) : { ...answer, value };
}
