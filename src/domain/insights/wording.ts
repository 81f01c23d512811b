import { printRupees } from "../rupees";
import type { CrossCheck, CrossCheckName } from "./crossChecks";
import { evaluate, isRising, type Expression } from "./expression";
import type { Figure } from "./figure";
import type { Label } from "./labels";
import type { Exclusion } from "./yearIncome";

export const locales = ["EN", "HI"] as const;
export type Locale = (typeof locales)[number];

type Texts<Key extends string> = Readonly<Record<Key, readonly [english: string, hindi: string]>>;

function textIn<Key extends string>(texts: Texts<Key>, key: Key, locale: Locale): string {
  return texts[key][locale === "EN" ? 0 : 1];
}

const labelTexts: Texts<Label> = {
  grossSalary: ["gross salary", "सकल वेतन"],
  headOfSalary: ["salary after the standard deduction", "मानक कटौती के बाद वेतन"],
  headOfBusiness: ["declared business income", "घोषित व्यवसाय आय"],
  netProfit: ["net profit before tax", "कर पूर्व शुद्ध लाभ"],
  taxOnProfit: ["tax on the profit", "लाभ पर कर"],
  depreciation: ["depreciation", "मूल्यह्रास"],
  interestPaid: ["interest paid on loans", "ऋण पर दिया ब्याज"],
  remuneration: ["partner's remuneration", "साझेदार का पारिश्रमिक"],
  partnersInterest: ["partner's interest", "साझेदार का ब्याज"],
  grossProfit: ["gross profit", "सकल लाभ"],
  turnover: ["turnover", "कारोबार"],
  grossRent: ["gross rent", "सकल किराया"],
  headOfHouseProperty: ["income from house property", "गृह संपत्ति से आय"],
  interest: ["interest", "ब्याज"],
  dividend: ["dividend", "लाभांश"],
  familyPension: ["family pension", "पारिवारिक पेंशन"],
  agriculturalIncome: ["agricultural income", "कृषि आय"],
  salary: ["salary", "वेतन"],
  business: ["business", "व्यवसाय"],
  rent: ["rent", "किराया"],
  other: ["other income", "अन्य आय"],
  agricultural: ["agricultural income that counts", "गिनी गई कृषि आय"],
  recurring: ["recurring income", "नियमित आय"],
  growthCapped: ["latest year after the cap", "सीमा के बाद नवीनतम वर्ष"],
  noneInForm: ["the form has no place for it", "इस फ़ॉर्म में इसका स्थान नहीं है"],
  noneInReturn: ["the return has none", "रिटर्न में यह नहीं है"],
};

const phraseTexts = {
  notPossible: ["not possible: what it needs is not told", "संभव नहीं: आवश्यक जानकारी नहीं मिली"],
  lowerOf: ["the lowest of", "इनमें सबसे कम:"],
  notBelowZero: ["counted as 0 where negative:", "ऋणात्मक हो तो 0:"],
  meanOf: ["the mean of", "इनका औसत:"],
  rising: ["no year is below the year before it, so the mean of", "कोई वर्ष पिछले से कम नहीं, इसलिए औसत:"],
  notRising: ["a year is below the year before it, so the latest of", "कोई वर्ष पिछले से कम है, इसलिए नवीनतम:"],
  missing: ["Not told", "नहीं बताया गया"],
  disputed: ["Sources disagree about", "स्रोत असहमत हैं"],
  checkFailed: ["Fails a check", "जाँच में असफल"],
} as const satisfies Texts<string>;

/** A formula with its numbers: "gross salary ₹12,00,000.00 + gross salary ₹3,00,000.00". */
export function formulaText(formula: Expression | undefined, locale: Locale): string {
  return formula ? textOf(formula, locale) : textIn(phraseTexts, "notPossible", locale);
}

function textOf(formula: Expression, locale: Locale): string {
  const phrase = (key: keyof typeof phraseTexts) => textIn(phraseTexts, key, locale);
  const listed = (of: readonly Expression[]) => `(${of.map((each) => textOf(each, locale)).join("; ")})`;
  switch (formula.op) {
    case "INPUT":
      return `${textIn(labelTexts, formula.label, locale)} ${printRupees(formula.amount)}`;
    case "NOTHING":
      return textIn(labelTexts, formula.label, locale);
    case "SUM":
      return formula.of
        .map(({ isTakenOff, of }, at) => (at === 0 ? "" : isTakenOff ? " − " : " + ") + textOf(of, locale))
        .join("");
    case "TIMES": {
      const text = textOf(formula.of, locale);
      return `${formula.of.op === "INPUT" ? text : `(${text})`} × ${formula.factor.value}`;
    }
    case "LOWER_OF":
      return `${phrase("lowerOf")} ${listed(formula.of)}`;
    case "NOT_BELOW_ZERO":
      return `${phrase("notBelowZero")} ${textOf(formula.of, locale)}`;
    case "MEAN":
      return `${phrase("meanOf")} ${listed(formula.of)}`;
    case "MEAN_IF_RISING_ELSE_FIRST":
      return `${phrase(isRising(formula.of.map(evaluate)) ? "rising" : "notRising")} ${listed(formula.of)}`;
  }
}

/** Why a figure is flagged or not possible; undefined for one that is known. */
export function figureText({ missing, doubts }: Figure, locale: Locale): string | undefined {
  const disputed = doubts.flatMap((doubt) => (doubt.kind === "DISPUTED" ? [doubt.path] : []));
  const failed = doubts.flatMap((doubt) => (doubt.kind === "CHECK_FAILED" ? [`${doubt.place} (${doubt.check})`] : []));
  const lists = [
    ["missing", missing],
    ["disputed", disputed],
    ["checkFailed", failed],
  ] as const;
  const sentences = lists.flatMap(([key, paths]) =>
    paths.length === 0 ? [] : [`${textIn(phraseTexts, key, locale)}: ${paths.join(", ")}.`],
  );
  return sentences.length === 0 ? undefined : sentences.join(" ");
}

const leftTexts: Texts<CrossCheckName> = {
  SALARY_AGAINST_TAX_CREDITS: ["Salary in the return", "रिटर्न में वेतन"],
  TURNOVER_AGAINST_TAX_CREDITS: ["Turnover in the return", "रिटर्न में कारोबार"],
  TURNOVER_AGAINST_GST: ["Turnover in the return", "रिटर्न में कारोबार"],
  INTEREST_AGAINST_STATEMENT: ["Interest in the return", "रिटर्न में ब्याज"],
  DIVIDEND_AGAINST_STATEMENT: ["Dividend in the return", "रिटर्न में लाभांश"],
  SALES_WITHOUT_GAINS: ["Capital gains in the return", "रिटर्न में पूँजीगत लाभ"],
  TDS_CLAIM_AGAINST_DEPOSITS: ["Tax deducted as claimed", "दावा किया गया स्रोत पर कर"],
  REFUND_SHARE: ["Refund claimed", "दावा किया गया रिफ़ंड"],
  DEDUCTION_SHARE: ["Deductions", "कटौतियाँ"],
  DONATION_SHARE: ["Donations claimed", "दावा किए गए दान"],
};

const rightTexts: Texts<CrossCheckName> = {
  SALARY_AGAINST_TAX_CREDITS: ["salary in the tax credits", "कर क्रेडिट में वेतन"],
  TURNOVER_AGAINST_TAX_CREDITS: ["receipts in the tax credits", "कर क्रेडिट में प्राप्तियाँ"],
  TURNOVER_AGAINST_GST: ["GST turnover in the information statement", "सूचना विवरण में जीएसटी कारोबार"],
  INTEREST_AGAINST_STATEMENT: ["interest in the information statement", "सूचना विवरण में ब्याज"],
  DIVIDEND_AGAINST_STATEMENT: ["dividend in the information statement", "सूचना विवरण में लाभांश"],
  SALES_WITHOUT_GAINS: ["sales in the information statement", "सूचना विवरण में बिक्री"],
  TDS_CLAIM_AGAINST_DEPOSITS: ["tax deposited", "जमा किया गया कर"],
  REFUND_SHARE: ["tax deducted", "स्रोत पर काटा गया कर"],
  DEDUCTION_SHARE: ["gross total income", "सकल कुल आय"],
  DONATION_SHARE: ["gross total income", "सकल कुल आय"],
};

const outcomeTexts: Texts<CrossCheck["outcome"]> = {
  PASSED: ["No difference beyond the tolerance.", "सहनशीलता से अधिक अंतर नहीं।"],
  FLAGGED: ["Beyond the tolerance.", "सहनशीलता से अधिक।"],
  NOT_POSSIBLE: ["One side is not told.", "एक पक्ष की जानकारी नहीं मिली।"],
};

/** "Salary in the return ₹9,00,000.00, salary in the tax credits ₹12,00,000.00. Beyond the tolerance." */
export function crossCheckText({ name, outcome, left, right }: CrossCheck, locale: Locale): string {
  const side = (texts: Texts<CrossCheckName>, amount: typeof left) =>
    `${textIn(texts, name, locale)} ${amount === null ? "–" : printRupees(amount)}`;
  return `${side(leftTexts, left)}, ${side(rightTexts, right)}. ${textIn(outcomeTexts, outcome, locale)}`;
}

const exclusionTexts: Texts<Exclusion> = {
  CAPITAL_GAINS: ["capital gains", "पूँजीगत लाभ"],
  LOTTERY: ["lottery, games and races", "लॉटरी, खेल और दौड़"],
  VIRTUAL_ASSETS: ["virtual assets", "आभासी परिसंपत्तियाँ"],
  EXEMPT: ["exempt income", "छूट प्राप्त आय"],
  REFUND_INTEREST: ["interest on a tax refund", "कर रिफ़ंड पर ब्याज"],
  DEEMED: ["deemed income", "मानी गई आय"],
  OTHER: ["other income of no known kind", "अज्ञात प्रकार की अन्य आय"],
};

const reasonTexts: Texts<Exclusion> = {
  CAPITAL_GAINS: ["comes from a sale, and does not recur", "बिक्री से आता है, नियमित नहीं"],
  LOTTERY: ["comes by chance", "संयोग से आता है"],
  VIRTUAL_ASSETS: ["comes from a sale, and does not recur", "बिक्री से आता है, नियमित नहीं"],
  EXEMPT: ["not part of the taxed income", "करयोग्य आय का भाग नहीं"],
  REFUND_INTEREST: ["paid once, on a refund", "रिफ़ंड पर एक बार दिया गया"],
  DEEMED: ["brings no money", "इससे धन नहीं मिलता"],
  OTHER: ["not known to recur", "नियमित होना ज्ञात नहीं"],
};

export function exclusionText(what: Exclusion, locale: Locale): { readonly what: string; readonly reason: string } {
  return { what: textIn(exclusionTexts, what, locale), reason: textIn(reasonTexts, what, locale) };
}
