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
import { badResponse, listingAnswer, ofYear, type Listing } from "../../replies";
import type { Reading, ReadRequest } from "../../provider";
import type { AnalyzedReturns } from "../contract";
import { readFilingsShape } from "./filingsShape";
import { readRecordsShape } from "./recordsShape";
import type { Reported } from "./reported";

const nothing: Reported = {
  profile: undefined,
  aadhaarLink: undefined,
  filings: { entries: [], isWhole: true },
  filesByYear: new Map(),
  taxCredits: undefined,
  demands: undefined,
};

export function toReadings(returns: AnalyzedReturns, request: ReadRequest, nowMs: number): readonly Reading[] {
  const reported = read(returns);
  const provenance: Provenance = { provider: "FINPASS", method: "REPORTED", fetchedAt: instantAt(nowMs) };
  return request.documents.flatMap((document) => readingsOf(document, reported, request.incomeYears, provenance));
}

function read(returns: AnalyzedReturns): Reported {
  switch (returns.shape) {
    case "RECORDS":
      return readRecordsShape(returns.body);
    case "FILINGS":
      return readFilingsShape(returns.body);
    case "NO_RETURNS":
      return nothing;
  }
}

function readingsOf(
  document: DocumentKind,
  reported: Reported,
  incomeYears: readonly IncomeYear[],
  provenance: Provenance,
): readonly Reading[] {
  switch (document) {
    case "PROFILE":
      return [{ document, incomeYear: undefined, answer: answerOf(reported.profile, provenance) }];
    case "AADHAAR_LINK":
      return [{ document, incomeYear: undefined, answer: answerOf(reported.aadhaarLink, provenance) }];
    case "DEMANDS": {
      const answer = reported.demands ? listingAnswer(reported.demands, provenance) : unsupported("FINPASS");
      return [{ document, incomeYear: undefined, answer }];
    }
    case "FILINGS": {
      return incomeYears.map((incomeYear) => {
        const files = reported.filesByYear.get(incomeYear);
        const method = files ? "PARSED" : "REPORTED";
        const answer = listingAnswer(ofYear(reported.filings, incomeYear), { ...provenance, method });
        return { document, incomeYear, answer, ...(files && { files }) };
      });
    }
    case "TAX_CREDITS":
      return incomeYears.map((incomeYear) => ({
        document,
        incomeYear,
        answer: reported.taxCredits
          ? oneOf(ofYear(reported.taxCredits, incomeYear), provenance)
          : unsupported("FINPASS"),
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

/** A statement with an unreadable row must not be stored as the whole. */
function oneOf<T>(listing: Listing<T>, provenance: Provenance): Answer<T> {
  if (!listing.isWhole) {
    return failed("FINPASS", badResponse("FINPASS", "a list could not be read"));
  }
  const answer = listingAnswer(listing, provenance);
  if (answer.outcome !== "FOUND") return answer;
  const [value] = answer.value;
  return value === undefined ? absent(provenance) : { ...answer, value };
}
