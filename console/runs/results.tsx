import type { ComplianceRunQuery } from "@aaygraph/client";
import { Mark } from "../parts/states";
import { count } from "../print";
import { useWords } from "../words/language";

type Result = NonNullable<ComplianceRunQuery["complianceRun"]>["results"]["nodes"][number];

interface ResultsParts {
  readonly of: string;
  readonly nodes: readonly Result[];
  /** The cursor of the next page, if there is one. */
  readonly next: string | null;
  readonly isFirst: boolean;
  readonly turnTo: (after: string | undefined) => void;
}

export function Results({ of, nodes, next, isFirst, turnTo }: ResultsParts) {
  const { t } = useWords();
  if (nodes.length === 0 && isFirst) return <p className="hint">{t("noResults")}</p>;
  return (
    <>
      <div className="scroll" tabIndex={0} role="region" aria-label={`${t("results")}: ${of}`}>
        <ResultTable nodes={nodes} />
      </div>
      <p className="pager">
        {!isFirst && (
          <button
            type="button"
            onClick={() => {
              turnTo(undefined);
            }}
          >
            {t("firstPage")}
          </button>
        )}
        {next !== null && (
          <button
            type="button"
            onClick={() => {
              turnTo(next);
            }}
          >
            {t("nextPage")}
          </button>
        )}
      </p>
    </>
  );
}

function ResultTable({ nodes }: Pick<ResultsParts, "nodes">) {
  const { t, word } = useWords();
  return (
    <table>
      <thead>
        <tr>
          <th scope="col" className="number">
            {t("position")}
          </th>
          <th scope="col">{t("taxpayer")}</th>
          <th scope="col">{t("result")}</th>
          <th scope="col">{t("state")}</th>
          <th scope="col">{t("itrFiled")}</th>
        </tr>
      </thead>
      <tbody>
        {nodes.map(({ position, outcome, taxpayer, compliance, problem }) => (
          <tr key={position} data-position={position}>
            <td className="number">{count(position)}</td>
            <th scope="row">
              <code>{taxpayer.pan}</code>
            </th>
            <td className="nowrap">
              <Mark value={compliance?.standing ?? outcome} />
            </td>
            <td>
              {compliance ? word(compliance.filingStatus) : (problem?.message ?? <span className="missing">–</span>)}
            </td>
            <td>{compliance ? t(compliance.itrFiled ? "yes" : "no") : <span className="missing">–</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
