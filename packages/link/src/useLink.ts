import { useCallback, useEffect, useRef, useState } from "react";
import { goToLink, openLink, takeReturn, LinkWindowError, type Link, type LinkReturn } from "./link.ts";

/** IDLE: nothing is under way. OPEN: the taxpayer is on their page. BLOCKED and CLOSED: see LinkWindowError. */
export type LinkStage =
  | { readonly kind: "IDLE" | "OPEN" | "BLOCKED" | "CLOSED" }
  | ({ readonly kind: "RETURNED" } & LinkReturn)
  | { readonly kind: "FAILED"; readonly error: unknown };

export interface UseLink {
  readonly stage: LinkStage;
  /** In a window of its own. Call it while a click is handled. */
  readonly open: (link: Link | Promise<Link>) => void;
  /** In place of this page. */
  readonly redirect: (link: Link | Promise<Link>) => void;
}

/** Opens links, and tells how they ended; also after a redirect, where the component stands on the return address. */
export function useLink(): UseLink {
  const [stage, setStage] = useState<LinkStage>({ kind: "IDLE" });
  const latest = useRef<AbortController>(undefined);

  useEffect(() => {
    const returned = takeReturn();
    if (returned) setStage({ kind: "RETURNED", ...returned });
    // "Back" from the taxpayer's page shows this page as it was left.
    const wake = ({ persisted }: PageTransitionEvent) => {
      if (persisted) setStage({ kind: "IDLE" });
    };
    window.addEventListener("pageshow", wake);
    return () => {
      window.removeEventListener("pageshow", wake);
      latest.current?.abort();
    };
  }, []);

  const run = useCallback((begin: (signal: AbortSignal) => Promise<LinkReturn | undefined>) => {
    // Of two clicks the later one counts, and the window of the first is closed.
    latest.current?.abort();
    const { signal } = (latest.current = new AbortController());
    const tell = (next: LinkStage) => {
      if (!signal.aborted) setStage(next);
    };
    tell({ kind: "OPEN" });
    begin(signal).then(
      (returned) => {
        if (returned) tell({ kind: "RETURNED", ...returned });
      },
      (error: unknown) => {
        tell(error instanceof LinkWindowError ? { kind: error.reason } : { kind: "FAILED", error });
      },
    );
  }, []);

  const open = useCallback<UseLink["open"]>(
    (link) => {
      run((signal) => openLink(link, { signal }));
    },
    [run],
  );
  const redirect = useCallback<UseLink["redirect"]>(
    (link) => {
      run(async (signal) => {
        const made = await link;
        if (!signal.aborted) goToLink(made);
        return undefined;
      });
    },
    [run],
  );
  return { stage, open, redirect };
}
