import type { ReactNode } from "react";
import type { GraphQLProblem } from "@aaygraph/client";
import type { Asked } from "../graph";
import { useWords } from "../words/language";

interface Note {
  readonly title: string;
  readonly children?: ReactNode;
  readonly tone?: "calm" | "bad" | "busy";
}

/** A place that has nothing to show says what to do instead. */
export function Note({ title, children, tone = "calm" }: Note) {
  return (
    <div className={`note ${tone}`} role={tone === "calm" ? undefined : "status"}>
      <p className="note-title">{title}</p>
      {children}
    </div>
  );
}

interface WhenAnswered<Data> {
  readonly asked: Asked<Data>;
  readonly waiting: string;
  readonly children: (data: Data) => ReactNode;
}

/** Shows what has come, and says in words what is asked, refused, or out of reach. An old answer stays while it is so. */
export function WhenAnswered<Data>({ asked, waiting, children }: WhenAnswered<Data>) {
  const { t } = useWords();
  const { data, problems, isUnreachable } = asked;
  if (data === undefined && isUnreachable) {
    return (
      <Note title={t("unreachable")} tone="bad">
        <p>{t("unreachableHint")}</p>
      </Note>
    );
  }
  if (data === undefined) {
    return problems.length > 0 ? (
      <Refusals problems={problems} again={asked.again} />
    ) : (
      <Note title={waiting} tone="busy" />
    );
  }
  return (
    <>
      {isUnreachable && (
        <Note title={t("unreachable")} tone="bad">
          <p>{t("unreachableHint")}</p>
        </Note>
      )}
      {problems.length > 0 && <Refusals problems={problems} again={asked.again} />}
      {children(data)}
    </>
  );
}

export function Refusals({
  problems,
  again,
}: {
  readonly problems: readonly GraphQLProblem[];
  readonly again?: () => void;
}) {
  const { t } = useWords();
  const byMessage = new Map(problems.map((problem) => [problem.message, problem]));
  return (
    <div className="note bad" role="status">
      {[...byMessage.values()].map(({ message, code, path }) => (
        <p key={message}>
          {message} <code>{[code, ...path.slice(0, 3)].join(" · ")}</code>
        </p>
      ))}
      {again && problems.some(({ retryable }) => retryable) && (
        <button type="button" onClick={again}>
          {t("tryAgain")}
        </button>
      )}
    </div>
  );
}

const tones: Readonly<Record<string, string>> = {
  READY: "good",
  LIVE: "good",
  PASSED: "good",
  COMPLIANT: "good",
  FINISHED: "good",
  ENABLED: "good",
  DELIVERED: "good",
  CLOSED: "good",
  FAILED: "bad",
  SERIOUS: "bad",
  NON_COMPLIANT: "bad",
  OPEN: "bad",
  FLAGGED: "warn",
  WARNING: "warn",
  LATE: "warn",
  AWAITING_OTP: "warn",
  HALF_OPEN: "warn",
  REVOKED: "warn",
  EXPIRED: "warn",
  DEMAND_RAISED: "warn",
  DEFECTIVE: "bad",
  DISABLED: "bad",
  PAUSED: "warn",
  PENDING: "warn",
  RUNNING: "busy",
  OPENING: "busy",
  PROCESSING: "busy",
};

/** One of the graph's words as a small mark. Its colour only repeats what it says. */
export function Mark({ value }: { readonly value: string }) {
  const { word } = useWords();
  return <span className={`mark ${tones[value] ?? "plain"}`}>{word(value)}</span>;
}
