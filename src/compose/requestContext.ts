import { indianDayAt } from "../domain";
import { createSessionLoaders, type GraphContext } from "../graph";
import { lazy } from "../kernel";
import type { Links } from "../links";
import {
  createCallerAudit,
  createLoaders,
  createReadHealth,
  type Asker,
  type createAuditBatch,
  type createCheckAadhaarLink,
  type createGather,
} from "../reading";
import type { MakeContext } from "../server";
import type { Store } from "../store";

/** What all requests share. */
interface SharedParts extends Pick<
  GraphContext,
  "documentLinks" | "sessions" | "runs" | "webhooks" | "connected" | "clock" | "events" | "strictHolder" | "limits"
> {
  readonly store: Store;
  readonly gather: ReturnType<typeof createGather>;
  readonly append: ReturnType<typeof createAuditBatch>;
  readonly links: Links;
  readonly checkAadhaarLink: ReturnType<typeof createCheckAadhaarLink>;
}

/** Makes the context of each request: its own loaders, costs and audit trail, beside the parts that all requests share. */
export function createRequestContext({ store, gather, append, checkAadhaarLink, ...shared }: SharedParts): MakeContext {
  const { clock } = shared;
  const trailTools = { audit: store.audit, append, clock };
  const today = () => indianDayAt(clock.now());

  return ({ requestId, startedAtMs, access, signal, rate, requestedCost }) => {
    const { tenant } = access;
    const by = { subject: access.subject, requestId };
    const cost = { upstreamCalls: 0, portalLogins: 0, paise: 0, heldAnswers: 0, sharedFlights: 0 };
    const asker: Asker = {
      tenant,
      by,
      cost,
      askedAtMs: startedAtMs,
      // Made only for a request that has to wait: most are answered from memory.
      get signal() {
        return signal();
      },
    };
    const sessionLoaders = lazy(() => createSessionLoaders(tenant, store.sessions, store.consents, shared.links));
    const readHealth = lazy(() => createReadHealth(store.providerHealth, clock));
    return {
      ...shared,
      requestId,
      startedAtMs,
      access,
      by,
      loaders: createLoaders(store.taxpayers, gather, asker),
      get sessionLoaders() {
        return sessionLoaders();
      },
      sessionStore: store.sessions,
      checkAadhaarLink: (request) => checkAadhaarLink(asker, request),
      consentStore: store.consents,
      feed: store.feed,
      get readHealth() {
        return readHealth();
      },
      ledger: store.ledger,
      otpSubmittedFor: new Set(),
      trail: createCallerAudit(trailTools, asker),
      async verifyTrail(isWhole) {
        const [verified] = await store.verifyAudit({ tenant, isFromCheckpoint: !isWhole });
        if (verified === undefined) throw new Error("No trail was verified.");
        return verified;
      },
      cost,
      rate,
      requestedCost,
      today,
    };
  };
}
