import type { DocumentKind } from "../answer";
import { indianDayAt } from "../calendarDate";
import type { ConsentPurpose, ConsentTerms } from "../consent";
import { incomeYearLabel, type IncomeYear } from "../taxPeriod";
import type { Locale } from "../insights";
import { vocabulary } from "../vocabulary";

/** What a taxpayer is asked to agree to. */
interface NoticeFacts {
  /** The name of the one who asks, as taxpayers know it. */
  readonly requester: string;
  readonly terms: ConsentTerms;
  readonly documents: readonly DocumentKind[];
  readonly incomeYears: readonly IncomeYear[];
}

interface NoticeWords {
  readonly purposes: Readonly<Record<ConsentPurpose, string>>;
  readonly documents: Readonly<Record<DocumentKind, string>>;
  readonly months: readonly string[];
  /** Each returns one line. */
  readonly asks: (requester: string, purpose: string) => string;
  readonly reads: (documents: readonly string[]) => string;
  readonly years: (years: readonly string[]) => string;
  readonly from: (from: string, until: string) => string;
  readonly most: (fetches: number) => string;
  readonly keeps: (days: number) => string;
  readonly only: string;
  readonly withdraw: string;
}

const wordsByLocale: Readonly<Record<Locale, NoticeWords>> = {
  EN: {
    purposes: {
      CREDIT_UNDERWRITING: "to decide on a loan or credit for you",
      KYC: "to check who you are (KYC)",
      ONBOARDING: "to open your account",
      MONITORING: "to keep watch over a loan or service that you have",
      TAX_ASSISTANCE: "to help you with your taxes",
    },
    documents: {
      PROFILE: "your profile at the portal (name, date of birth, address)",
      COMPLIANCE: "whether your returns are filed",
      FILINGS: "your income-tax returns, with your income and tax",
      TAX_CREDITS: "your tax credits (Form 26AS)",
      INFORMATION_STATEMENT: "your annual information statement (AIS)",
      DEMANDS: "tax demands that are open",
      VERIFICATION_FORM: "the acknowledgements of your returns (ITR-V)",
      AADHAAR_LINK: "whether your PAN and Aadhaar are linked",
    },
    months: "January February March April May June July August September October November December".split(" "),
    asks: (requester, purpose) => `${requester} asks to read your income-tax records, ${purpose}.`,
    reads: (documents) => `What is read: ${documents.join("; ")}.`,
    years: (years) => `For the years of income: ${years.join(", ")}.`,
    from: (from, until) => `Reading is allowed from ${from} until ${until}.`,
    most: (fetches) => (fetches === 1 ? "It is read once." : `It is read at most ${fetches} times.`),
    keeps: (days) => `What was read is kept for ${days} ${days === 1 ? "day" : "days"}, and is then deleted.`,
    only: "It may be used for this purpose only.",
    withdraw:
      "You can withdraw at any time on the page of your receipt: reading ends, and what was read is deleted here.",
  },
  HI: {
    purposes: {
      CREDIT_UNDERWRITING: "ताकि आपके ऋण या क्रेडिट पर निर्णय लिया जा सके",
      KYC: "ताकि आपकी पहचान की जाँच हो सके (KYC)",
      ONBOARDING: "ताकि आपका खाता खोला जा सके",
      MONITORING: "ताकि आपके चालू ऋण या सेवा पर नज़र रखी जा सके",
      TAX_ASSISTANCE: "ताकि कर के काम में आपकी मदद की जा सके",
    },
    documents: {
      PROFILE: "पोर्टल पर आपकी प्रोफ़ाइल (नाम, जन्म तिथि, पता)",
      COMPLIANCE: "आपके रिटर्न भरे गए हैं या नहीं",
      FILINGS: "आपके आयकर रिटर्न, आपकी आय और कर सहित",
      TAX_CREDITS: "आपके टैक्स क्रेडिट (फ़ॉर्म 26AS)",
      INFORMATION_STATEMENT: "आपका वार्षिक सूचना विवरण (AIS)",
      DEMANDS: "बकाया कर माँगें",
      VERIFICATION_FORM: "आपके रिटर्न की पावतियाँ (ITR-V)",
      AADHAAR_LINK: "आपका PAN और आधार जुड़े हैं या नहीं",
    },
    months: "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर".split(" "),
    asks: (requester, purpose) => `${requester} आपके आयकर रिकॉर्ड पढ़ने की अनुमति माँगता है, ${purpose}।`,
    reads: (documents) => `क्या पढ़ा जाएगा: ${documents.join("; ")}।`,
    years: (years) => `आय के इन वर्षों के लिए: ${years.join(", ")}।`,
    from: (from, until) => `पढ़ने की अनुमति ${from} से ${until} तक है।`,
    most: (fetches) => (fetches === 1 ? "इसे एक बार पढ़ा जाएगा।" : `इसे अधिक से अधिक ${fetches} बार पढ़ा जाएगा।`),
    keeps: (days) => `पढ़ी गई जानकारी ${days} दिन रखी जाएगी, फिर मिटा दी जाएगी।`,
    only: "इसका उपयोग केवल इसी काम के लिए किया जा सकता है।",
    withdraw: "आप अपनी रसीद के पन्ने पर कभी भी सहमति वापस ले सकते हैं: पढ़ना बंद होगा, और यहाँ पढ़ी गई जानकारी मिटा दी जाएगी।",
  },
};

const kinds = vocabulary.DocumentKind;

/** The notice of a consent, line by line. The receipt keeps it as it was shown. */
export function consentNotice({ requester, terms, documents, incomeYears }: NoticeFacts, locale: Locale): string {
  const words = wordsByLocale[locale];
  const day = (ms: number) => dayText(ms, locale);
  return [
    words.asks(requester, words.purposes[terms.purpose]),
    // In one order, whatever order a provider names them in.
    words.reads(kinds.filter((kind) => documents.includes(kind)).map((kind) => words.documents[kind])),
    ...(incomeYears.length > 0 ? [words.years(incomeYears.map(incomeYearLabel))] : []),
    words.from(day(terms.startsAtMs), day(terms.expiresAtMs)),
    ...(terms.mostFetches === undefined ? [] : [words.most(terms.mostFetches)]),
    words.keeps(terms.dataLifeDays),
    words.only,
    words.withdraw,
  ].join("\n");
}

export function documentText(document: DocumentKind, locale: Locale): string {
  return wordsByLocale[locale].documents[document];
}

/** The day in India: "1 December 2026". */
export function dayText(ms: number, locale: Locale): string {
  const [year = "", month = "", day = ""] = indianDayAt(ms).split("-");
  return `${Number(day)} ${wordsByLocale[locale].months[Number(month) - 1] ?? ""} ${year}`;
}
