import { useState } from "react";
import {
  ConsentRecordsDocument,
  ConsentsOfSessionsDocument,
  EraseTaxpayerDocument,
  RevokeConsentDocument,
  type ConsentsOfSessionsQuery,
  type EraseTaxpayerMutation,
} from "@aaygraph/client";
import { useAnswer, useChange } from "../graph";
import { Mark, Note, WhenAnswered } from "../parts/states";
import { day, moment } from "../print";
import { useWords } from "../words/language";

type Node = ConsentsOfSessionsQuery["sessions"]["nodes"][number];
type Receipt = EraseTaxpayerMutation["eraseTaxpayer"]["receipt"];

export function ConsentsScreen({ isShown }: { readonly isShown: boolean }) {
  const { t } = useWords();
  const asked = useAnswer(ConsentsOfSessionsDocument, { first: 50 }, { when: isShown });
  const records = useAnswer(ConsentRecordsDocument, { first: 20 }, { when: isShown });
  const again = () => {
    asked.again();
    records.again();
  };
  return (
    <div className="screen" data-testid="consents">
      <header className="screen-head">
        <h1>{t("consents")}</h1>
        <p className="hint">{t("consentsHint")}</p>
      </header>
      <WhenAnswered asked={asked} waiting={t("askingConsents")}>
        {({ sessions }) => {
          const byConsent = new Map(sessions.nodes.map((node) => [node.consent.id, node]));
          return byConsent.size === 0 ? (
            <Note title={t("noConsents")}>
              <p>{t("noConsentsHint")}</p>
            </Note>
          ) : (
            <ul className="session-list">
              {[...byConsent.values()].map((node) => (
                <OneConsent key={node.consent.id} node={node} again={again} />
              ))}
            </ul>
          );
        }}
      </WhenAnswered>
      <Erasure again={again} />
      <WhenAnswered asked={records} waiting={t("askingAudit")}>
        {({ consentRecords: { nodes } }) =>
          nodes.length > 0 && (
            <section className="card" aria-labelledby="records-title">
              <h2 id="records-title">{t("records")}</h2>
              <Records nodes={nodes} />
            </section>
          )
        }
      </WhenAnswered>
    </div>
  );
}

function OneConsent({ node, again }: { readonly node: Node; readonly again: () => void }) {
  const { t, word, language } = useWords();
  const { consent, taxpayer, provider } = node;
  const withdrawing = useChange(RevokeConsentDocument);
  return (
    <li className="card session">
      <div className="session-head">
        <code>{taxpayer.pan}</code>
        <strong>{word(consent.purpose)}</strong>
        <Mark value={consent.standing} />
        <span className="hint">{word(provider)}</span>
        <span className="grow" />
        {consent.standing === "LIVE" && (
          <button
            type="button"
            className="quiet danger"
            disabled={withdrawing.isSending}
            onClick={() => {
              void withdrawing.send({ consentId: consent.id }).then(again);
            }}
          >
            {t("withdraw")}
          </button>
        )}
      </div>
      <dl className="consent-facts">
        <div>
          <dt>{t("until")}</dt>
          <dd>{day(consent.revokedAt ?? consent.expiresAt, language)}</dd>
        </div>
        <div>
          <dt>{t("uses")}</dt>
          <dd className="number">
            {consent.fetches}
            {consent.maxFetches !== null && ` ${t("ofLimit", { limit: consent.maxFetches })}`}
          </dd>
        </div>
        <div className="wide">
          <dt>{t("what")}</dt>
          <dd>
            {consent.documents.map(word).join(", ")} · {consent.assessmentYears.toReversed().join(", ")}
          </dd>
        </div>
      </dl>
      <p className="hint">{t("keptFor", { days: consent.dataLifeDays })}</p>
      {withdrawing.refusal && <p className="hint bad">{withdrawing.refusal}</p>}
    </li>
  );
}

function Erasure({ again }: { readonly again: () => void }) {
  const { t, language } = useWords();
  const [pan, setPan] = useState("");
  const [receipt, setReceipt] = useState<Receipt>(null);
  const [problem, setProblem] = useState<string>();
  const erasing = useChange(EraseTaxpayerDocument);
  const erase = async () => {
    const data = await erasing.send({ pan: pan.trim().toUpperCase(), reason: "console" });
    setReceipt(data?.eraseTaxpayer.receipt ?? null);
    setProblem(data?.eraseTaxpayer.problem?.message);
    if (data?.eraseTaxpayer.receipt) setPan("");
    again();
  };
  return (
    <details className="card">
      <summary>{t("erase")}</summary>
      <form
        className="pan-search"
        onSubmit={(event) => {
          event.preventDefault();
          void erase();
        }}
      >
        <label>
          <span className="hint">{t("eraseAsk")}</span>{" "}
          <input
            required
            value={pan}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => {
              setPan(event.target.value);
            }}
          />
        </label>
        <button type="submit" className="danger" disabled={erasing.isSending}>
          {t("erase")}
        </button>
      </form>
      <div role="status">
        {(erasing.refusal ?? problem) && <p className="hint bad">{erasing.refusal ?? problem}</p>}
        {receipt && (
          <p className="receipt">
            <strong>{t("receipt")}</strong> <code>{receipt.id}</code> · {moment(receipt.erasedAt, language)} ·{" "}
            {t("destroyed", { ...receipt.destroyed })}
          </p>
        )}
      </div>
    </details>
  );
}

interface RecordsParts {
  readonly nodes: readonly {
    readonly id: string;
    readonly kind: string;
    readonly at: string;
    readonly provider: string | null;
    readonly documents: readonly string[];
    readonly code: string | null;
  }[];
}

function Records({ nodes }: RecordsParts) {
  const { t, word, language } = useWords();
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t("records")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("at")}</th>
            <th scope="col">{t("kind")}</th>
            <th scope="col">{t("provider")}</th>
            <th scope="col">{t("what")}</th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((record) => (
            <tr key={record.id}>
              <td className="nowrap">{moment(record.at, language)}</td>
              <td>
                <Mark value={record.kind} />
              </td>
              <td>{record.provider === null ? "–" : word(record.provider)}</td>
              <td>{record.code === null ? record.documents.map(word).join(", ") : word(record.code)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
