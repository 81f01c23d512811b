import type { Locale } from "../../domain";
import { html, type Html } from "./html";
import { type Messages, messagesByLocale } from "./messages";

interface Layout {
  readonly locale: Locale;
  readonly title: string;
  /** 1 to 3, where the page is a step of a link. */
  readonly step?: 1 | 2 | 3 | undefined;
  readonly main: Html;
  /** Names what is in progress. The script loads the page again until this is left out. */
  readonly progress?: string | undefined;
  /** Where the script leads after a moment. */
  readonly forward?: string | undefined;
  /** What the switch of languages keeps of the address: "code=…". */
  readonly keep?: string | undefined;
}

const shield = html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
  <path fill="#0b4f6c" d="M12 1.8 3.5 5v6.2c0 5.2 3.5 9.3 8.5 11 5-1.7 8.5-5.8 8.5-11V5z" />
  <path
    fill="none"
    stroke="#fff"
    stroke-width="2.2"
    stroke-linecap="round"
    stroke-linejoin="round"
    d="m8 12 2.8 2.8L16 9.6"
  />
</svg>`;

export const tick = html`<svg class="tick" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
  <circle cx="12" cy="12" r="11" fill="currentColor" />
  <path
    fill="none"
    stroke="#fff"
    stroke-width="2.4"
    stroke-linecap="round"
    stroke-linejoin="round"
    d="m7 12.5 3.4 3.4L17 9.2"
  />
</svg>`;

export const padlock = html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
  <path fill="currentColor" d="M6 10V8a6 6 0 1 1 12 0v2h1v12H5V10zm3 0h6V8a3 3 0 1 0-6 0z" />
</svg>`;

const otherLocale: Readonly<Record<Locale, Locale>> = { EN: "HI", HI: "EN" };

/** A whole page: works without its script, and loads one style sheet and nothing else. */
export function page({ locale, title, step, main, progress, forward, keep }: Layout): Html {
  const m = messagesByLocale[locale];
  const other = otherLocale[locale];
  const { htmlLang, ownName } = messagesByLocale[other];
  return html`<!doctype html>
<html lang="${m.htmlLang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/link/page.css">
${progress === undefined ? undefined : html`<noscript><meta http-equiv="refresh" content="3" /></noscript>`}
</head>
<body>
<div class="frame">
<header>
<div class="brand">${shield}<span>AayGraph</span></div>
<nav aria-label="${m.language}"><a href="?${keep === undefined ? "" : `${keep}&`}lang=${other}" hreflang="${htmlLang}" lang="${htmlLang}">${ownName}</a></nav>
</header>
<main${progress === undefined ? undefined : html` data-progress="${progress}"`}${forward === undefined ? undefined : html` data-forward="${forward}"`}>
${step === undefined ? undefined : stepList(m, step)}
${main}
</main>
<footer>${m.safety}</footer>
</div>
<script src="/link/page.js" defer></script>
</body>
</html>
`;
}

function stepList(m: Messages, now: number): Html {
  const items = m.steps.map((text, at) => {
    const isNow = at + 1 === now;
    const kind = isNow ? "now" : at + 1 < now ? "past" : "";
    return html`<li class="${kind}" ${isNow ? html` aria-current="step"` : undefined}>${text}</li>`;
  });
  return html`<ol class="steps" aria-label="${m.stepOf(now, m.steps.length)}">
    ${items}
  </ol>`;
}

/** An alert that is read out when the page loads. */
export function problemBox(...lines: readonly (string | undefined)[]): Html {
  const texts = lines.filter((line) => line !== undefined).map((line) => html`<p>${line}</p>`);
  return html`<div class="problem" role="alert" tabindex="-1" data-focus data-testid="problem">${texts}</div>`;
}

const indianOffsetMs = 5.5 * 3_600_000;

/** The time in India, "14:35", the same in both languages. */
export function timeText(ms: number): string {
  return new Date(ms + indianOffsetMs).toISOString().slice(11, 16);
}
