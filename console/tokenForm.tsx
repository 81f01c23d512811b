import { useState } from "react";
import { useWords } from "./words/language";

/** Asks the operator for a token where the server hands out none. */
export function TokenForm({ use }: { readonly use: (token: string) => void }) {
  const { t } = useWords();
  const [text, setText] = useState("");
  return (
    <form
      className="card token"
      onSubmit={(event) => {
        event.preventDefault();
        use(text.trim());
      }}
    >
      <h1>{t("tokenTitle")}</h1>
      <label>
        <span className="hidden-label">{t("tokenTitle")}</span>
        <input
          type="password"
          autoComplete="off"
          required
          value={text}
          onChange={(event) => {
            setText(event.target.value);
          }}
        />
      </label>
      <p className="hint">{t("tokenHint")}</p>
      <button type="submit" className="main">
        {t("tokenUse")}
      </button>
    </form>
  );
}
