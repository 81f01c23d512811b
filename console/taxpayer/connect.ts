import { useState } from "react";
import {
  OpenSessionDocument,
  ProvidersDocument,
  WatchSessionDocument,
  type Client,
  type ProviderId,
} from "@aaygraph/client";
import { useClient } from "../graph";

interface Login {
  readonly pan: string;
  readonly password: string;
  readonly provider: ProviderId;
}

type Progress =
  | { readonly kind: "IDLE" }
  | { readonly kind: "BUSY"; readonly provider: ProviderId; readonly message: string; readonly usualMs: number | null }
  | { readonly kind: "REFUSED"; readonly message: string };

const dayMs = 86_400_000;
const consentDays = 30;

/** Logs a taxpayer in, and follows the login until the returns can be read. */
export function useConnect() {
  const client = useClient();
  const [progress, setProgress] = useState<Progress>({ kind: "IDLE" });
  return {
    progress,
    /** True once the returns can be read. */
    connect: async (login: Login): Promise<boolean> => {
      try {
        const end = await logIn(client, login, setProgress);
        setProgress(end === undefined ? { kind: "IDLE" } : { kind: "REFUSED", message: end });
        return end === undefined;
      } catch (fault) {
        setProgress({ kind: "REFUSED", message: (fault as Error).message });
        return false;
      }
    },
  };
}

/** What is wrong, in the graph's own words; undefined where nothing is. */
async function logIn(client: Client, login: Login, show: (progress: Progress) => void): Promise<string | undefined> {
  const { provider } = login;
  const { data: known } = await client.ask(ProvidersDocument, {});
  const operations = known?.providers.find(({ id }) => id === provider)?.health.operations ?? [];
  const usualMs = Math.max(0, ...operations.map(({ p50Ms }) => p50Ms ?? 0)) || null;
  show({ kind: "BUSY", provider, message: "", usualMs });
  const now = Date.now();
  const { data, problems } = await client.ask(OpenSessionDocument, {
    input: {
      ...{ pan: login.pan, password: login.password, provider, years: 7 },
      consent: {
        purpose: "CREDIT_UNDERWRITING",
        startsAt: new Date(now - 60_000).toISOString(),
        expiresAt: new Date(now + consentDays * dayMs).toISOString(),
        dataLifeDays: consentDays,
      },
      idempotencyKey: crypto.randomUUID(),
    },
  });
  const session = data?.openSession.session;
  const problem = data?.openSession.problem ?? problems[0];
  if (!session) return problem?.message ?? "The login was refused.";
  for await (const { data: change } of client.watch(WatchSessionDocument, { id: session.id })) {
    const current = change?.sessionChanged;
    if (current?.state === "READY") return undefined;
    if (current?.state === "FAILED" || current?.state === "ENDED") return current.problem?.message ?? current.state;
    if (current) show({ kind: "BUSY", provider, message: current.nextAction.message, usualMs });
  }
  return "The session ended before it could be read.";
}
