import { consentNotice, maskPan, type Locale, type Pan } from "../../domain";
import { type FaultCode, Fault } from "../../kernel";
import { isLinkOver, type Link, mostRefusals } from "../../links";
import type { ConnectedProvider } from "../../providers";
import type { Session } from "../../sessions";
import { html, type Html } from "./html";
import { padlock, page, problemBox, tick, timeText } from "./layout";
import { type Messages, messagesByLocale } from "./messages";

/** What a form was refused for before it led to anything. */
export type FormProblem = "STALE" | "BAD_PAN" | "EMPTY_PASSWORD" | "BAD_OTP";

export interface LinkView {
  readonly link: Link;
  readonly locale: Locale;
  readonly requester: string;
  readonly session: Session | undefined;
  readonly provider: ConnectedProvider | undefined;
  readonly other: ConnectedProvider | undefined;
  /** The PAN that the caller has given. */
  readonly pan: Pan | undefined;
  readonly csrf: (action: string) => string;
  /** The taxpayer has read of a failure, and tries again. */
  readonly isAgain: boolean;
  readonly formProblem: FormProblem | undefined;
  /** Of the consent that was granted. */
  readonly receipt: { readonly id: string; readonly code: string } | undefined;
}

interface Part {
  readonly title: string;
  readonly main: Html;
  readonly step?: 1 | 2 | 3;
  readonly progress?: string;
  readonly forward?: string | undefined;
}

/** The page of a link, for the browser that it is bound to. */
export function linkPage(view: LinkView): Html {
  const { locale } = view;
  return page({ locale, ...partOf(view, messagesByLocale[locale]) });
}

function partOf(view: LinkView, m: Messages): Part {
  const { link, session } = view;
  const { state, loginAtMs, problem } = link.progress;
  switch (state) {
    case "CREATED":
    case "OPENED":
      return noticePart(view, m);
    case "CONSENTED":
      if (loginAtMs === undefined)
        return problem && !view.isAgain ? failurePart(view, m, problem.code) : loginPart(view, m);
      return session?.progress.phase === "AWAITING_OTP" ? otpPart(view, m) : progressPart(view, m);
    case "CONNECTED":
      return donePart(view, m);
    case "DECLINED":
    case "FAILED":
    case "EXPIRED":
    case "CANCELLED":
      return overPart(view, m);
  }
}

function form({ csrf }: LinkView, action: string, inside: Html): Html {
  return html`<form method="post" autocomplete="off">
    <input type="hidden" name="action" value="${action}" /><input type="hidden" name="csrf" value="${csrf(action)}" />
    ${inside}
  </form>`;
}

function declineForm(view: LinkView, m: Messages): Html {
  return form(view, "decline", html`<button class="quiet" data-testid="decline">${m.notice.decline}</button>`);
}

function noticePart(view: LinkView, m: Messages): Part {
  const { link, locale, requester, pan } = view;
  const heading = m.notice.heading(requester);
  const lines = noticeOf(view).split("\n");
  return {
    title: heading,
    step: 1,
    main: html`<h1>${heading}</h1>
      <p>${m.notice.lead}</p>
      ${pan && html`<p class="who">${m.forPan(maskPan(pan))}</p>`} ${formProblemBox(view, m)}
      <ul class="notice">
        ${lines.map((line) => html`<li>${line}</li>`)}
      </ul>
      ${form(view, "agree", html`<input type="hidden" name="lang" value="${locale}" /><button data-testid="agree">${m.notice.agree}</button>`)}
      ${declineForm(view, m)}
      <p class="soft">${m.notice.openUntil(timeText(link.expiresAtMs))}</p>`,
  };
}

function noticeOf({ link, requester, locale }: Pick<LinkView, "link" | "requester" | "locale">): string {
  const { terms, documents, incomeYears } = link;
  return consentNotice({ requester, terms, documents, incomeYears }, locale);
}

/** With what stood in the way last, where the password is to be entered again. */
function loginPart(view: LinkView, m: Messages, above?: Html): Part {
  const { link, requester, provider, pan, formProblem } = view;
  const name = provider?.provider.name ?? link.progress.provider;
  const isPanBad = formProblem === "BAD_PAN";
  const isPasswordBad = formProblem === "EMPTY_PASSWORD" || link.progress.problem?.code === "INVALID_CREDENTIALS";
  const panField = html`<label for="pan">${m.login.pan}</label>
    <input
      id="pan"
      name="pan"
      data-testid="pan"
      required
      maxlength="16"
      autocapitalize="characters"
      autocomplete="off"
      spellcheck="false"
      aria-describedby="pan-hint"
      ${isPanBad ? html` aria-invalid="true"` : undefined}
    />
    <p class="hint" id="pan-hint">${m.login.panHint}</p>`;
  return {
    title: m.login.heading,
    step: 2,
    main: html`<h1>${m.login.heading}</h1>
      ${above ?? formProblemBox(view, m)}
      <p>${m.login.lead(name)}</p>
      ${pan && html`<p class="who">${m.forPan(maskPan(pan))}</p>`}
      ${form(
        view,
        "login",
        html`${link.isPanGiven ? undefined : panField}
          <label for="password">${m.login.password}</label>
          <input
            id="password"
            name="password"
            type="password"
            data-testid="password"
            required
            maxlength="200"
            autocomplete="off"
            aria-describedby="password-hint"
            ${isPasswordBad ? html` aria-invalid="true"` : undefined}
          />
          <p class="hint" id="password-hint">${m.login.passwordHint}</p>
          <div class="lock">${padlock}<span>${m.login.promise(requester)}</span></div>
          <button data-testid="continue">${m.login.proceed}</button>`,
      )}
      ${declineForm(view, m)}
      <p class="soft">${m.login.forgotten}</p>`,
  };
}

/** The portal knows better: the same fields again, under what it said. */
const askAgainCodes: readonly FaultCode[] = ["INVALID_CREDENTIALS", "PAN_NOT_FOUND", "OTP_INVALID", "OTP_EXPIRED"];

function failurePart(view: LinkView, m: Messages, code: FaultCode): Part {
  const { link, provider, other } = view;
  const name = provider?.provider.name ?? link.progress.provider;
  const words = failureText(m, code, name);
  if (askAgainCodes.includes(code)) {
    const left = mostRefusals - link.progress.refusals;
    const isRefusal = code === "INVALID_CREDENTIALS" || code === "PAN_NOT_FOUND";
    const more = isRefusal ? m.problems.attemptsLeft(left) : undefined;
    return loginPart(view, m, view.formProblem ? formProblemBox(view, m) : problemBox(words, more));
  }
  // A portal that is down is down for every provider.
  const offered = code === "PORTAL_UNAVAILABLE" ? undefined : other;
  const again = m.problems.again(timeText(link.expiresAtMs));
  return {
    title: m.problems.heading,
    step: 2,
    main: html`<h1>${m.problems.heading}</h1>
      ${formProblemBox(view, m)} ${problemBox(words, again)}
      ${
        offered &&
        html`<h2>${m.problems.otherHeading(offered.provider.name)}</h2>
          <p>${m.problems.other(offered.provider.name)}</p>
          ${form(view, "provider", html`<input type="hidden" name="provider" value="${offered.provider.id}" /><button data-testid="agree">${m.notice.agree}</button>`)}
          <p class="soft">${m.problems.orAgain(name)}</p>`
      }
      <form method="get">
        <input type="hidden" name="again" value="1" /><button class="${offered ? "quiet" : ""}" data-testid="continue">
          ${m.login.proceed}
        </button>
      </form>
      ${declineForm(view, m)}`,
  };
}

function failureText(m: Messages, code: FaultCode, provider: string): string {
  return m.failures[code]?.(provider) ?? m.anyFailure;
}

function formProblemBox({ formProblem }: LinkView, m: Messages): Html | undefined {
  if (formProblem === undefined) return undefined;
  const { staleForm, badPan, emptyPassword, badOtp } = m.problems;
  const textByProblem = { STALE: staleForm, BAD_PAN: badPan, EMPTY_PASSWORD: emptyPassword, BAD_OTP: badOtp };
  return problemBox(textByProblem[formProblem]);
}

function otpPart(view: LinkView, m: Messages): Part {
  const { session } = view;
  if (session?.progress.phase !== "AWAITING_OTP") throw new Fault("INTERNAL", { note: "no one-time password is due" });
  const { attemptsLeft, otpExpiresAtMs, problem } = session.progress;
  const isBad = problem !== undefined || view.formProblem === "BAD_OTP";
  return {
    title: m.otp.heading,
    step: 2,
    main: html`<h1>${m.otp.heading}</h1>
      ${formProblemBox(view, m) ?? (problem && problemBox(m.otp.wrong(attemptsLeft)))}
      <p>${m.otp.lead}</p>
      ${form(
        view,
        "otp",
        html`<label for="otp">${m.otp.field}</label>
          <input
            id="otp"
            name="otp"
            data-testid="otp"
            required
            maxlength="12"
            inputmode="numeric"
            autocomplete="one-time-code"
            aria-describedby="otp-hint"
            ${isBad ? html` aria-invalid="true"` : undefined}
          />
          <p class="hint" id="otp-hint">${m.otp.fieldHint(attemptsLeft, timeText(otpExpiresAtMs))}</p>
          <button data-testid="continue">${m.login.proceed}</button>`,
      )}
      <p class="soft">${m.otp.resendHint}</p>
      ${form(view, "resend", html`<button class="quiet" data-testid="resend">${m.otp.resend}</button>`)}
      ${declineForm(view, m)}`,
  };
}

function progressPart({ session }: LinkView, m: Messages): Part {
  const phase = session?.progress.phase ?? "OPENING";
  const isLoggingIn = phase === "OPENING" || phase === "CHECKING_OTP";
  const login = phase === "CHECKING_OTP" ? m.progress.checking : m.progress.opening;
  return {
    title: m.progress.heading,
    step: 2,
    progress: isLoggingIn ? phase : "READING",
    main: html`<h1>${m.progress.heading}</h1>
      <p class="soft" role="status"></p>
      <ol class="tasks" data-testid="progress">
        <li class="${isLoggingIn ? "now" : "past"}">${login}</li>
        <li class="${isLoggingIn ? "" : "now"}">${m.progress.reading}</li>
      </ol>
      <p>${m.progress.usual}</p>
      <p class="soft">${m.progress.leave}</p>`,
  };
}

function donePart(view: LinkView, m: Messages): Part {
  const { link, requester, receipt } = view;
  return {
    title: m.done.heading,
    step: 3,
    forward: returnAddress(link),
    main: html`<div data-testid="done">
        ${tick}
        <h1>${m.done.heading}</h1>
        <p>${m.done.lead(requester)}</p>
      </div>
      ${
        receipt &&
        html`<p>
            <a href="/consent/${receipt.id}?code=${receipt.code}" target="_blank" rel="noopener">${m.done.receipt}</a>
          </p>
          <p class="soft">${m.done.receiptHint}</p>`
      }
      ${returnForm(view, m)}`,
  };
}

function overPart(view: LinkView, m: Messages): Part {
  const { link, requester, provider } = view;
  const { state, problem, provider: providerId } = link.progress;
  if (state === "DECLINED") {
    return {
      title: m.declined.heading,
      forward: returnAddress(link),
      main: html`<div data-testid="declined">
          <h1>${m.declined.heading}</h1>
          <p>${m.declined.lead(requester)}</p>
        </div>
        ${returnForm(view, m)}`,
    };
  }
  const failure = problem && failureText(m, problem.code, provider?.provider.name ?? providerId);
  const isRefused = problem?.code === "INVALID_CREDENTIALS" || problem?.code === "PAN_NOT_FOUND";
  const box =
    state === "FAILED"
      ? problemBox(
          failure ?? m.anyFailure,
          isRefused ? m.problems.noAttemptsLeft : undefined,
          m.problems.next(requester),
        )
      : problemBox(state === "EXPIRED" ? m.problems.expired(requester) : m.problems.cancelled(requester));
  return {
    title: m.problems.heading,
    main: html`<h1>${m.problems.heading}</h1>
      ${box}${returnForm(view, m)}`,
  };
}

/** A form, since its two parameters are all that the address gets. */
function returnForm({ link, requester }: LinkView, m: Messages): Html {
  if (link.returnUrl === undefined) return html`<p>${m.done.close}</p>`;
  return html`<form method="get" action="${link.returnUrl}">
    <input type="hidden" name="link" value="${link.id}" /><input
      type="hidden"
      name="state"
      value="${link.progress.state}"
    />
    <p class="soft">${m.done.back(requester)}</p>
    <button data-testid="continue">${m.login.proceed}</button>
  </form>`;
}

function returnAddress(link: Link): string | undefined {
  if (link.returnUrl === undefined || !isLinkOver(link)) return undefined;
  return `${link.returnUrl}?${new URLSearchParams({ link: link.id, state: link.progress.state }).toString()}`;
}

/** For those who have no part in a link: another browser, an unknown address. */
export function refusalPage(locale: Locale, heading: string, ...lines: readonly string[]): Html {
  const main = html`<h1>${messagesByLocale[locale].problems.heading}</h1>
    ${problemBox(heading, ...lines)}`;
  return page({ locale, title: messagesByLocale[locale].problems.heading, main });
}
