import { randomInt } from "node:crypto";
import { type ProviderId, instantAt, type Instant } from "../domain";
import type { Clock } from "../kernel";
import type { SimulatedReply } from "../providers";

interface PhoneMessage {
  readonly provider: ProviderId;
  readonly pan: string;
  readonly otp: string;
  readonly sentAt: Instant;
}

/** The fake phone: it receives the portal's one-time passwords. */
export interface FakePhone {
  /** Sends a new password, and returns it to the simulator that will check it. */
  ring(provider: ProviderId, pan: string): string;
  /** Newest first. */
  messages(pan?: string): readonly PhoneMessage[];
  /** The messages as a page without scripts. It reloads itself every three seconds. */
  page(): SimulatedReply;
}

const mostKept = 50;

export function createPhone(clock: Clock, randomOtp: () => string = sixDigits): FakePhone {
  const kept: PhoneMessage[] = [];
  return {
    ring(provider, pan) {
      const otp = randomOtp();
      kept.unshift({ provider, pan, otp, sentAt: instantAt(clock.now()) });
      kept.length = Math.min(kept.length, mostKept);
      return otp;
    },
    page: () => pageOf(kept),
    messages: (pan) => kept.filter((message) => pan === undefined || message.pan === pan),
  };
}

function sixDigits(): string {
  return String(randomInt(1_000_000)).padStart(6, "0");
}

const style = `
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 32rem; margin: 2rem auto; padding: 0 1rem; }
  li { list-style: none; margin: 0 0 1rem; padding: 1rem; border: 1px solid #8884; border-radius: 0.75rem; }
  ul { padding: 0; } b { font-size: 1.5rem; letter-spacing: 0.2em; } small { opacity: 0.7; }
`;

function pageOf(messages: readonly PhoneMessage[]): SimulatedReply {
  const items = messages.map(
    ({ provider, pan, otp, sentAt }) =>
      `<li><b>${escape(otp)}</b><br>One-time password for ${escape(pan)}<br><small>${provider}, <time>${sentAt}</time></small></li>`,
  );
  const list = items.length > 0 ? `<ul>${items.join("")}</ul>` : "<p>No messages yet.</p>";
  return {
    status: 200,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy":
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
      "cache-control": "no-store",
      refresh: "3",
    },
    body: `<!doctype html><html lang="en"><title>Fake phone</title><style>${style}</style><h1>Fake phone</h1>${list}</html>`,
  };
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
