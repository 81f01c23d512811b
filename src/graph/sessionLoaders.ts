import DataLoader from "dataloader";
import type { Loaders } from "../sources/loaders";
import type { ConsentStore, KeptConsent, SessionStore } from "../sessions/ports";
import type { Session } from "../sessions/session";

/** Null for an id that is unknown to this tenant. */
export interface SessionLoaders {
  readonly sessionById: DataLoader<string, Session | null>;
  readonly consentById: DataLoader<string, KeptConsent | null>;
}

export function createSessionLoaders(
  tenant: string,
  sessions: Pick<SessionStore, "byId">,
  consents: Pick<ConsentStore, "byId">,
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
  };
}

/** A mutation changes what those after it in the same operation read. */
export function forget({ loaders, sessionLoaders }: { loaders: Loaders; sessionLoaders: SessionLoaders }): void {
  loaders.taxpayerByPan.clearAll();
  loaders.taxpayerById.clearAll();
  sessionLoaders.sessionById.clearAll();
  sessionLoaders.consentById.clearAll();
}
