import { Figure, type Fact } from "../parts/figure";
import { useWords } from "../words/language";
import type { MessageName } from "../words/messages";
import { heads, type Filing, type YearOfIncome } from "./years";

interface Row {
  readonly name: MessageName;
  readonly path: string;
  readonly of: (filing: Filing) => number | null | undefined;
  readonly kind: "head" | "sum" | "line";
}

const rows: readonly Row[] = [
  ...heads.map((head): Row => ({
    name: head,
    path: `incomeHeads.${head}`,
    of: (one) => one.incomeHeads?.[head],
    kind: "head",
  })),
  { name: "grossTotalIncome", path: "grossTotalIncome", of: (one) => one.grossTotalIncome, kind: "sum" },
  { name: "deductions", path: "deductions", of: (one) => one.deductions, kind: "line" },
  { name: "totalIncome", path: "totalIncome", of: (one) => one.totalIncome, kind: "sum" },
  { name: "tax", path: "tax.totalPayable", of: (one) => one.tax?.totalPayable, kind: "line" },
  { name: "taxesPaid", path: "taxesPaid.total", of: (one) => one.taxesPaid?.total, kind: "line" },
  { name: "refund", path: "refund.claimed", of: (one) => one.refund?.claimed, kind: "line" },
  { name: "demand", path: "demand", of: (one) => one.demand, kind: "line" },
];

/** The figures of the chart, newest year first. Each leads to where it comes from. */
export function IncomeTable({ years }: { readonly years: readonly YearOfIncome[] }) {
  const { t } = useWords();
  const newestFirst = years.toReversed();
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t("incomeTitle")}>
      <table className="figures">
        <thead>
          <tr>
            <th scope="col">{t("year")}</th>
            {newestFirst.map(({ assessmentYear }) => (
              <th scope="col" key={assessmentYear} className="number">
                {assessmentYear}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, path, of, kind }) => (
            <tr key={name} className={kind}>
              <th scope="row">
                <span className={`swatch ${name}`} aria-hidden="true" />
                {t(name)}
              </th>
              {newestFirst.map(({ assessmentYear, filing }) => (
                <td key={assessmentYear} className="number" data-year={assessmentYear}>
                  {filing ? (
                    <Figure isStrong={kind === "sum"} fact={factOf(filing, path, t(name), of(filing))} />
                  ) : (
                    <span className="missing">{name === "salary" ? t("noReturn") : ""}</span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function factOf(document: Filing, path: string, label: string, amount: number | null | undefined): Fact {
  return { path, label: `${label} · ${document.assessmentYear}`, amount: amount ?? null, document };
}
