import type { GraphiQLPlugin } from "@graphiql/react";
import { useEffect, useSyncExternalStore } from "react";
import type { Phone } from "./phone";

const lookAgainMs = 2_000;

/** A panel beside the editors that shows the fake phone, and looks for new messages while it is open. */
export function createPhonePlugin(phone: Phone): GraphiQLPlugin {
  return { title: "Fake phone", icon: PhoneIcon, content: () => <PhonePanel phone={phone} /> };
}

function PhonePanel({ phone }: { readonly phone: Phone }) {
  const messages = useSyncExternalStore(phone.subscribe, phone.messages);
  useEffect(() => {
    const look = () => {
      // A look that failed is made up for by the next.
      phone.look().catch(() => undefined);
    };
    look();
    const timer = setInterval(look, lookAgainMs);
    return () => {
      clearInterval(timer);
    };
  }, [phone]);

  return (
    <section aria-label="Fake phone" className="fake-phone">
      <h2>Fake phone</h2>
      {messages.length === 0 && <p>No messages yet: run OpenSession to make it ring.</p>}
      <ol>
        {messages.map(({ provider, pan, otp, sentAt }) => (
          <li key={`${sentAt} ${provider} ${otp}`}>
            <strong>{otp}</strong>
            <span>One-time password for {pan}</span>
            <small>
              {provider}, <time dateTime={sentAt}>{printed(sentAt)}</time>
            </small>
          </li>
        ))}
      </ol>
    </section>
  );
}

function printed(instant: string): string {
  return new Date(instant).toLocaleString([], { dateStyle: "medium", timeStyle: "medium" });
}

function PhoneIcon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round">
      <rect x="6.5" y="2.5" width="11" height="19" rx="2.5" />
      <path d="M11 18.5h2" />
    </svg>
  );
}
