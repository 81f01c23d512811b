import { readItrJson } from "../../../department";
import {
  absent,
  failed,
  found,
  type Provenance,
  instantAt,
  nameOfReturn,
  type Filing,
  type Pan,
  type IncomeYear,
  type Profile,
  type Found,
  type AadhaarLink,
} from "../../../domain";
import type { Fault } from "../../../kernel";
import type { Reading } from "../../provider";
import { badResponse, readableOf, type JsonObject } from "../../replies";
import { requirePanOrMask, requireReturnOf, requireYear } from "../../replySubject";
import type { ItrData, LinkStatus } from "../contract";
import { fromSummary } from "./summaryMapper";

/** A question for the latest filing, or for that of one year. */
interface Question {
  readonly pan: Pan;
  readonly incomeYear: IncomeYear | undefined;
  readonly nowMs: number;
}

/** The outcome of one question. An absent or failed one has its year too. */
export type Outcome =
  | {
      readonly is: "RETURN";
      readonly incomeYear: IncomeYear;
      readonly filing: Filing;
      readonly profile: Profile;
      /** The Department's own file, where the vendor sent one. */
      readonly file: JsonObject | undefined;
      readonly provenance: Provenance;
    }
  | { readonly is: "NONE"; readonly incomeYear: IncomeYear | undefined; readonly provenance: Provenance }
  | { readonly is: "FAILURE"; readonly incomeYear: IncomeYear | undefined; readonly fault: Fault };

/** Throws the registered fault of unreliable data. */
export function toOutcome(itrData: ItrData, { pan, incomeYear: asked, nowMs }: Question): Outcome {
  const provenanceBy = (method: Provenance["method"]): Provenance => {
    return { provider: "KWIKID", method, fetchedAt: instantAt(nowMs) };
  };
  if (itrData.says === "NO_FILING") return { is: "NONE", incomeYear: asked, provenance: provenanceBy("REPORTED") };
  const isFile = itrData.says === "RETURN_FILE";
  requirePanOrMask("KWIKID", pan, isFile ? itrData.file.pan : itrData.summary.pan);
  if (isFile) requireReturnOf("KWIKID", itrData.file, { pan, ...(asked !== undefined && { incomeYears: [asked] }) });
  const read = readableOf(() =>
    isFile ? readItrJson(itrData.file, { incomeYear: asked }) : fromSummary(itrData.summary, asked),
  );
  if (read === undefined) throw badResponse("KWIKID", "itr_data has no known shape, or an unreadable amount");
  const { filing, profile } = read;
  if (asked !== undefined) requireYear("KWIKID", [asked], filing.incomeYear);
  const provenance = provenanceBy(isFile ? "PARSED" : "REPORTED");
  if (filing.status === "NOT_FILED") return { is: "NONE", incomeYear: filing.incomeYear, provenance };
  const file = isFile ? itrData.file : undefined;
  return { is: "RETURN", incomeYear: filing.incomeYear, filing, profile, file, provenance };
}

/** Neither the verdict nor the vendor's message contains the Aadhaar number. */
export function toAadhaarLink({ linked, message }: LinkStatus, nowMs: number): Found<AadhaarLink> {
  const provenance: Provenance = { provider: "KWIKID", method: "REPORTED", fetchedAt: instantAt(nowMs) };
  return found({ linked, label: message }, provenance);
}

/** One reading for each outcome. The profile comes from the newest return. */
export function toReadings(
  outcomes: readonly Outcome[],
  { withProfile }: { withProfile: boolean },
): readonly Reading[] {
  const filings = outcomes.map(filingsReading);
  const profile = withProfile ? profileReading(outcomes) : undefined;
  return profile ? [...filings, profile] : filings;
}

function filingsReading(outcome: Outcome): Reading {
  const { incomeYear } = outcome;
  switch (outcome.is) {
    case "RETURN": {
      const { filing, file: json, provenance } = outcome;
      const files = json === undefined ? {} : { files: [{ name: nameOfReturn(filing), json }] };
      return { document: "FILINGS", incomeYear, answer: found([filing], provenance), ...files };
    }
    case "NONE":
      return { document: "FILINGS", incomeYear, answer: absent(outcome.provenance) };
    case "FAILURE":
      return { document: "FILINGS", incomeYear, answer: failed("KWIKID", outcome.fault) };
  }
}

function profileReading(outcomes: readonly Outcome[]): Reading | undefined {
  const returns = outcomes.filter((outcome) => outcome.is === "RETURN");
  const newest = returns.sort((a, b) => b.incomeYear - a.incomeYear)[0];
  const failure = outcomes.find((outcome) => outcome.is === "FAILURE");
  const none = outcomes.find((outcome) => outcome.is === "NONE");
  const about = { document: "PROFILE", incomeYear: undefined } as const;
  if (newest) return { ...about, answer: found(newest.profile, newest.provenance) };
  if (failure) return { ...about, answer: failed("KWIKID", failure.fault) };
  return none && { ...about, answer: absent(none.provenance) };
}
