import { seriousFailuresIn } from "../checks";
import type { Filing, ReturnForm } from "../filing";
import type { ReconciledFiling } from "../reconcile";
import { lazy } from "../../kernel";
import { assessmentYearLabel } from "../taxPeriod";
import type { Doubt } from "./figure";

/** The return of a year that counts, with what is doubtful about it. */
export interface YearReturn {
  readonly filing: Filing;
  /** "2025-26". */
  readonly year: string;
  /** "filings.2025-26". */
  readonly place: string;
  readonly doubtsAt: (paths: readonly string[]) => readonly Doubt[];
}

/** What a wrong sum of the heads casts doubt on: the heads, and what they are made of. */
const behindHeads = [
  "incomeHeads",
  "grossTotalIncome",
  "salaries",
  "houseProperties",
  "business",
  "capitalGains",
  "otherIncome",
];
const restsOnCheck: Readonly<Record<string, readonly string[]>> = {
  HEADS_ADD_UP: behindHeads,
  TOTAL_INCOME_ADDS_UP: ["grossTotalIncome", "deductions", "totalIncome"],
  SETTLEMENT_ADDS_UP: ["tax", "taxesPaid", "refund", "demand"],
};

export function yearReturnOf({ filing, disagreements }: ReconciledFiling): YearReturn {
  const year = assessmentYearLabel(filing.incomeYear);
  const place = `filings.${year}`;
  const failures = lazy(() => seriousFailuresIn(filing));
  return {
    filing,
    year,
    place,
    doubtsAt(paths) {
      const isTouched = (path: string) => paths.some((each) => meet(each, `${place}.${path}`));
      return [
        ...disagreements
          .filter(({ path }) => isTouched(path))
          .map(({ path }) => ({ kind: "DISPUTED", path: `${place}.${path}` }) as const),
        ...failures()
          .filter((check) => restsOnCheck[check]?.some(isTouched))
          .map((check) => ({ kind: "CHECK_FAILED", check, place }) as const),
      ];
    },
  };
}

/** Whether one of two paths is within the other. */
function meet(one: string, other: string): boolean {
  const [shorter, longer] = one.length < other.length ? [one, other] : [other, one];
  return longer.startsWith(shorter) && ["", ".", "["].includes(longer.charAt(shorter.length));
}

const cannotHoldSalary: readonly ReturnForm[] = ["ITR_5", "ITR_6", "ITR_7"];
const cannotHoldBusiness: readonly ReturnForm[] = ["ITR_1", "ITR_2"];

export function mayHaveSalary({ form }: Filing): boolean {
  return !cannotHoldSalary.includes(form);
}

export function mayHaveBusiness({ form }: Filing): boolean {
  return !cannotHoldBusiness.includes(form);
}
