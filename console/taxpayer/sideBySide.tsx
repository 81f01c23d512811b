import { useState } from "react";
import type { IncomeInsightsQuery } from "@aaygraph/client";
import { Figure } from "../parts/figure";
import { Mark } from "../parts/states";
import { useWords } from "../words/language";
import type { MessageName } from "../words/messages";
import { ingredientsOf } from "./basis";
import type { TaxpayerAnswer } from "./years";

type CrossCheck = NonNullable<IncomeInsightsQuery["taxpayer"]["incomeInsights"]>["crossChecks"][number];

interface Compared {
  readonly what: MessageName;
  readonly with: "credits" | "statement";
}

/** What the graph compares of a return with the two statements that others make about the same year. */
const compared: Partial<Record<CrossCheck["name"], Compared>> = {
  SALARY_AGAINST_TAX_CREDITS: { what: "salary", with: "credits" },
  TURNOVER_AGAINST_TAX_CREDITS: { what: "turnover", with: "credits" },
  TDS_CLAIM_AGAINST_DEPOSITS: { what: "taxWithheld", with: "credits" },
  TURNOVER_AGAINST_GST: { what: "turnoverGst", with: "statement" },
  INTEREST_AGAINST_STATEMENT: { what: "interest", with: "statement" },
  DIVIDEND_AGAINST_STATEMENT: { what: "dividend", with: "statement" },
};

interface SideBySide {
  readonly taxpayer: TaxpayerAnswer;
  readonly checks: readonly CrossCheck[];
}

export function SideBySide({ taxpayer, checks }: SideBySide) {
  const { t, word } = useWords();
  const years = [...new Set(checks.map(({ assessmentYear }) => assessmentYear))].sort().reverse();
  const [chosen, setYear] = useState(years[0]);
  const year = years.includes(chosen ?? "") ? chosen : years[0];
  const ofYear = checks.filter(({ assessmentYear }) => assessmentYear === year);
  const others = ofYear.filter(({ name, outcome }) => compared[name] === undefined && outcome === "FLAGGED");
  return (
    <section className="card" aria-labelledby="beside-title">
      <header className="card-head">
        <div>
          <h2 id="beside-title">{t("sideBySide")}</h2>
          <p className="hint">{t("sideBySideHint")}</p>
        </div>
        <label className="inline">
          {t("year")}
          <select
            value={year}
            onChange={(event) => {
              setYear(event.target.value);
            }}
          >
            {years.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
      </header>
      <div className="scroll" tabIndex={0} role="region" aria-label={t("sideBySide")}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("what")}</th>
              <th scope="col" className="number">
                {t("inReturn")}
              </th>
              <th scope="col" className="number">
                {t("inCredits")}
              </th>
              <th scope="col" className="number">
                {t("inStatement")}
              </th>
              <th scope="col" className="number">
                {t("difference")}
              </th>
              <th scope="col">{t("result")}</th>
            </tr>
          </thead>
          <tbody>
            {ofYear.map((check) => {
              const row = compared[check.name];
              if (!row) return null;
              const madeOf = ingredientsOf(taxpayer, check.basis);
              const cell = (amount: number | null, label: MessageName) => (
                <Figure
                  fact={{
                    path: check.name,
                    label: `${t(row.what)} · ${t(label)}`,
                    amount,
                    madeOf,
                    remark: check.message,
                  }}
                />
              );
              return (
                <tr key={check.name} className={check.outcome === "FLAGGED" ? "flagged" : ""}>
                  <th scope="row">{t(row.what)}</th>
                  <td className="number">{cell(check.left, "inReturn")}</td>
                  <td className="number">{row.with === "credits" && cell(check.right, "inCredits")}</td>
                  <td className="number">{row.with === "statement" && cell(check.right, "inStatement")}</td>
                  <td className="number">{check.difference !== null && cell(check.difference, "difference")}</td>
                  <td>
                    <Mark value={check.outcome} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {others.map(({ name, outcome, message }) => (
        <p key={name} className="check failed">
          <Mark value={outcome} /> <strong>{word(name)}</strong> {message}
        </p>
      ))}
    </section>
  );
}
