import { useId, useState } from "react";
import { settings, type Person } from "../settings";
import { useWords } from "../words/language";

interface Search {
  readonly show: (pan: string) => void;
  readonly pick: (person: Person) => void;
}

const panPattern = /^[A-Z]{5}\d{4}[A-Z]$/;

export function PanSearch({ show }: Pick<Search, "show">) {
  const { t } = useWords();
  const [text, setText] = useState("");
  const [isMalformed, setMalformed] = useState(false);
  const id = useId();
  return (
    <form
      className="pan-search"
      role="search"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const pan = text.trim().toUpperCase();
        setMalformed(!panPattern.test(pan));
        if (panPattern.test(pan)) show(pan);
      }}
    >
      <label htmlFor={id}>{t("searchLabel")}</label>
      <input
        id={id}
        data-testid="taxpayer-search"
        value={text}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={12}
        placeholder="ABCDE1234F"
        aria-invalid={isMalformed}
        aria-describedby={`${id}-hint`}
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
      <button type="submit" className="main">
        {t("search")}
      </button>
      <p id={`${id}-hint`} className="hint bad" role="status">
        {isMalformed && t("panMalformed")}
      </p>
    </form>
  );
}

/** The sandbox's cast: one click shows a case. */
export function People({ pick }: Pick<Search, "pick">) {
  const { t } = useWords();
  const [wanted, setWanted] = useState("");
  const words = wanted.toLowerCase().split(/\s+/);
  const found = settings.people.filter(({ name, title, pan }) => {
    const text = `${name} ${title} ${pan}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return (
    <section className="card people" aria-labelledby="people-title">
      <header className="card-head">
        <div>
          <h2 id="people-title">{t("people")}</h2>
          <p className="hint">{t("peopleHint")}</p>
        </div>
        <input
          type="search"
          aria-label={t("peopleFilter")}
          placeholder={t("peopleFilter")}
          value={wanted}
          onChange={(event) => {
            setWanted(event.target.value);
          }}
        />
      </header>
      {found.length === 0 && <p className="hint">{t("noPeople")}</p>}
      <ul>
        {found.map((person) => (
          <li key={person.pan}>
            <button
              type="button"
              data-testid="persona"
              onClick={() => {
                pick(person);
              }}
            >
              <strong>{titleCase(person.name)}</strong>
              <span>{person.title}</span>
              <code>{person.pan}</code>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** "ASHA ACHARYA" as the Department writes it, "Asha Acharya" as people do. */
export function titleCase(name: string): string {
  return name.toLowerCase().replaceAll(/(^|[\s'])\p{L}/gu, (start) => start.toUpperCase());
}
