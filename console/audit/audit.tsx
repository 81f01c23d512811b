import { useState } from "react";
import { AuditRecordsDocument, type AuditRecordKind, type AuditRecordsQuery } from "@aaygraph/client";
import { useAnswer } from "../graph";
import { Mark, Note, WhenAnswered } from "../parts/states";
import { moment } from "../print";
import { useWords } from "../words/language";

type AuditRecord = AuditRecordsQuery["auditRecords"]["nodes"][number];

const kinds: readonly AuditRecordKind[] = [
  "READ",
  "REVEALED",
  "REFUSED",
  "DOCUMENT_HANDED_OUT",
  "SESSION_OPENED",
  "SESSION_READY",
  "SESSION_FAILED",
  "SESSION_ENDED",
  "CONSENT_REVOKED",
  "ERASED",
  "AUDIT_READ",
];
const mostFields = 3;
const pageSize = 25;

export function AuditScreen({ isShown }: { readonly isShown: boolean }) {
  const { t, word } = useWords();
  const [pan, setPan] = useState("");
  const [kind, setKind] = useState<AuditRecordKind | "">("");
  const [mine, setMine] = useState("");
  const [first, setFirst] = useState(pageSize);
  const wanted = pan.trim().toUpperCase();
  const isPan = /^[A-Z]{5}\d{4}[A-Z]$/.test(wanted);
  const asked = useAnswer(
    AuditRecordsDocument,
    { first, ...(isPan && { pan: wanted }), ...(kind !== "" && { kinds: [kind] }) },
    { when: isShown },
  );
  // Persons and requests are looked for among what has come: the graph finds records by taxpayer and kind.
  const isWanted = ({ caller, requestId }: AuditRecord) =>
    mine === "" || (caller ?? "").includes(mine) || (requestId ?? "").includes(mine);
  return (
    <div className="screen" data-testid="audit">
      <header className="screen-head">
        <h1>{t("audit")}</h1>
        <p className="hint">{t("auditHint")}</p>
      </header>
      <form
        className="policy"
        role="search"
        aria-label={t("audit")}
        onSubmit={(event) => {
          event.preventDefault();
        }}
      >
        <label>
          {t("searchLabel")}
          <input
            className="wide-input"
            value={pan}
            placeholder="ABCDE1234F"
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => {
              setPan(event.target.value);
            }}
          />
        </label>
        <label>
          {t("kind")}
          <select
            value={kind}
            onChange={(event) => {
              setKind(event.target.value as AuditRecordKind | "");
            }}
          >
            <option value="">{t("allKinds")}</option>
            {kinds.map((one) => (
              <option key={one} value={one}>
                {word(one)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {`${t("caller")} / ${t("request")}`}
          <input
            className="wide-input"
            value={mine}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => {
              setMine(event.target.value.trim());
            }}
          />
        </label>
      </form>
      <WhenAnswered asked={asked} waiting={t("askingAudit")}>
        {({ auditRecords: { nodes, pageInfo } }) => {
          const shown = nodes.filter(isWanted);
          if (shown.length === 0) {
            return (
              <Note title={t("noRecords")}>
                <p>{t("noRecordsHint")}</p>
              </Note>
            );
          }
          return (
            <section className="card">
              <div className="scroll" tabIndex={0} role="region" aria-label={t("audit")}>
                <Records records={shown} />
              </div>
              {pageInfo.hasNextPage && first < 100 && (
                <button
                  type="button"
                  onClick={() => {
                    setFirst(first + pageSize);
                  }}
                >
                  {t("more")}
                </button>
              )}
            </section>
          );
        }}
      </WhenAnswered>
    </div>
  );
}

function Records({ records }: { readonly records: readonly AuditRecord[] }) {
  const { t, language } = useWords();
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t("at")}</th>
          <th scope="col">{t("kind")}</th>
          <th scope="col">{t("caller")}</th>
          <th scope="col">{t("taxpayer")}</th>
          <th scope="col">{t("fields")}</th>
          <th scope="col">{t("request")}</th>
        </tr>
      </thead>
      <tbody>
        {records.map(({ id, kind, at, caller, taxpayers, fields, code, requestId }) => (
          <tr key={id}>
            <td className="nowrap">{moment(at, language)}</td>
            <td>
              <Mark value={kind} /> {code !== null && <Mark value={code} />}
            </td>
            <td>{caller ?? t("service")}</td>
            <td>
              {taxpayers.slice(0, 1).map((one) => (
                <code key={one} title={one}>{`${one.slice(0, 9)}…`}</code>
              ))}
              {taxpayers.length > 1 && (
                <span className="hint"> {t("moreFields", { count: taxpayers.length - 1 })}</span>
              )}
            </td>
            <td className="hint">
              {fields.slice(0, mostFields).join(", ")}
              {fields.length > mostFields && ` ${t("moreFields", { count: fields.length - mostFields })}`}
            </td>
            <td>{requestId !== null && <code title={requestId}>{requestId.slice(0, 8)}</code>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
