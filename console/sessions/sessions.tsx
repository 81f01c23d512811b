import { useEffect } from "react";
import {
  CloseSessionDocument,
  SessionStepsDocument,
  WatchSessionDocument,
  type SessionStepsQuery,
} from "@aaygraph/client";
import { useAnswer, useChange, useClient } from "../graph";
import { Mark, Note, WhenAnswered } from "../parts/states";
import { clockTime, count, moment, rupees } from "../print";
import { useWords } from "../words/language";

type Session = SessionStepsQuery["sessions"]["nodes"][number];
type Today = SessionStepsQuery["rateLimit"]["today"];

/** New sessions are found by asking; the changes of those that are live are sent to us. */
const lookEveryMs = 1_500;

export function SessionsScreen({ isShown }: { readonly isShown: boolean }) {
  const { t } = useWords();
  const asked = useAnswer(SessionStepsDocument, { first: 20 }, { when: isShown, everyMs: lookEveryMs });
  return (
    <div className="screen" data-testid="sessions">
      <header className="screen-head">
        <h1>{t("sessions")}</h1>
        <p className="hint">{t("sessionsHint")}</p>
      </header>
      <WhenAnswered asked={asked} waiting={t("askingSessions")}>
        {({ sessions, rateLimit }) => (
          <>
            <SpentToday today={rateLimit.today} />
            {sessions.nodes.length === 0 && (
              <Note title={t("noSessions")}>
                <p>{t("noSessionsHint")}</p>
              </Note>
            )}
            <ul className="session-list">
              {sessions.nodes.map((session) => (
                <OneSession key={session.id} session={session} changed={asked.again} isShown={isShown} />
              ))}
            </ul>
          </>
        )}
      </WhenAnswered>
    </div>
  );
}

function SpentToday({ today }: { readonly today: Today }) {
  const { t } = useWords();
  const limit = (value: string | null) => (value === null ? "" : ` ${t("ofLimit", { limit: value })}`);
  return (
    <p className="spent">
      <span>{t("spentToday")}</span>
      <strong className="number">
        {today.rupees === null ? t("noPrice") : rupees(today.rupees)}
        {limit(today.rupeesLimit === null ? null : rupees(today.rupeesLimit))}
      </strong>
      <strong className="number">
        {t("logins", { count: count(today.portalLogins) })}
        {limit(count(today.portalLoginsLimit))}
      </strong>
    </p>
  );
}

interface SessionParts {
  readonly session: Session;
  readonly changed: () => void;
  readonly isShown: boolean;
}

function OneSession({ session, changed, isShown }: SessionParts) {
  const { t, word, language } = useWords();
  const ending = useChange(CloseSessionDocument);
  const isLive = session.endedAt === null && session.state !== "FAILED";
  useChanges(session.id, isLive && isShown, changed);
  const { nextAction, problem } = session;
  const isInTimeline = session.events.some(({ message }) => message === problem?.message);
  const remark = ending.refusal ?? (isInTimeline ? undefined : problem?.message);
  return (
    <li className="card session" data-session={session.id}>
      <div className="session-head">
        <code>{session.taxpayer.pan}</code>
        <strong>{word(session.provider)}</strong>
        <Mark value={session.state} />
        {session.endReason && session.endReason !== "FAILED" && <span className="hint">{word(session.endReason)}</span>}
        <span className="hint">{moment(session.openedAt, language)}</span>
        <span className="grow" />
        {isLive && (
          <button
            type="button"
            className="quiet"
            disabled={ending.isSending}
            onClick={() => {
              void ending.send({ sessionId: session.id }).then(changed);
            }}
          >
            {t("endSession")}
          </button>
        )}
      </div>
      <ol className="timeline" aria-label={t("steps")}>
        {session.events.map((event, index) => (
          <li key={index} className={event.code === null ? "" : "bad"}>
            <time dateTime={event.at}>{clockTime(event.at, true)}</time>
            <strong>{word(event.state)}</strong>
            <span>{event.message}</span>
          </li>
        ))}
      </ol>
      {nextAction.kind !== "NONE" && (
        <p className="next">
          <span>{t("dueNext")}</span> {nextAction.message}
          {session.attemptsLeft !== null && ` · ${t("attemptsLeft", { count: session.attemptsLeft })}`}
          {nextAction.expiresAt !== null && ` · ${t("until")} ${moment(nextAction.expiresAt, language)}`}
        </p>
      )}
      {remark && <p className="hint bad">{remark}</p>}
    </li>
  );
}

/** Listens as long as the session is live and on screen. */
function useChanges(id: string, isWanted: boolean, changed: () => void): void {
  const client = useClient();
  useEffect(() => {
    if (!isWanted) return;
    const changes = client.watch(WatchSessionDocument, { id });
    const listen = async () => {
      // The first is the state that is on screen already.
      await changes.next();
      for await (const change of changes) if (change.data) changed();
    };
    listen().catch(() => undefined);
    return () => {
      void changes.return?.();
    };
    // `changed` is made anew with each answer, and asks the same.
  }, [client, id, isWanted]);
}
