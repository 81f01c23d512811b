import { useEffect, useMemo, useState } from "react";
import { Provider } from "urql";
import { createClient } from "@aaygraph/client";
import { ClientContext, urqlThrough } from "./graph";
import { ProvenanceDesk } from "./parts/figure";
import { screens, useScreen, type ScreenName } from "./screens";
import { ServerContext, serverWith } from "./server";
import { settings } from "./settings";
import { TokenForm } from "./tokenForm";
import { LanguageContext, useWords } from "./words/language";
import type { Language } from "./words/messages";

type Theme = "light" | "dark";

/** The token lives in this tab's memory only: nothing of the console is ever stored. */
export function App() {
  const [language, setLanguage] = useState<Language>("en");
  const [theme, setTheme] = useState<Theme>(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  const [token, setToken] = useState(settings.token);
  const [isUp, setUp] = useState(true);
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dataset.theme = theme;
  }, [language, theme]);
  const graph = useMemo(() => {
    const client = createClient({
      url: new URL("/graphql", location.origin).href,
      token: () => token ?? undefined,
      onConnection: setUp,
    });
    return { client, urql: urqlThrough(client), server: serverWith(token) };
  }, [token]);
  return (
    <LanguageContext value={language}>
      <ClientContext value={graph.client}>
        <ServerContext value={graph.server}>
          <Provider value={graph.urql}>
            <ProvenanceDesk>
              <Shell {...{ theme, setTheme, language, setLanguage, isUp }}>
                {token === null ? <TokenForm use={setToken} /> : undefined}
              </Shell>
            </ProvenanceDesk>
          </Provider>
        </ServerContext>
      </ClientContext>
    </LanguageContext>
  );
}

interface ShellParts {
  readonly theme: Theme;
  readonly setTheme: (theme: Theme) => void;
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  /** Whether the connection for live changes stands; true as long as none was needed. */
  readonly isUp: boolean;
  /** Shown instead of the screens. */
  readonly children: React.ReactNode;
}

function Shell({ theme, setTheme, language, setLanguage, isUp, children }: ShellParts) {
  const { t } = useWords();
  const screen = useScreen();
  // A screen that was looked at stays as it was left: its search, its open panels.
  const [seen, setSeen] = useState<ReadonlySet<ScreenName>>(new Set([screen]));
  if (!seen.has(screen)) setSeen(new Set([...seen, screen]));
  return (
    <div className="shell">
      <a className="skip" href={`#/${screen}`} onClick={() => document.querySelector("main")?.focus()}>
        {t("skip")}
      </a>
      <header className="top">
        <p className="product">{t("product")}</p>
        <nav aria-label={t("screens")}>
          {Object.keys(screens).map((name) => (
            <a key={name} href={`#/${name}`} aria-current={name === screen ? "page" : undefined}>
              {t(name as ScreenName)}
            </a>
          ))}
        </nav>
        <div className="top-tools">
          <span className={`connection ${isUp ? "up" : "down"}`} role="status">
            {t(isUp ? "live" : "reconnecting")}
          </span>
          <button
            type="button"
            className="quiet"
            lang={language === "en" ? "hi" : "en"}
            onClick={() => {
              setLanguage(language === "en" ? "hi" : "en");
            }}
          >
            {t("switchLanguage")}
          </button>
          <button
            type="button"
            className="quiet"
            onClick={() => {
              setTheme(theme === "dark" ? "light" : "dark");
            }}
          >
            {t(theme === "dark" ? "lightTheme" : "darkTheme")}
          </button>
        </div>
      </header>
      <main tabIndex={-1}>
        {children ??
          Object.entries(screens).map(
            ([name, Screen]) =>
              seen.has(name as ScreenName) && (
                <div key={name} hidden={name !== screen}>
                  <Screen isShown={name === screen} />
                </div>
              ),
          )}
      </main>
    </div>
  );
}
