import { useEffect, useState } from "react";
import { IncomeOverYearsDocument } from "@aaygraph/client";
import { useAnswer } from "../graph";
import { Mark, Note, WhenAnswered } from "../parts/states";
import { duration } from "../print";
import { settings, type Person } from "../settings";
import { useWords } from "../words/language";
import { IncomeChart, lines } from "./chart";
import { useConnect } from "./connect";
import { IncomeTable } from "./incomeTable";
import { Filings } from "./filings";
import { Gaps } from "./gaps";
import { Insights } from "./insights";
import { People, PanSearch, titleCase } from "./search";
import { heads, yearsOf, type TaxpayerAnswer } from "./years";

export function TaxpayerScreen({ isShown }: { readonly isShown: boolean }) {
  const { t } = useWords();
  const [pan, setPan] = useState<string>();
  return (
    <div className="screen taxpayer">
      <header className="screen-head">
        <h1>{t("taxpayer")}</h1>
        <PanSearch show={setPan} />
        {pan !== undefined && (
          <button
            type="button"
            className="quiet"
            onClick={() => {
              setPan(undefined);
            }}
          >
            {t("otherPerson")}
          </button>
        )}
      </header>
      {pan === undefined ? (
        <Nobody
          pick={(person) => {
            setPan(person.pan);
          }}
        />
      ) : (
        <OneTaxpayer key={pan} pan={pan} isShown={isShown} />
      )}
    </div>
  );
}

function Nobody({ pick }: { readonly pick: (person: Person) => void }) {
  const { t } = useWords();
  if (settings.people.length > 0) return <People pick={pick} />;
  return (
    <Note title={t("emptyTaxpayer")}>
      <p>{t("emptyTaxpayerHint")}</p>
    </Note>
  );
}

function OneTaxpayer({ pan, isShown }: { readonly pan: string; readonly isShown: boolean }) {
  const { t, word } = useWords();
  const asked = useAnswer(IncomeOverYearsDocument, { pan }, { when: isShown });
  const { progress, connect } = useConnect();
  const person = settings.people.find((one) => one.pan === pan);
  const needsLogin = asked.data?.taxpayer.filings.nodes === null && !asked.isAsking;
  const [wasTried, setTried] = useState(false);
  const fill = () => {
    setTried(true);
    if (person) void connect(person).then(asked.again);
  };
  useEffect(() => {
    // The sandbox's people are logged in by the click that chose them.
    if (needsLogin && person && !wasTried) fill();
  });
  return (
    <>
      {progress.kind === "BUSY" && (
        <Note title={t("connecting", { provider: word(progress.provider) })} tone="busy">
          <p>{progress.message}</p>
          {progress.usualMs !== null && <p>{t("usual", { time: duration(progress.usualMs) })}</p>}
        </Note>
      )}
      {progress.kind === "REFUSED" && (
        <Note title={progress.message} tone="bad">
          <button type="button" onClick={fill}>
            {t("tryAgain")}
          </button>
        </Note>
      )}
      <WhenAnswered asked={asked} waiting={t("asking")}>
        {({ taxpayer }) => (
          <Whole {...{ pan, taxpayer, connect, again: asked.again, isBusy: progress.kind === "BUSY" }} />
        )}
      </WhenAnswered>
    </>
  );
}

interface WholeParts {
  readonly pan: string;
  readonly taxpayer: TaxpayerAnswer;
  readonly connect: ReturnType<typeof useConnect>["connect"];
  readonly again: () => void;
  readonly isBusy: boolean;
}

function Whole({ pan, taxpayer, connect, again, isBusy }: WholeParts) {
  const { t } = useWords();
  const { nodes } = taxpayer.filings;
  const years = yearsOf(nodes ?? []);
  return (
    <>
      <Who taxpayer={taxpayer} />
      {nodes === null && !isBusy && (
        <Note title={t("noReturns")}>
          <p>{t("noReturnsHint")}</p>
        </Note>
      )}
      {nodes?.length === 0 && <Note title={t("neverFiled")} />}
      {years.length > 0 && (
        <section className="card" aria-labelledby="income-title">
          <header className="card-head">
            <div>
              <h2 id="income-title">{t("incomeTitle")}</h2>
              <p className="hint">{t("incomeHint")}</p>
            </div>
            <ul className="legend" aria-hidden="true">
              {[...heads, ...lines.map(({ name }) => name)].map((name) => (
                <li key={name}>
                  <span className={`swatch ${name}`} />
                  {t(name)}
                </li>
              ))}
            </ul>
          </header>
          <IncomeChart years={years} />
          <IncomeTable years={years} />
        </section>
      )}
      {years.length > 0 && <Insights pan={pan} taxpayer={taxpayer} />}
      <div className="columns">
        {years.length > 0 && <Filings years={years} />}
        <Gaps {...{ pan, sources: taxpayer.sources, connect, again, isBusy }} />
      </div>
    </>
  );
}

function Who({ taxpayer: { pan, holderType, profile, compliance } }: { readonly taxpayer: TaxpayerAnswer }) {
  const { t, word } = useWords();
  const isLinked = profile?.aadhaarLink.linked;
  return (
    <div className="who">
      <p className="who-name">{profile?.name ? titleCase(profile.name) : pan}</p>
      <p className="who-facts">
        <code>{pan}</code>
        <span>{word(holderType)}</span>
        {isLinked !== undefined && isLinked !== null && <span>{t(isLinked ? "linked" : "notLinked")}</span>}
        {compliance && <Mark value={compliance.standing} />}
      </p>
    </div>
  );
}
