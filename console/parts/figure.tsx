import { createContext, useContext, useEffect, useRef, useState, type ReactNode } from "react";
import type { IncomeOverYearsQuery } from "@aaygraph/client";
import { moment, rupees } from "../print";
import { useWords } from "../words/language";

type Filing = NonNullable<IncomeOverYearsQuery["taxpayer"]["filings"]["nodes"]>[number];

/** What says where the facts of one document come from. */
export type Sourced = Pick<Filing, "beliefs" | "disagreements" | "provenance">;

export interface Fact {
  /** Where the fact stands in its document: "incomeHeads.salary". */
  readonly path: string;
  readonly label: string;
  readonly amount: number | null;
  /** Where the amount stands in one document. */
  readonly document?: Sourced;
  /** Where it was worked out: the facts it was made of, and who told each. */
  readonly madeOf?: readonly Ingredient[];
  readonly remark?: string | null;
}

export interface Ingredient {
  readonly path: string;
  readonly provider: string | undefined;
  readonly at: string | undefined;
}

const OpenProvenance = createContext<(fact: Fact) => void>(() => undefined);

export function useProvenance() {
  return useContext(OpenProvenance);
}

/** An amount of money. It is a button that tells where the amount comes from; one that no source tells is drawn as such. */
export function Figure({ fact, isStrong = false }: { readonly fact: Fact; readonly isStrong?: boolean }) {
  const open = useProvenance();
  const { t } = useWords();
  const differs = fact.document?.disagreements.some(({ path }) => path === fact.path) ?? false;
  if (fact.amount === null) {
    return (
      <span className="missing" title={t("missingLong")} data-testid="missing">
        {t("missing")}
      </span>
    );
  }
  return (
    <button
      type="button"
      className={`figure${isStrong ? " strong" : ""}${differs ? " differs" : ""}${fact.amount === 0 ? " zero" : ""}`}
      data-testid="figure"
      data-path={fact.path}
      data-amount={fact.amount}
      aria-haspopup="dialog"
      title={t("provenance")}
      onClick={() => {
        open(fact);
      }}
    >
      {rupees(fact.amount)}
    </button>
  );
}

/** Holds the panel that the figures inside it open. */
export function ProvenanceDesk({ children }: { readonly children: ReactNode }) {
  const [fact, setFact] = useState<Fact>();
  const dialog = useRef<HTMLDialogElement>(null);
  const { t } = useWords();
  useEffect(() => {
    if (fact && dialog.current?.open === false) dialog.current.showModal();
  }, [fact]);
  const close = () => {
    dialog.current?.close();
  };
  return (
    <OpenProvenance value={setFact}>
      {children}
      <dialog
        ref={dialog}
        className="panel"
        data-testid="provenance"
        aria-labelledby="provenance-title"
        onClose={() => {
          setFact(undefined);
        }}
        onClick={(event) => {
          if (event.target === dialog.current) close();
        }}
      >
        <div className="panel-body">
          <header>
            <h2 id="provenance-title">{t("provenance")}</h2>
            <button type="button" className="quiet" onClick={close}>
              {t("close")}
            </button>
          </header>
          {fact && <Provenance fact={fact} />}
        </div>
      </dialog>
    </OpenProvenance>
  );
}

function Provenance({ fact }: { readonly fact: Fact }) {
  const { t } = useWords();
  const { path, label, amount, document, madeOf, remark } = fact;
  return (
    <>
      <p className="panel-fact">
        <span>{label}</span>
        <strong>{amount === null ? t("missing") : rupees(amount)}</strong>
        <code>{path}</code>
      </p>
      {remark && <p>{remark}</p>}
      {document && <OfDocument path={path} document={document} />}
      {madeOf && <MadeOf ingredients={madeOf} />}
    </>
  );
}

function MadeOf({ ingredients }: { readonly ingredients: readonly Ingredient[] }) {
  const { t, word, language } = useWords();
  return (
    <>
      <h3>{t("madeOf")}</h3>
      <ul className="claims">
        {ingredients.map(({ path, provider, at }) => (
          <li key={path}>
            <code>{path}</code>
            <span>{provider === undefined ? "" : word(provider)}</span>
            {at !== undefined && <small>{moment(at, language)}</small>}
          </li>
        ))}
      </ul>
    </>
  );
}

function OfDocument({ path, document }: { readonly path: string; readonly document: Sourced }) {
  const { t, word, language } = useWords();
  const belief = beliefOf(document, path);
  const disagreement = document.disagreements.find((one) => one.path === path);
  const source = belief ?? document.provenance[0];
  const others = (disagreement?.claims ?? [])
    .map(({ provider }) => provider)
    .filter((provider) => provider !== disagreement?.chosen);
  return (
    <>
      <dl className="facts">
        <dt>{t("whoSays")}</dt>
        <dd>{source ? word(source.provider) : "–"}</dd>
        <dt>{t("how")}</dt>
        <dd>{source ? word(source.method) : "–"}</dd>
        <dt>{t("when")}</dt>
        <dd>{source ? moment(source.fetchedAt, language) : "–"}</dd>
        {belief && (
          <>
            <dt>{t("why")}</dt>
            <dd>{belief.reason}</dd>
            <dt>{t("agrees")}</dt>
            <dd>{belief.agreedBy.length > 0 ? belief.agreedBy.map(word).join(", ") : t("nobody")}</dd>
          </>
        )}
        <dt>{t("disagrees")}</dt>
        <dd>{others.length > 0 ? others.map(word).join(", ") : t("noDisagreement")}</dd>
      </dl>
      {disagreement && (
        <ul className="claims">
          {disagreement.claims.map((claim) => (
            <li key={claim.provider} className={claim.provider === disagreement.chosen ? "chosen" : ""}>
              <span>{word(claim.provider)}</span>
              <span className="number">{claim.amount === null ? claim.value : rupees(claim.amount)}</span>
              <small>
                {moment(claim.asOf, language)}
                {claim.provider === disagreement.chosen && ` · ${t("used")}`}
              </small>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** A list or an object may be one fact: then its own path stands for all that lies in it. */
export function beliefOf({ beliefs }: Sourced, path: string) {
  return beliefs.find((one) => path === one.path) ?? beliefs.find((one) => path.startsWith(`${one.path}.`));
}
