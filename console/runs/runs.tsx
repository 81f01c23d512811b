import { useState } from "react";
import { typed } from "../parts/form";
import { Note } from "../parts/states";
import { useWords } from "../words/language";
import { OneRun } from "./oneRun";
import { StartForm } from "./startForm";

/** The graph has a run by its id alone, so this screen shows what was started or named here, newest first. */
export function RunsScreen({ isShown }: { readonly isShown: boolean }) {
  const { t } = useWords();
  const [ids, setIds] = useState<readonly string[]>([]);
  const show = (id: string) => {
    setIds([id, ...ids.filter((one) => one !== id)]);
  };
  return (
    <div className="screen" data-testid="runs">
      <header className="screen-head">
        <h1>{t("runs")}</h1>
        <p className="hint">{t("runsHint")}</p>
      </header>
      <StartForm started={show} />
      {ids.length === 0 && (
        <Note title={t("noRuns")}>
          <p>{t("noRunsHint")}</p>
        </Note>
      )}
      <ul className="session-list">
        {ids.map((id) => (
          <OneRun key={id} id={id} isShown={isShown} />
        ))}
      </ul>
      <form
        className="pan-search earlier-run"
        onSubmit={(event) => {
          event.preventDefault();
          const id = typed(new FormData(event.currentTarget), "run");
          if (id !== "") show(id);
          event.currentTarget.reset();
        }}
      >
        <label>
          {t("openRun")} <input name="run" autoComplete="off" spellCheck={false} placeholder="rn_…" />
        </label>
        <button type="submit">{t("search")}</button>
      </form>
    </div>
  );
}
