import { formulaText, printRupees, rupees, type CalendarDate } from "../../../src/domain";
import { standardPolicy, incomeInsights, reconcileFilings } from "../../../src/domain";
import { personasOn } from "../../../src/sandbox/personas";
import { provenance, returnOf, salaryOf, insightsOf } from "./returns";

const today = "2026-11-30" as CalendarDate;

const group = /(the lowest of |[^()+−;]*(?:mean|latest) of )?\(([^()]*)\)/;

/** Reads a formula as a person would: its numbers, its signs, and whether it speaks of a mean, the lowest or the latest. */
function recomputed(formula: string): number {
  let text = formula.replace(
    /(-?)₹([\d,]+)\.(\d\d)/g,
    (_all, minus: string, whole: string, part: string) => `#${minus}${whole.replaceAll(",", "")}${part}#`,
  );
  for (let found = group.exec(text); found !== null; found = group.exec(text)) {
    const [all, phrase = "", list = ""] = found;
    text = text.replace(all, ` #${ofList(phrase, list.split(";").map(plain))}#`);
  }
  return plain(text);
}

function ofList(phrase: string, amounts: readonly number[]): number {
  if (phrase.includes("lowest")) return Math.min(...amounts);
  if (phrase.includes("mean")) return halfUp(amounts.reduce((all, amount) => all + amount, 0) / amounts.length);
  return amounts[0] ?? NaN;
}

/** Without groups: amounts with signs between them, or one amount and a factor. */
function plain(text: string): number {
  const factor = / × ([\d.]+)$/.exec(text)?.[1];
  const signed = [...text.matchAll(/(− )?[^#−+]*#(-?\d+)#/g)].map(([, off, amount]) => Number(amount) * (off ? -1 : 1));
  const sum = signed.reduce((all, amount) => all + amount, 0);
  if (text.startsWith("counted as 0 where negative")) return Math.max(0, sum);
  return factor === undefined ? sum : halfUp((sum * Math.round(Number(factor) * 10_000)) / 10_000);
}

function halfUp(amount: number): number {
  return Math.floor(amount + 0.5);
}

test("the formulas of every persona give the amounts beside them", () => {
  let count = 0;
  for (const { filings } of personasOn(today)) {
    const known = { filings: reconcileFilings([{ provenance, filings }]), statementsOf: () => ({}), untold: [], today };
    for (const businessBasis of ["DECLARED", "CASH_PROFIT", "GROSS_PROFIT"] as const) {
      for (const { formula, figure } of incomeInsights({ ...standardPolicy, businessBasis, rentShare: 0.5 }, known)
        .trace) {
        if (formula === undefined) continue;
        expect(recomputed(formulaText(formula, "EN"))).toBe(figure.amount);
        count += 1;
      }
    }
  }
  expect(count).toBeGreaterThan(1_000);
});

test("a formula has the amounts with Indian grouping", () => {
  const [step] = insightsOf([salaryOf(2024, 1_200_000)]).trace;
  expect(formulaText(step?.formula, "EN")).toBe("gross salary ₹12,00,000.00");
  expect(formulaText(step?.formula, "HI")).toBe(`सकल वेतन ${printRupees(rupees(1_200_000))}`);
});

test("the trace has the steps of the years that enter alone", () => {
  const { trace } = insightsOf([returnOf(2024), returnOf(2023)], { averaging: "LATEST" });
  expect(trace.map(({ step }) => step)).toEqual([
    "2025-26.salary",
    "2025-26.business",
    "2025-26.rent",
    "2025-26.other",
    "2025-26.recurring",
    "assessable",
  ]);
});
