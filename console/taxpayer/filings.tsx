import { Mark } from "../parts/states";
import { day, rupees } from "../print";
import { useWords } from "../words/language";
import type { Filing, YearOfIncome } from "./years";

/** The returns, newest first. What is in order is one quiet line; what is not stands open. */
export function Filings({ years }: { readonly years: readonly YearOfIncome[] }) {
  const { t } = useWords();
  const filings = years.toReversed().flatMap(({ filing, others }) => (filing ? [filing, ...others] : []));
  return (
    <section className="card" aria-labelledby="filings-title">
      <h2 id="filings-title">{t("filings")}</h2>
      <ul className="filings">
        {filings.map((filing) => (
          <OneFiling key={filing.id} filing={filing} />
        ))}
      </ul>
    </section>
  );
}

function OneFiling({ filing }: { readonly filing: Filing }) {
  const { t, word, language } = useWords();
  const failed = filing.checks.filter(({ outcome }) => outcome === "FAILED");
  const passed = filing.checks.filter(({ outcome }) => outcome === "PASSED");
  const notPossible = filing.checks.filter(({ outcome }) => outcome === "NOT_POSSIBLE");
  const facts = [
    filing.form === "UNKNOWN" ? undefined : filing.form.replace("_", "-"),
    word(filing.kind),
    filing.regime === "UNKNOWN" ? undefined : word(filing.regime),
    filing.filedOn === null ? undefined : t("filedOn", { day: day(filing.filedOn, language) }),
  ];
  return (
    <li className={filing.effective ? "" : "not-effective"}>
      <div className="filing-head">
        <strong>{filing.assessmentYear}</strong>
        <span>{facts.filter((fact) => fact !== undefined).join(" · ")}</span>
        {filing.timeliness !== "UNKNOWN" && <Mark value={filing.timeliness} />}
        <Mark value={filing.status} />
        {!filing.effective && <span className="hint">{t("doesNotCount")}</span>}
      </div>
      {failed.map((check) => (
        <p key={check.name} className="check failed">
          <Mark value={check.severity} /> {check.message}
          {check.expected !== null && check.found !== null && (
            <span className="hint">
              {" "}
              {t("expectedFound", { expected: rupees(check.expected), found: rupees(check.found) })}
            </span>
          )}
        </p>
      ))}
      {passed.length + notPossible.length > 0 && (
        <details className="checks">
          <summary>{t("checksPassed", { passed: passed.length, all: filing.checks.length })}</summary>
          <ul>
            {[...passed, ...notPossible].map((check) => (
              <li key={check.name}>
                <Mark value={check.outcome} /> {check.message}
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}
