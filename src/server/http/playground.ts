import type { Secret } from "../../kernel";
import { createPage, strictPolicy } from "./page";

interface PlaygroundSettings {
  /** The built bundle; it does not change while the process lives. */
  readonly directory: string;
  /** Everyone who opens the page can read it, so only a sandbox may pass one. */
  readonly token: Secret | undefined;
  /** What the page reads off the fake phone: one-time passwords, so only a sandbox may pass one. */
  readonly phone: (() => Promise<unknown>) | undefined;
}

const contentSecurityPolicy = [
  ...strictPolicy,
  "worker-src 'self'",
  // Monaco writes its theme and every line's position as inline styles.
  "style-src 'self' 'unsafe-inline'",
];

/** Answers requests for /playground and what lies under it; anything else it leaves alone, and returns false. */
export function createPlayground({ directory, token, phone }: PlaygroundSettings) {
  const settings = () => ({ token: token?.reveal() ?? null, hasPhone: phone !== undefined });
  return createPage({ path: "/playground", directory, settings, contentSecurityPolicy }, (name, reply) => {
    if (name !== "phone.json" || phone === undefined) return false;
    phone().then(
      (screen) => {
        const headers = { "Content-Type": "application/json", "Cache-Control": "no-store" };
        reply(200, headers, Buffer.from(JSON.stringify(screen)));
      },
      () => {
        reply(503, {});
      },
    );
    return true;
  });
}
