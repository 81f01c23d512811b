// The same JSON without GraphQL: whoever wrote this by hand for one page of one frontend would be this fast.
import { createServer } from "node:http";
import { assessmentYearOf, complianceReader, heldFilingsOf, holderTypeOf, maskPan } from "./source.mjs";

const readCompliance = complianceReader("clients");
const isHeld = process.env.VENDOR_URL === undefined;

const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", async () => {
    const { variables } = JSON.parse(Buffer.concat(chunks).toString());
    const answer = variables.pans ? big(variables.pans) : small(variables.pan);
    const text = JSON.stringify({ data: answer instanceof Promise ? await answer : answer });
    response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
    response.end(text);
  });
});
server.listen(0, "127.0.0.1", () => console.log(`listening http://127.0.0.1:${server.address().port}/graphql`));

function big(pans) {
  if (isHeld) return { taxpayers: pans.map((pan) => whole(pan, readCompliance(pan))) };
  return Promise.all(pans.map(async (pan) => checked(pan, await readCompliance(pan)))).then((taxpayers) => ({
    taxpayers,
  }));
}

function small(pan) {
  const told = readCompliance(pan);
  const answer = ({ standing }) => ({ taxpayer: { ...named(pan), compliance: { standing } } });
  return told instanceof Promise ? told.then(answer) : answer(told);
}

function whole(pan, compliance) {
  return { ...checked(pan, compliance), filings: { nodes: heldFilingsOf(pan).map(toFiling) } };
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
