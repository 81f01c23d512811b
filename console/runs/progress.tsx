import { Mark } from "../parts/states";
import { count, moment, percent, rupees } from "../print";
import { useWords } from "../words/language";
import type { RunPartsFragment as Run } from "@aaygraph/client";

/** How far a run has come. Each figure carries the graph's own number. */
export function Progress({ run }: { readonly run: Run }) {
  const { t, language } = useWords();
  const { done, total, found, absent, failed } = run;
  const share = total === 0 ? 1 : done / total;
  const said = t("runDone", { done: count(done), total: count(total) });
  const facts = [
    { name: "found", label: t("runFound"), value: found, text: count(found) },
    { name: "absent", label: t("runAbsent"), value: absent, text: count(absent) },
    { name: "failed", label: t("runFailed"), value: failed, text: count(failed) },
    { name: "rupees", label: t("runSpent"), value: run.rupees, text: rupees(run.rupees) },
  ];
  const times = [
    { label: t("runStarted"), at: run.startedAt },
    { label: t("runEstimate"), at: run.estimatedFinishAt },
    { label: t("runFinished"), at: run.finishedAt },
  ];
  return (
    <>
      <p className="run-said">
        <strong data-testid="run-done" data-amount={done} data-total={total}>
          {said}
        </strong>
        <span className="hint">{percent(share)}</span>
      </p>
      <svg
        className="run-bar"
        viewBox="0 0 100 1"
        preserveAspectRatio="none"
        role="progressbar"
        aria-label={t("runs")}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
        aria-valuetext={said}
      >
        <Stretches parts={[found, absent, failed]} total={total} />
      </svg>
      <dl className="run-facts">
        {facts.map(({ name, label, value, text }) => (
          <div key={name} className={`run-${name}`}>
            <dt>{label}</dt>
            <dd className="big" data-testid={`run-${name}`} data-amount={value}>
              {text}
            </dd>
          </div>
        ))}
        {times.map(
          ({ label, at }) =>
            at !== null && (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{moment(at, language)}</dd>
              </div>
            ),
        )}
      </dl>
      {run.problem && (
        <p className="next" role="status">
          <Mark value={run.state} /> {run.problem.message} <code>{run.problem.code}</code>
        </p>
      )}
    </>
  );
}

const stretchNames = ["good", "warn", "bad"];

/** Found, not on record, no answer: one after the other, so that the filled length is what is done. */
function Stretches({ parts, total }: { readonly parts: readonly number[]; readonly total: number }) {
  const widths = parts.map((part) => (total === 0 ? 0 : (100 * part) / total));
  return widths.map((width, at) => (
    <rect
      key={stretchNames[at]}
      className={stretchNames[at]}
      x={widths.slice(0, at).reduce((sum, one) => sum + one, 0)}
      width={width}
      height="1"
    />
  ));
}
