import { setTimeout as wait } from "node:timers/promises";
import type { TaxpayerStore } from "../reading/ports";
import type { ConsentStore, ErasureStore, SessionStore } from "../sessions/ports";
import type { Database } from "./database";
import { livingOwners } from "./queue";

/** For how long a process goes on believing what it remembers of a taxpayer, once the store has said that it stands. */
export const trustedForMs = 250;

/**
 * To be told of a change that everybody must see before it is answered for: a consent given or withdrawn, a login's
 * answers, an erasure. This process doubts at once what it remembers; others are given the time in which they still may
 * believe it.
 */
export type Changed = (tenant: string, taxpayerId: string) => Promise<void>;

export function createChanged(database: Database, doubt: (tenant: string, taxpayerId: string) => void): Changed {
  return async (tenant, taxpayerId) => {
    doubt(tenant, taxpayerId);
    const { count } = await database.run(livingOwners);
    if (count > 1) await wait(trustedForMs);
  };
}

interface CachedTaxpayers extends TaxpayerStore {
  doubt(tenant: string, taxpayerId: string): void;
}

interface Changing<Taxpayers extends CachedTaxpayers> {
  readonly taxpayers: Taxpayers;
  readonly sessions: SessionStore;
  readonly consents: ConsentStore;
  readonly erasures: ErasureStore;
}

/** The same stores, that answer only when everybody sees what they have changed of a taxpayer. */
export function tellChanges<Taxpayers extends CachedTaxpayers>(
  { taxpayers, sessions, consents, erasures }: Changing<Taxpayers>,
  changed: Changed,
): Changing<Taxpayers> {
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
      async remember(opening, session) {
        const shared = await sessions.remember(opening, session);
        if (shared !== "CONFLICT") await changed(opening.tenant, shared.taxpayerId);
        return shared;
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
