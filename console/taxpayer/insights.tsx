import { useState } from "react";
import { IncomeInsightsDocument, type Averaging, type BusinessBasis, type IncomePolicyInput } from "@aaygraph/client";
import { useAnswer } from "../graph";
import { Figure } from "../parts/figure";
import { Mark, WhenAnswered } from "../parts/states";
import { percent, rupees } from "../print";
import { useWords } from "../words/language";
import { ingredientsOf } from "./basis";
import { SideBySide } from "./sideBySide";
import type { TaxpayerAnswer } from "./years";

const averagings: readonly Averaging[] = ["MEAN_IF_RISING_ELSE_LATEST", "LATEST", "MEAN", "LOWEST"];
const bases: readonly BusinessBasis[] = ["DECLARED", "CASH_PROFIT", "GROSS_PROFIT"];

/** What counts under a lender's policy, each step of how, and what of the return does not fit with what others report. */
export function Insights({ pan, taxpayer }: { readonly pan: string; readonly taxpayer: TaxpayerAnswer }) {
  const { t, word, language } = useWords();
  const [policy, setPolicy] = useState<IncomePolicyInput>({ years: 3, averaging: "MEAN_IF_RISING_ELSE_LATEST" });
  const locale = language === "hi" ? "HI" : "EN";
  const asked = useAnswer(IncomeInsightsDocument, { pan, policy, locale });
  return (
    <WhenAnswered asked={asked} waiting={t("workingOut")}>
      {({ taxpayer: { incomeInsights: insights } }) =>
        insights && (
          <>
            {insights.crossChecks.length > 0 && <SideBySide taxpayer={taxpayer} checks={insights.crossChecks} />}
            <section className="card" aria-labelledby="insights-title" aria-busy={asked.isAsking}>
              <header className="card-head">
                <div>
                  <h2 id="insights-title">{t("insights")}</h2>
                  <p className="hint">{t("insightsHint")}</p>
                </div>
              </header>
              <PolicyForm policy={policy} change={setPolicy} />
              <dl className="tiles">
                <div>
                  <dt>{t("assessable")}</dt>
                  <dd className="big" data-testid="assessable">
                    <Figure
                      isStrong
                      fact={{
                        path: "incomeInsights.assessable",
                        label: t("assessable"),
                        amount: insights.assessable.amount,
                        madeOf: ingredientsOf(taxpayer, insights.assessable.basis),
                        remark: insights.assessable.message,
                      }}
                    />
                  </dd>
                  <dd>
                    <Mark value={insights.assessable.state} />
                  </dd>
                </div>
                <div>
                  <dt>{t("monthly")}</dt>
                  <dd className="big">{amountOf(insights.assessableMonthly.amount, t("missing"))}</dd>
                </div>
                <div>
                  <dt>{t("stability")}</dt>
                  <dd className="big">{word(insights.trend.stability)}</dd>
                  <dd>{insights.trend.cagr !== null && t("growth", { share: percent(insights.trend.cagr) })}</dd>
                </div>
                <div>
                  <dt>{t("punctuality")}</dt>
                  <dd className="big">{`${insights.punctuality.onTime} / ${insights.punctuality.due}`}</dd>
                  <dd>{t("filedInTime")}</dd>
                </div>
              </dl>
              <details className="trace">
                <summary>{t("trace", { steps: insights.trace.length })}</summary>
                <ol>
                  {insights.trace.map(({ step, formula, amount, inputs }) => (
                    <li key={step}>
                      <span>{step}</span>
                      <code>{formula}</code>
                      <span className="number">{amountOf(amount, t("missing"))}</span>
                      <small>{inputs.join(", ")}</small>
                    </li>
                  ))}
                </ol>
              </details>
            </section>
          </>
        )
      }
    </WhenAnswered>
  );
}

interface PolicyForm {
  readonly policy: IncomePolicyInput;
  readonly change: (policy: IncomePolicyInput) => void;
}

function PolicyForm({ policy, change }: PolicyForm) {
  const { t, word } = useWords();
  const share = (name: "rentShare" | "agriculturalShare", fallback: number) => (
    <label>
      {t(name)}
      <input
        type="number"
        min={0}
        max={100}
        step={5}
        value={Math.round((policy[name] ?? fallback) * 100)}
        onChange={({ target }) => {
          change({ ...policy, [name]: Math.min(100, Math.max(0, target.valueAsNumber || 0)) / 100 });
        }}
      />
    </label>
  );
  return (
    <form
      className="policy"
      aria-label={t("policy")}
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <label>
        {t("policyYears")}
        <select
          value={policy.years ?? 3}
          onChange={({ target }) => {
            change({ ...policy, years: Number(target.value) });
          }}
        >
          {[1, 2, 3, 4, 5, 6, 7].map((years) => (
            <option key={years}>{years}</option>
          ))}
        </select>
      </label>
      <label>
        {t("averaging")}
        <select
          value={policy.averaging ?? averagings[0]}
          onChange={({ target }) => {
            change({ ...policy, averaging: target.value as Averaging });
          }}
        >
          {averagings.map((one) => (
            <option key={one} value={one}>
              {word(one)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t("businessBasis")}
        <select
          value={policy.businessBasis ?? bases[0]}
          onChange={({ target }) => {
            change({ ...policy, businessBasis: target.value as BusinessBasis });
          }}
        >
          {bases.map((one) => (
            <option key={one} value={one}>
              {word(one)}
            </option>
          ))}
        </select>
      </label>
      {share("rentShare", 1)}
      {share("agriculturalShare", 0)}
    </form>
  );
}

function amountOf(amount: number | null, missing: string): string {
  return amount === null ? missing : rupees(amount);
}
