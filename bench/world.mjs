// The invented taxpayers that every server under measurement tells of: the same facts, in domain words.
const returnsAboutYears = [2024, 2023, 2022];
export const taxpayersPerOperation = 20;
export const groups = 64;

export const pans = Array.from({ length: groups * taxpayersPerOperation }, (_, at) => `ZZZPB${1_000 + at}C`);

export function groupOfPans(group) {
  return pans.slice(group * taxpayersPerOperation, (group + 1) * taxpayersPerOperation);
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

export const incomeYears = returnsAboutYears;

function numberOf(pan) {
  return Number(pan.slice(5, 9));
}
