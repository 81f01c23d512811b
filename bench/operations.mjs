// What is asked of every server: two operations, each as held data answers it and as a vendor must.
import { groupOfPans, groups, storedTaxpayers, taxpayersPerOperation } from "./world.mjs";

const held = {
  big: `query Big($pans: [Pan!]!) { taxpayers(pans: $pans) { pan holderType
    compliance { itrFiled standing filingStatus assessmentYear filedOn }
    filings(first: 3) { nodes { assessmentYear form filedOn status totalIncome
      incomeHeads { salary houseProperty businessOrProfession capitalGains otherSources } } } } }`,
  small: `query Small($pan: Pan!) { taxpayer(pan: $pan) { pan holderType compliance { standing } } }`,
};

const fromVendor = {
  big: `query Big($pans: [Pan!]!) { taxpayers(pans: $pans) { pan holderType
    compliance(maxAgeSeconds: 0) { itrFiled standing filingStatus assessmentYear filedOn } } }`,
  small: `query Small($pan: Pan!) { taxpayer(pan: $pan) { pan holderType compliance(maxAgeSeconds: 0) { standing } } }`,
};

/** One body for each group of taxpayers, so that operations under way at the same time ask of different people. */
export function bodiesOf(operation, { isHeld, isFirst = false }) {
  const query = (isHeld ? held : fromVendor)[operation];
  const count = isFirst ? Math.floor(storedTaxpayers / taxpayersPerOperation) : groups;
  return Array.from({ length: count }, (_, group) => {
    const pans = groupOfPans(group);
    return JSON.stringify({ query, variables: operation === "big" ? { pans } : { pan: pans[0] } });
  });
}
