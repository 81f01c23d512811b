import type { ReturnForm, KnownRegime } from "../domain";

/** A line of the filing status that tells the regime. */
export interface RegimeFlag {
  readonly key: string;
  readonly regimeByAnswer: Readonly<Record<string, KnownRegime>>;
  /** The question is put only after this answer to an earlier one. */
  readonly after?: { readonly key: string; readonly answer: string };
  /** The income years whose forms have the line, and which forms. */
  readonly from: number;
  readonly until: number;
  readonly forms: readonly ReturnForm[];
}

const everyForm: readonly ReturnForm[] = ["ITR_1", "ITR_2", "ITR_3", "ITR_4"];
const withoutBusiness: readonly ReturnForm[] = ["ITR_1", "ITR_2"];
const withBusiness: readonly ReturnForm[] = ["ITR_3", "ITR_4"];
const noEnd = Infinity;

const optedOut: RegimeFlag["regimeByAnswer"] = { Y: "OLD", N: "NEW" };
const form10Iea = { from: 2025, until: noEnd, forms: withBusiness };
const form10IeaBefore = { from: 2024, until: 2024, forms: withBusiness };
const earlierChoice = "OptOutNewTaxRegime_Form10IEA_AY24_25";

/** Newest first. Of the questions about Form 10-IEA, this year's answer counts for more than an earlier year's. */
export const regimeFlags: readonly RegimeFlag[] = [
  { key: "F10IEACurrAYNewRegime", regimeByAnswer: { Y: "NEW" }, ...form10Iea },
  { key: "F10IEACurrAYOldRegime", regimeByAnswer: { Y: "OLD" }, ...form10Iea },
  { key: "Form10IEAEarlierAYOldRegime", regimeByAnswer: { Y: "OLD", N: "NEW", NA: "NEW" }, ...form10Iea },
  {
    key: "Yes_ContOptOutNewTaxReg",
    regimeByAnswer: optedOut,
    after: { key: earlierChoice, answer: "Y" },
    ...form10IeaBefore,
  },
  {
    key: "No_OptOutNewTaxReg",
    regimeByAnswer: optedOut,
    after: { key: earlierChoice, answer: "N" },
    ...form10IeaBefore,
  },
  {
    key: "NA_OptOutNewTaxReg",
    regimeByAnswer: optedOut,
    after: { key: earlierChoice, answer: "NA" },
    ...form10IeaBefore,
  },
  { key: "OptOutNewTaxRegime", regimeByAnswer: optedOut, from: 2024, until: noEnd, forms: withoutBusiness },
  { key: "OptOutNewTaxRegime", regimeByAnswer: optedOut, from: 2023, until: 2023, forms: everyForm },
  {
    key: "OptingNewTaxRegime",
    regimeByAnswer: { "1": "NEW", "2": "OLD", "3": "NEW", "4": "OLD", "5": "OLD" },
    from: 2021,
    until: 2022,
    forms: withBusiness,
  },
  { key: "NewTaxRegime", regimeByAnswer: { Y: "NEW", N: "OLD" }, from: 2021, until: 2022, forms: withoutBusiness },
  { key: "NewTaxRegime", regimeByAnswer: { Y: "NEW", N: "OLD" }, from: 2020, until: 2020, forms: everyForm },
];
