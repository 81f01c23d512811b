// What the two operations answer, put together by hand.
import { assessmentYearOf, holderTypeOf, maskPan } from "./source.mjs";

/** Compliance of each person; their filings where they are asked for. */
export function big(pans, told, filings) {
  return {
    taxpayers: pans.map((pan, at) => ({
      ...checked(pan, told[at]),
      ...(filings && { filings: { nodes: filings[at].map(toFiling) } }),
    })),
  };
}

export function small(pan, { standing }) {
  return { taxpayer: { ...named(pan), compliance: { standing } } };
}

function checked(pan, { itrFiled, standing, filingStatus, incomeYear, filedOn }) {
  const assessmentYear = assessmentYearOf(incomeYear);
  return { ...named(pan), compliance: { itrFiled, standing, filingStatus, assessmentYear, filedOn } };
}

function named(pan) {
  return { pan: maskPan(pan), holderType: holderTypeOf(pan) };
}

function toFiling({ incomeYear, form, filedOn, status, totalIncome, incomeHeads }) {
  const { salary, houseProperty, businessOrProfession, capitalGains, otherSources } = incomeHeads;
  return {
    assessmentYear: assessmentYearOf(incomeYear),
    form,
    filedOn,
    status,
    totalIncome: toRupees(totalIncome),
    incomeHeads: {
      salary: toRupees(salary),
      houseProperty: toRupees(houseProperty),
      businessOrProfession: toRupees(businessOrProfession),
      capitalGains: toRupees(capitalGains),
      otherSources: toRupees(otherSources),
    },
  };
}

function toRupees(paise) {
  return paise === null ? null : paise / 100;
}
