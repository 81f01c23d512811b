// The invented taxpayers that every server under measurement tells of: the same facts, in domain words.
const returnsAboutYears = [2024, 2023, 2022];
export const taxpayersPerOperation = 20;
export const groups = 64;

/** So many are stored: enough that a measurement asks for each of them once. */
export const storedTaxpayers = Number(process.env.TAXPAYERS ?? 51_200);

/** Those that take turns where data is asked for again, and that the peers without a store hold in memory. */
export const pans = Array.from({ length: groups * taxpayersPerOperation }, (_, at) => panAt(at));

export function panAt(at) {
  return `ZZZPB${1_000 + (at % 9_000)}${"CDEFGHIJKLMNOPQRSTUVWXYZ"[Math.floor(at / 9_000)]}`;
}

export function groupOfPans(group) {
  return Array.from({ length: taxpayersPerOperation }, (_, at) => panAt(group * taxpayersPerOperation + at));
}

export function complianceOf(pan) {
  return {
    itrFiled: true,
    standing: "COMPLIANT",
    standingLabel: "Compliant",
    filingStatus: "PROCESSED",
    filingStatusLabel: "Processed",
    incomeYear: 2024,
    filedOn: "2025-07-10",
    acknowledgementNumber: `1${numberOf(pan)}56789100725`.slice(0, 15),
    checkedAt: "2026-06-01T09:00:00.000Z",
  };
}

export function filingsOf(pan) {
  return returnsAboutYears.map((incomeYear) => filingOf(pan, incomeYear));
}

/** Amounts are whole paise, as everywhere inside. */
function filingOf(pan, incomeYear) {
  const salary = (500_000 + numberOf(pan) * 10 + incomeYear) * 100;
  const [houseProperty, capitalGains, otherSources] = [-12_000_00, 45_000_50, 8_250_25];
  const total = salary + houseProperty + capitalGains + otherSources;
  return {
    acknowledgementNumber: `${incomeYear}${numberOf(pan)}1234567`,
    incomeYear,
    form: "ITR_2",
    kind: "ORIGINAL",
    section: "139(1)",
    filedOn: `${incomeYear + 1}-07-10`,
    dueOn: `${incomeYear + 1}-07-31`,
    timeliness: "ON_TIME",
    status: "PROCESSED",
    statusHistory: [{ status: "PROCESSED", label: "ITR Processed", occurredOn: `${incomeYear + 1}-09-01` }],
    regime: "NEW",
    incomeHeads: { salary, houseProperty, businessOrProfession: null, capitalGains, otherSources },
    grossTotalIncome: total,
    deductions: 0,
    totalIncome: total,
    taxesPaid: {
      advanceTax: null,
      taxDeducted: 40_000_00,
      taxCollected: null,
      selfAssessmentTax: null,
      total: 40_000_00,
      balancePayable: null,
    },
    refund: { claimed: 1_200_00 },
    demand: 0,
    bankAccounts: [{ accountNumber: "XXXXXX0001", kind: "SAVINGS", bankName: "State Bank of India" }],
  };
}

/** With the schedules that insights read. */
export function detailedFilingsOf(pan) {
  return filingsOf(pan).map((filing) => {
    const { salary, otherSources, capitalGains } = filing.incomeHeads;
    return {
      ...filing,
      salaries: [{ employer: "INVENTED EMPLOYER LIMITED", gross: salary + 75_000_00, taxDeducted: 40_000_00 }],
      houseProperties: [{ use: "SELF_OCCUPIED", grossRent: null, interestOnLoan: 12_000_00, income: -12_000_00 }],
      otherIncome: [{ kind: "INTEREST", amount: otherSources }],
      capitalGains: { shortTerm: capitalGains, longTerm: 0, exemptions: 0, gains: [] },
      agriculturalIncome: 0,
      exemptIncome: 0,
      deductionsBySection: [],
    };
  });
}

/** Two statements for each year: four payments of the employer, and what a bank and a depository report. */
export function statementsOf(pan) {
  return detailedFilingsOf(pan).flatMap(({ incomeYear, salaries: [{ gross }], incomeHeads }) => [
    { document: "TAX_CREDITS", value: creditsOf(incomeYear, gross) },
    { document: "INFORMATION_STATEMENT", value: reportedOf(incomeYear, incomeHeads) },
  ]);
}

function creditsOf(incomeYear, gross) {
  const credits = ["06-30", "09-30", "12-31", "12-31"].map((day) => ({
    kind: "DEDUCTED",
    section: "192",
    sectionLabel: "192",
    bookingStatus: "FINAL",
    transactedOn: `${incomeYear}-${day}`,
    bookedOn: `${incomeYear}-${day}`,
    amountPaid: gross / 4,
    taxWithheld: 10_000_00,
    taxDeposited: 10_000_00,
  }));
  return { incomeYear, deductors: [{ name: "INVENTED EMPLOYER LIMITED", tan: "BLRN90001A", credits }] };
}

function reportedOf(incomeYear, { otherSources, capitalGains }) {
  const entry = (code, amount) => ({
    part: "FINANCIAL_TRANSACTION",
    code,
    reportedBy: "INVENTED BANK LIMITED",
    amount,
    derivedAmount: amount,
  });
  return { incomeYear, entries: [entry("SFT-016(SB)", otherSources), entry("SFT-17-LES(M)", 4 * capitalGains)] };
}

export const incomeYears = returnsAboutYears;

function numberOf(pan) {
  return Number(pan.slice(5, 9));
}
