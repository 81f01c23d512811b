import type { TenantEvent, Word } from "../domain";

/** The ids that events name, under their names in a body. */
const idsByName = {
  taxpayer: "taxpayerId",
  session: "sessionId",
  link: "linkId",
  consent: "consentId",
  run: "runId",
} as const satisfies Record<string, keyof TenantEvent>;

type Name = keyof typeof idsByName;

interface RegisteredEvent {
  readonly summary: string;
  /** What a body without a document always names, but for the erased. */
  readonly names: readonly Name[];
  /** What it names where there is one. */
  readonly mayName?: readonly Name[];
}

/** Every kind of event. Bodies without a document, the AsyncAPI description and the docs derive from it. */
export const eventRegister: Readonly<Record<Word<"EventKind">, RegisteredEvent>> = {
  SESSION_CHANGED: {
    summary: "A session was opened, or has come to another step.",
    names: ["taxpayer", "session", "consent"],
  },
  LINK_CHANGED: {
    summary: "A link was made, or its taxpayer has come to another step.",
    names: ["link"],
    mayName: ["taxpayer", "session", "consent"],
  },
  DATA_BROUGHT: {
    summary: "Answers of a provider were stored under a consent, and can be read.",
    names: ["taxpayer", "consent"],
    mayName: ["session"],
  },
  CONSENT_GRANTED: { summary: "A taxpayer has consented.", names: ["taxpayer", "consent"], mayName: ["session"] },
  CONSENT_REVOKED: {
    summary: "A consent was withdrawn; what was fetched under it is deleted.",
    names: ["taxpayer", "consent"],
  },
  CONSENT_EXPIRED: { summary: "The time of a consent is over.", names: ["taxpayer", "consent"] },
  TAXPAYER_ERASED: {
    summary: "Everything about a taxpayer is destroyed. No other event names them any more.",
    names: ["taxpayer"],
  },
  RUN_FINISHED: { summary: "A compliance run is over: each of its lines has its result.", names: ["run"] },
};

/** The ids that a body names, by the register. Of the erased, only their erasure names them. */
export function namedBy({ kind, ...event }: TenantEvent & { readonly isOfErased: boolean }): Record<string, string> {
  const { names, mayName = [] } = eventRegister[kind];
  const isHidden = event.isOfErased && kind !== "TAXPAYER_ERASED";
  const named = [...names, ...mayName].flatMap((name) => {
    const id = name === "taxpayer" && isHidden ? undefined : event[idsByName[name]];
    return id === undefined ? [] : [[name, id] as const];
  });
  return Object.fromEntries(named);
}
