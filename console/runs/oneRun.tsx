import { useEffect, useState } from "react";
import {
  CancelComplianceRunDocument,
  ComplianceRunDocument,
  WatchComplianceRunDocument,
  type RunPartsFragment as Run,
} from "@aaygraph/client";
import { useAnswer, useChange, useClient } from "../graph";
import { Mark, Note, WhenAnswered } from "../parts/states";
import { useWords } from "../words/language";
import { CsvButton } from "./csv";
import { Progress } from "./progress";
import { Results } from "./results";

interface OneRunParts {
  readonly id: string;
  readonly isShown: boolean;
}

const pageSize = 25;

export function OneRun({ id, isShown }: OneRunParts) {
  const { t } = useWords();
  const [after, setAfter] = useState<string>();
  const asked = useAnswer(ComplianceRunDocument, { id, first: pageSize, after }, { when: isShown });
  const live = useLiveRun(id, isShown);
  const known = live ?? asked.data?.complianceRun;
  // A full page changes no more, except that lines which came late stand between the others at the end.
  const shown = asked.data?.complianceRun?.results.nodes.length ?? 0;
  const { again } = asked;
  useEffect(() => {
    if (live !== undefined && (shown < pageSize || isOver(live))) again();
    // `again` is made anew with each answer, and asks the same.
  }, [live?.done, live?.state]);
  return (
    <li className="card session" data-run={id}>
      <WhenAnswered asked={asked} waiting={t("askingRun")}>
        {({ complianceRun }) =>
          complianceRun === null || known === null || known === undefined ? (
            <Note title={t("noSuchRun")}>
              <code>{id}</code>
            </Note>
          ) : (
            <>
              <Head run={known} again={again} />
              <Progress run={known} />
              <Results
                of={known.reference ?? known.id}
                nodes={complianceRun.results.nodes}
                next={complianceRun.results.pageInfo.hasNextPage ? complianceRun.results.pageInfo.endCursor : null}
                isFirst={after === undefined}
                turnTo={setAfter}
              />
            </>
          )
        }
      </WhenAnswered>
    </li>
  );
}

function Head({ run, again }: { readonly run: Run; readonly again: () => void }) {
  const { t } = useWords();
  const cancelling = useChange(CancelComplianceRunDocument);
  return (
    <>
      <div className="session-head">
        <h2>{run.reference ?? t("runs")}</h2>
        <Mark value={run.state} />
        <code className="run-id">{run.id}</code>
        <span className="grow" />
        {isOver(run) ? (
          <CsvButton id={run.id} />
        ) : (
          <button
            type="button"
            className="quiet danger"
            disabled={cancelling.isSending}
            onClick={() => {
              void cancelling.send({ runId: run.id }).then(again);
            }}
          >
            {t("cancelRun")}
          </button>
        )}
      </div>
      {cancelling.refusal && (
        <p className="hint bad" role="status">
          {cancelling.refusal}
        </p>
      )}
    </>
  );
}

function isOver({ state }: Run): boolean {
  return state === "FINISHED" || state === "CANCELLED";
}

/** The run as it was last sent to us; undefined until then. */
function useLiveRun(id: string, isWanted: boolean): Run | undefined {
  const client = useClient();
  const [run, setRun] = useState<Run>();
  useEffect(() => {
    if (!isWanted) return;
    const changes = client.watch(WatchComplianceRunDocument, { id });
    const listen = async () => {
      for await (const { data } of changes) if (data) setRun(data.complianceRunChanged);
    };
    // Of a run that is not there, the query says so.
    listen().catch(() => undefined);
    return () => {
      void changes.return?.();
    };
  }, [client, id, isWanted]);
  return run;
}
