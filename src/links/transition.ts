import type { AuditedCaller, Word } from "../domain";
import { type Clock, type Events, Fault } from "../kernel";
import { type Link, type LinkProgress, type LinkState, linkStates } from "./link";
import type { LinkStore } from "./ports";

interface Edges {
  readonly from: readonly LinkState[];
  readonly to: LinkState;
  /** Left out where the trail of the session has a record of it. */
  readonly audit?: Word<"AuditRecordKind">;
}

/** The state machine of a link. A transition that is not here is refused as INTERNAL. */
export const linkTransitions = {
  opened: { from: ["CREATED"], to: "OPENED", audit: "LINK_OPENED" },
  agreed: { from: ["OPENED"], to: "CONSENTED", audit: "LINK_AGREED" },
  declined: { from: ["OPENED", "CONSENTED"], to: "DECLINED", audit: "LINK_DECLINED" },
  loginBegun: { from: ["CONSENTED"], to: "CONSENTED" },
  loginUnderWay: { from: ["CONSENTED"], to: "CONSENTED" },
  loginFailed: { from: ["CONSENTED"], to: "CONSENTED" },
  /** The taxpayer has agreed that another provider logs in. */
  providerChanged: { from: ["CONSENTED"], to: "CONSENTED", audit: "LINK_AGREED" },
  connected: { from: ["CONSENTED"], to: "CONNECTED", audit: "LINK_CONNECTED" },
  failed: { from: ["CONSENTED"], to: "FAILED", audit: "LINK_FAILED" },
  expired: { from: ["CREATED", "OPENED", "CONSENTED"], to: "EXPIRED", audit: "LINK_EXPIRED" },
  cancelled: { from: ["CREATED", "OPENED", "CONSENTED"], to: "CANCELLED", audit: "LINK_CANCELLED" },
} as const satisfies Record<string, Edges>;

export type LinkTransitionName = keyof typeof linkTransitions;

export function mayMove(name: LinkTransitionName, from: LinkState): boolean {
  return (linkTransitions[name].from as readonly LinkState[]).includes(from);
}

interface Extras {
  /** Left out where the service acts by itself. */
  readonly by?: AuditedCaller | undefined;
  /** Binds the link to the browser that holds this secret. */
  readonly browser?: string;
  /** Whose link it is by now. */
  readonly taxpayerId?: string;
}

/** Moves a link. Undefined when it has changed meanwhile: its version is an optimistic lock. */
export type LinkTransition = (
  link: Link,
  name: LinkTransitionName,
  facts?: Partial<Omit<LinkProgress, "state">>,
  extras?: Extras,
) => Promise<Link | undefined>;

export function createLinkTransition(store: LinkStore, clock: Pick<Clock, "now">, events: Events): LinkTransition {
  return async (link, name, facts = {}, extras = {}) => {
    const { state: from } = link.progress;
    if (!mayMove(name, from)) throw new Fault("INTERNAL", { note: `no transition ${name} of a link from ${from}` });
    const { to: state, ...edge }: Edges = linkTransitions[name];
    const progress = { ...link.progress, ...facts, state };
    const changed = await store.change(link, { progress, nowMs: clock.now(), audit: edge.audit, ...extras });
    if (changed) events.emit("link changed", { link: link.id, move: name, state, code: progress.problem?.code });
    return changed;
  };
}

/** The state machine as a Mermaid diagram. */
export function linkStateDiagram(): string {
  const edges = (Object.keys(linkTransitions) as LinkTransitionName[]).flatMap((name) =>
    linkTransitions[name].from.map((from) => `  ${from} --> ${linkTransitions[name].to}: ${name}`),
  );
  const live = new Set<LinkState>(Object.values(linkTransitions).flatMap(({ from }) => from as readonly LinkState[]));
  const ends = linkStates.filter((state) => !live.has(state)).map((state) => `  ${state} --> [*]`);
  return ["stateDiagram-v2", "  [*] --> CREATED", ...edges, ...ends].join("\n");
}
