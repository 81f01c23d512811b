import DataLoader from "dataloader";
import type { AuditedCaller, CalendarDate } from "../domain";
import type { Clock, Events, Limits } from "../kernel";
import type { ConnectedProvider } from "../providers";
import type { Link, Links } from "../links";
import type { Runs } from "../runs";
import type { Sessions, Session } from "../sessions";
import type { ConsentStore, SessionStore, KeptConsent } from "../sessions/ports";
import type {
  AadhaarLinkOutcome,
  AadhaarLinkRequest,
  CallerAudit,
  Cost,
  DocumentLinks,
  Loaders,
  ReadHealth,
} from "../reading";
import type { Ledger } from "../reading/ports";
import type { Webhooks } from "../webhooks";
import type { EventFeed } from "../webhooks/ports";
import type { Access } from "./access";

/** Null for an id that is unknown to this tenant. */
interface SessionLoaders {
  readonly sessionById: DataLoader<string, Session | null>;
  readonly consentById: DataLoader<string, KeptConsent | null>;
  readonly linkById: DataLoader<string, Link | null>;
}

export function createSessionLoaders(
  tenant: string,
  sessions: Pick<SessionStore, "byId">,
  consents: Pick<ConsentStore, "byId">,
  links: Pick<Links, "byId">,
): SessionLoaders {
  return {
    sessionById: new DataLoader(async (ids) => {
      const sessionById = await sessions.byId(tenant, ids);
      return ids.map((id) => sessionById.get(id) ?? null);
    }),
    consentById: new DataLoader(async (ids) => {
      const consentById = await consents.byId(tenant, ids);
      return ids.map((id) => consentById.get(id) ?? null);
    }),
    linkById: new DataLoader(async (ids) => {
      const linkById = await links.byId(tenant, ids);
      return ids.map((id) => linkById.get(id) ?? null);
    }),
  };
}

/** Clears the loaders after a mutation, because later fields of the operation read changed data. */
export function forget({ loaders, sessionLoaders }: { loaders: Loaders; sessionLoaders: SessionLoaders }): void {
  loaders.taxpayerByPan.clearAll();
  loaders.taxpayerById.clearAll();
  sessionLoaders.sessionById.clearAll();
  sessionLoaders.consentById.clearAll();
  sessionLoaders.linkById.clearAll();
}

/** How much of a tenant's requests is left. */
export interface Rate {
  readonly limit: number;
  readonly remaining: number;
  readonly resetsAtMs: number;
  readonly secondsLeft: number;
}

interface VerifiedTrail {
  readonly count: number;
  readonly head: { readonly sequence: number; readonly hash: Buffer };
  readonly flaw: string | undefined;
}

/** Everything that the resolvers of one request can use. */
export interface GraphContext {
  readonly requestId: string;
  readonly startedAtMs: number;
  readonly access: Access;
  /** The caller and this request, for the audit trail. */
  readonly by: AuditedCaller;
  readonly loaders: Loaders;
  readonly documentLinks: Pick<DocumentLinks, "hrefOf" | "hrefOfReport" | "hrefOfRun">;
  readonly sessionLoaders: SessionLoaders;
  readonly sessions: Sessions;
  readonly sessionStore: Pick<SessionStore, "list" | "history" | "live">;
  readonly links: Pick<Links, "create" | "cancel" | "watch">;
  readonly checkAadhaarLink: (request: AadhaarLinkRequest) => Promise<AadhaarLinkOutcome>;
  readonly runs: Pick<Runs, "start" | "find" | "cancel" | "results" | "watch">;
  readonly consentStore: Pick<ConsentStore, "records" | "receipt">;
  readonly feed: EventFeed;
  readonly webhooks: Webhooks;
  /** The sessions for which this operation has submitted a one-time password. Each may submit one. */
  readonly otpSubmittedFor: Set<string>;
  /** The audit trail for this caller. */
  readonly trail: CallerAudit;
  /** Recomputes the hashes of this tenant's whole trail, or of what came after its newest checkpoint. */
  readonly verifyTrail: (isWhole: boolean) => Promise<VerifiedTrail>;
  readonly cost: Cost;
  readonly rate: Rate;
  readonly readHealth: ReadHealth;
  readonly ledger: Pick<Ledger, "usage">;
  readonly limits: Pick<Limits, "rupeesPerDay" | "portalLoginsPerDay">;
  /** The price of the operation, computed before it runs. */
  readonly requestedCost: number;
  readonly connected: readonly ConnectedProvider[];
  readonly clock: Pick<Clock, "now">;
  readonly today: () => CalendarDate;
  readonly events: Events;
  /** Refuses PANs whose fourth letter names no holder type. The sandbox accepts them, because vendors publish such samples. */
  readonly strictHolder: boolean;
}
