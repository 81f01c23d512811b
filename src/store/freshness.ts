import { setTimeout as wait } from "node:timers/promises";
import type { TaxpayerStore } from "../reading/ports";
import type { ConsentStore, ErasureStore, SessionStore } from "../sessions/ports";
import { type Database, type PreparedSql, storeConnections } from "./database";
import { livingOwners } from "./queue";

/** How long a process trusts a cached taxpayer after the database has confirmed its version. */
export const trustedForMs = 250;

/**
 * A row when another process may trust its cache: one that has beaten within a minute, or one of the release before, which has a
 * pool and no row. A pool whose name was changed (by the URL) hides others: then it is a yes.
 */
const mayHavePeers: PreparedSql = {
  name: "may_have_peers",
  text: `select where current_setting('application_name') not like '${storeConnections}%'
    or exists (
      select from pg_stat_activity where datname = current_database()
        and application_name like '${storeConnections}%' and application_name <> current_setting('application_name')
    )
    or (select count(*) from aaygraph.processes where beat_at > clock_timestamp() - interval '1 minute') > 1
    or (select count(*) from (${livingOwners}) as owner) > 1`,
};

/**
 * Invalidates a taxpayer after a change that every process must see: a consent given or revoked, a session's answers, an
 * erasure. It returns when no process trusts the earlier state.
 */
export type Invalidate = (tenant: string, taxpayerId: string) => Promise<void>;

export function createInvalidate(
  database: Database,
  invalidateHere: (tenant: string, taxpayerId: string) => void,
): Invalidate {
  return async (tenant, taxpayerId) => {
    invalidateHere(tenant, taxpayerId);
    const { count } = await database.run(mayHavePeers);
    if (count > 0) await wait(trustedForMs);
  };
}

interface CachedTaxpayers extends TaxpayerStore {
  invalidate(tenant: string, taxpayerId: string): void;
}

interface Changing<Taxpayers extends CachedTaxpayers> {
  readonly taxpayers: Taxpayers;
  readonly sessions: SessionStore;
  readonly consents: ConsentStore;
  readonly erasures: ErasureStore;
}

/** The same stores. Each change of a taxpayer returns only when every process sees it. */
export function withInvalidation<Taxpayers extends CachedTaxpayers>(
  { taxpayers, sessions, consents, erasures }: Changing<Taxpayers>,
  invalidate: Invalidate,
): Changing<Taxpayers> {
  return {
    taxpayers: {
      ...taxpayers,
      async keep(tenant, taxpayerId, answers, sessionId) {
        await taxpayers.keep(tenant, taxpayerId, answers, sessionId);
        // An answer by PAN alone may reach other processes a moment later: they could have fetched it themselves.
        if (answers.some(({ consentId }) => consentId !== undefined)) await invalidate(tenant, taxpayerId);
        else taxpayers.invalidate(tenant, taxpayerId);
      },
    },
    sessions: {
      ...sessions,
      async open(opening) {
        const opened = await sessions.open(opening);
        if (opened.outcome === "OPENED") await invalidate(opening.tenant, opened.session.taxpayerId);
        return opened;
      },
      async remember(opening, session) {
        const shared = await sessions.remember(opening, session);
        if (shared !== "CONFLICT") await invalidate(opening.tenant, shared.taxpayerId);
        return shared;
      },
    },
    consents: {
      ...consents,
      async revoke(tenant, ...change) {
        const consent = await consents.revoke(tenant, ...change);
        if (consent) await invalidate(tenant, consent.taxpayerId);
        return consent;
      },
    },
    erasures: {
      async erase(tenant, ...change) {
        const erased = await erasures.erase(tenant, ...change);
        if ("receipt" in erased) await invalidate(tenant, erased.receipt.taxpayerId);
        return erased;
      },
    },
  };
}
