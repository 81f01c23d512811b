// What an underwriter works out from a few years of returns, under the lender's own policy. Figures, and never a verdict.
export { stabilities, type Stability } from "./assessable";
export { crossCheckNames, crossCheckOutcomes, type CrossCheckName, type CrossCheckOutcome } from "./crossChecks";
export { figureStates, type Figure, type FigureState } from "./figure";
export { incomeInsights, type IncomeInsights, type KnownReturns } from "./insights";
export {
  averagings,
  businessBases,
  canonicalPolicy,
  flawOfPolicy,
  standardPolicy,
  type Averaging,
  type BusinessBasis,
  type IncomePolicy,
} from "./policy";
export { crossCheckText, exclusionText, figureText, formulaText, locales, type Locale } from "./wording";
