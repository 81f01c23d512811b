// What insights cost beside the query for the same returns alone: one server, the two in turns, their ratios.
import { join } from "node:path";
import { startOurs } from "./contenders.mjs";
import { median, otherCore, startScript, stop } from "./machine.mjs";
import { answerOf, measure } from "./measure.mjs";
import { groupOfPans, groups } from "./world.mjs";

const years = '["2025-26", "2024-25", "2023-24"]';
const filings = `filings(assessmentYears: ${years}, first: 3) { nodes { assessmentYear form filedOn status totalIncome
  incomeHeads { salary houseProperty businessOrProfession capitalGains otherSources } } }`;
const statements = JSON.parse(years)
  .map(
    (
      year,
      at,
    ) => `credits${at}: taxCredits(assessmentYear: "${year}") { creditedTotal deductors { name credits { section amountPaid } } }
  entries${at}: informationStatement(assessmentYear: "${year}") { entries { category } }`,
  )
  .join("\n");
const figures = `assessable { amount state missing } assessableMonthly { amount }
  years { assessmentYear recurring { amount state } salary { amount } other { amount } } trend { stability cagr }`;
const operations = {
  filings,
  "filings and statements": `${filings} ${statements}`,
  figures: `incomeInsights(assessmentYears: ${years}) { ${figures} }`,
  "figures and cross-checks": `incomeInsights(assessmentYears: ${years}) { ${figures} crossChecks { name outcome } }`,
};

/** Each body asks in an order of its own, so that no answer is given again; "repeated" bodies take turns instead. */
function bodiesOf(selection, isRepeated) {
  const query = `query Insights($pans: [Pan!]!) { taxpayers(pans: $pans) { pan ${selection} } }`;
  const count = isRepeated ? groups : groups * 100;
  return Array.from({ length: count }, (_, at) => {
    const pans = groupOfPans(at % groups);
    const turn = Math.floor(at / groups);
    const [first, second] = [turn % pans.length, Math.floor(turn / pans.length)];
    const turned = [...pans.slice(first), ...pans.slice(0, first)];
    turned.splice(second, 2, ...turned.slice(second, second + 2).toReversed());
    return JSON.stringify({ query, variables: { pans: isRepeated ? pans : turned } });
  });
}

export async function measureInsights(folder, { rounds, warmUpMs, measureMs, connections }) {
  const store = await startScript(otherCore, [join(import.meta.dirname, "store.mjs"), folder], {
    env: { STATEMENTS: "1" },
  });
  const server = await startOurs({ dataDir: folder, databaseUrl: store.told });
  const fewer = { connections, warmUpMs, measureMs };
  for (const isRepeated of [false, true]) {
    const bodies = Object.fromEntries(
      Object.entries(operations).map(([name, selection]) => [name, bodiesOf(selection, isRepeated)]),
    );
    await checkAnswers(server, bodies);
    // Each taxpayer is read from the store once before anything is timed.
    for (const ofOperation of Object.values(bodies)) {
      await measure(server, { ...fewer, bodies: ofOperation, warmUpMs: 2_500, measureMs: 100 });
    }
    const results = [];
    for (let round = 0; round < rounds; round += 1) {
      const result = {};
      for (const [name, ofOperation] of Object.entries(bodies)) {
        result[name] = await measure(server, { ...fewer, bodies: ofOperation });
      }
      results.push(result);
    }
    printRatios(isRepeated ? "insights, given again" : "insights", results);
  }
  await stop(server);
  await stop(store);
}

/** A figure that is not known costs less than one that is. */
async function checkAnswers(server, { "figures and cross-checks": [body] }) {
  const { data, errors } = await answerOf(server, body);
  if (errors) throw new Error(JSON.stringify(errors[0]));
  for (const { incomeInsights } of data.taxpayers) {
    const { assessable, years, crossChecks } = incomeInsights;
    if (assessable.state !== "KNOWN" || years.length !== 3) throw new Error(JSON.stringify(incomeInsights));
    if (!crossChecks.some(({ name, outcome }) => name.startsWith("SALARY") && outcome === "PASSED")) {
      throw new Error(JSON.stringify(crossChecks));
    }
  }
}

function printRatios(title, results) {
  console.log(`\n### ${title}\n`);
  console.log("| operation | requests/s | processor µs each | × filings, processor | p50 ms | × filings, p50 |");
  console.log("|---|---:|---:|---:|---:|---:|");
  for (const name of Object.keys(operations)) {
    const of = (figure) => median(results.map(figure));
    const cells = [
      name,
      Math.round(of((round) => round[name].perSecond)),
      Math.round(of((round) => round[name].processorMsEach) * 1_000),
      of((round) => round[name].processorMsEach / round.filings.processorMsEach).toFixed(2),
      of((round) => round[name].p50Ms).toFixed(2),
      of((round) => round[name].p50Ms / round.filings.p50Ms).toFixed(2),
    ];
    console.log(`| ${cells.join(" | ")} |`);
  }
}
