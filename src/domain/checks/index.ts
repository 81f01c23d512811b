import { type Word, vocabulary } from "../vocabulary";
import type { Filing } from "../filing";
import { reckoned } from "../rupees";
import type { Severity } from "../answer";
import type { TaxCreditStatement } from "../statements";
import type { Profile } from "../taxpayer";
import { notPossible, type Check, type Finding } from "./check";
import { taxCreditsCoverClaim } from "./claimedCredits";
import { acknowledgementDated, filedInTime } from "./dates";
import { taxRecomputed } from "./recomputedTax";
import { headsAddUp, settlementAddsUp, totalIncomeAddsUp } from "./sums";

export type { Check } from "./check";

/** What is known of the taxpayer beside the return. */
export interface CheckContext {
  readonly taxCredits?: TaxCreditStatement | undefined;
  readonly profile?: Profile | undefined;
}

interface Rule {
  readonly severity: Severity;
  readonly find: (filing: Filing, context: CheckContext) => Finding;
}

const rules: Record<Word<"CheckName">, Rule> = {
  HEADS_ADD_UP: { severity: "SERIOUS", find: headsAddUp },
  TOTAL_INCOME_ADDS_UP: { severity: "SERIOUS", find: totalIncomeAddsUp },
  SETTLEMENT_ADDS_UP: { severity: "SERIOUS", find: settlementAddsUp },
  FILED_IN_TIME: { severity: "WARNING", find: filedInTime },
  ACKNOWLEDGEMENT_DATED: { severity: "INFO", find: acknowledgementDated },
  TAX_CREDITS_COVER_CLAIM: {
    severity: "WARNING",
    find: (filing, { taxCredits }) => taxCreditsCoverClaim(filing, taxCredits),
  },
  TAX_RECOMPUTED: { severity: "WARNING", find: (filing, { profile }) => taxRecomputed(filing, profile) },
};

/** All checks of a return, also those that what is told does not suffice for. */
export function checksOf(filing: Filing, context: CheckContext = {}): readonly Check[] {
  return vocabulary.CheckName.map((name) => {
    const { severity, find } = rules[name];
    return { name, severity, ...reckoned(() => find(filing, context), tooLarge) };
  });
}

const tooLarge = notPossible("The amounts are larger than those of any return.");

/** The serious checks that this return fails: they need the return alone. */
export function seriousFailuresIn(filing: Filing): readonly Word<"CheckName">[] {
  const serious = vocabulary.CheckName.filter((name) => rules[name].severity === "SERIOUS");
  return serious.filter((name) => reckoned(() => rules[name].find(filing, {}), tooLarge).outcome === "FAILED");
}
