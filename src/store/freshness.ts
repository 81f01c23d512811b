import type { ConsentStore, ErasureStore, SessionStore } from "../sessions/ports";
import type { Taxpayers } from "./taxpayers/taxpayers";
import type { Changed } from "./taxpayers/cache";

interface Changing {
  readonly taxpayers: Taxpayers;
  readonly sessions: SessionStore;
  readonly consents: ConsentStore;
  readonly erasures: ErasureStore;
}

/** The same stores, that answer only when everybody sees what they have changed of a taxpayer. */
export function tellChanges({ taxpayers, sessions, consents, erasures }: Changing, changed: Changed): Changing {
  return {
    taxpayers: {
      ...taxpayers,
      async keep(tenant, taxpayerId, answers) {
        await taxpayers.keep(tenant, taxpayerId, answers);
        // What needs the PAN only may reach other processes a moment later: they would have come by the same.
        if (answers.some(({ consentId }) => consentId !== undefined)) await changed(tenant, taxpayerId);
        else taxpayers.doubt(tenant, taxpayerId);
      },
    },
    sessions: {
      ...sessions,
      async open(opening) {
        const opened = await sessions.open(opening);
        if (opened.outcome === "OPENED") await changed(opening.tenant, opened.session.taxpayerId);
        return opened;
      },
    },
    consents: {
      ...consents,
      async revoke(tenant, ...change) {
        const consent = await consents.revoke(tenant, ...change);
        if (consent) await changed(tenant, consent.taxpayerId);
        return consent;
      },
    },
    erasures: {
      async erase(tenant, ...change) {
        const erased = await erasures.erase(tenant, ...change);
        if ("receipt" in erased) await changed(tenant, erased.receipt.taxpayerId);
        return erased;
      },
    },
  };
}
