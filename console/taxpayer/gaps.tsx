import { Mark } from "../parts/states";
import { settings } from "../settings";
import { useWords } from "../words/language";
import type { useConnect } from "./connect";
import type { TaxpayerAnswer } from "./years";

type Source = TaxpayerAnswer["sources"][number];

interface Gaps {
  readonly pan: string;
  readonly sources: readonly Source[];
  readonly connect: ReturnType<typeof useConnect>["connect"];
  readonly again: () => void;
  readonly isBusy: boolean;
}

/** What is missing and why, a line for each reason, with the one button that would fill it. */
export function Gaps({ pan, sources, connect, again, isBusy }: Gaps) {
  const { t, word } = useWords();
  const person = settings.people.find((one) => one.pan === pan);
  const found = new Set(sources.filter(({ outcome }) => outcome === "FOUND").map(keyOf));
  const open = sources.filter((source) => source.outcome !== "FOUND" && source.outcome !== "UNSUPPORTED");
  const byProvider = Map.groupBy(open, ({ provider, outcome }) => `${provider} ${outcome}`);
  return (
    <section className="card" aria-labelledby="gaps-title">
      <h2 id="gaps-title">{t("gaps")}</h2>
      {byProvider.size === 0 && <p className="hint">{t("noGaps")}</p>}
      <ul className="gaps">
        {[...byProvider].map(([key, group]) => {
          const first = group[0];
          if (!first) return null;
          const action = first.nextAction;
          const isCovered = group.every((source) => found.has(keyOf(source)));
          return (
            <li key={key}>
              <div>
                <strong>{word(first.provider)}</strong> <Mark value={first.outcome} />
                <p className="hint">
                  {[
                    ...new Set(
                      group.map(({ document, assessmentYear }) => `${word(document)} ${assessmentYear ?? ""}`.trim()),
                    ),
                  ].join(", ")}
                  {isCovered && ` · ${t("covered")}`}
                </p>
                {first.problem && <p>{first.problem.message}</p>}
              </div>
              {action?.kind === "OPEN_SESSION" &&
                (person ? (
                  <button
                    type="button"
                    disabled={isBusy}
                    onClick={() => {
                      void connect({ ...person, provider: first.provider }).then(again);
                    }}
                  >
                    {t("openSession", { provider: word(first.provider) })}
                  </button>
                ) : (
                  <p className="hint">{action.message}</p>
                ))}
              {first.problem?.retryable === true && (
                <button type="button" onClick={again}>
                  {t("tryAgain")}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function keyOf({ document, assessmentYear }: Source): string {
  return `${document} ${assessmentYear ?? ""}`;
}
