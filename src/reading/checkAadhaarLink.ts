import type { AadhaarLink, ConsentTerms, Pan } from "../domain";
import { lapseOf } from "../domain";
import { asFault, Fault, pause, type Clock, type Events, type Limits, Secret } from "../kernel";
import type { ConnectedProvider, PairClient, Provider } from "../providers";
import { faultOf, toProblem } from "../sessions";
import type { ConsentStore } from "../sessions/ports";
import { createBudget } from "./budget";
import type {
  Ledger,
  AadhaarCheckStore,
  AppendAudit,
  BegunAadhaarCheck,
  CheckUnderConsent,
  TaxpayerStore,
} from "./ports";
import type { Asker } from "./question";
import { toStored } from "./storedAnswer";

export interface AadhaarLinkRequest {
  readonly pan: Pan;
  /** A secret of this one request: it goes to the provider and into a keyed digest, and nowhere else. */
  readonly aadhaar: Secret;
  readonly consent: ConsentTerms;
  readonly idempotencyKey: string;
}

export interface AadhaarLinkOutcome {
  readonly link?: AadhaarLink;
  readonly problem?: Fault;
  /** This key was used before, and no call was made for this request. */
  readonly replayed: boolean;
}

interface CheckTools {
  readonly checks: AadhaarCheckStore;
  readonly taxpayers: Pick<TaxpayerStore, "keep">;
  readonly consents: Pick<ConsentStore, "record">;
  readonly connected: readonly ConnectedProvider[];
  readonly ledger: Pick<Ledger, "claim">;
  readonly append: AppendAudit;
  readonly clock: Clock;
  readonly events: Events;
  readonly limits: Pick<Limits, "upstreamCalls" | "rupees">;
}

interface PairProvider {
  readonly provider: Provider;
  readonly check: NonNullable<PairClient["checkAadhaarLink"]>;
}

const document = "AADHAAR_LINK";
const fields = ["AadhaarLinkPayload.linked", "AadhaarLinkPayload.label"];
const dayMs = 86_400_000;
const pollMs = 100;
/** A call that is older has been lost with its process, or is about to end. */
const longestCallMs = 60_000;
/** The call is paid for, so it goes on when the caller has left. */
const neverAborted = new AbortController().signal;

/**
 * Checks a PAN against an Aadhaar number at the provider that does so without a login: one call for each idempotency
 * key, for any number of requests with the key and in any process.
 */
export function createCheckAadhaarLink(tools: CheckTools) {
  const { checks, taxpayers, consents, connected, append, clock, events } = tools;
  const budget = createBudget(tools);

  function findProvider(): PairProvider {
    for (const { provider, client } of connected) {
      const check = client?.checkAadhaarLink?.bind(client);
      if (check) return { provider, check };
    }
    throw new Fault("PROVIDER_NOT_CONFIGURED", { hint: "No provider that checks Aadhaar numbers is set up." });
  }

  async function call(
    check: CheckUnderConsent,
    { provider, check: ask }: PairProvider,
    { pan, aadhaar, consent }: AadhaarLinkRequest,
    asker: Asker,
  ): Promise<void> {
    try {
      await budget.charge(asker, provider, 1);
      const answer = await ask(pan, aadhaar, neverAborted);
      const nowMs = clock.now();
      const expiresAtMs = nowMs + consent.dataLifeDays * dayMs;
      const under = { consentId: check.consentId, purpose: consent.purpose };
      const kept = { ...toStored(document, provider, answer, nowMs), expiresAtMs, ...under };
      // "Not linked with this number" does not mean "not linked", so it says nothing about the profile.
      if (answer.value.linked === true) await taxpayers.keep(check.tenant, check.taxpayerId, [kept]);
      await checks.finish(check, { link: answer.value }, nowMs);
    } catch (thrown) {
      const fault = asFault(thrown);
      if (fault.code === "INTERNAL") events.emit("fault masked", { requestId: asker.by.requestId, error: thrown });
      await checks.finish(check, { problem: toProblem(fault) }, clock.now());
    }
  }

  /** Writes down what the caller gets to see, or is refused, before it goes out. */
  async function audit({ tenant, by }: Asker, begun: BegunAadhaarCheck, request: AadhaarLinkRequest): Promise<void> {
    if (begun.outcome !== "DONE" && begun.outcome !== "REFUSED") return;
    const { taxpayerId, consentId, receiptDigest, provider } = begun.check;
    const receipts = receiptDigest === undefined ? [] : [receiptDigest];
    const under = { consentIds: [consentId], receipts, purposes: [request.consent.purpose] };
    const about = { taxpayerIds: [taxpayerId], ...under, provider };
    const record = { atMs: clock.now(), by, ...about, documents: [document], fields } as const;
    if (begun.outcome === "REFUSED") await append(tenant, [{ kind: "REFUSED", code: begun.fault.code, ...record }]);
    else if ("link" in begun.result) await append(tenant, [{ kind: "READ", ...record }]);
  }

  return async (asker: Asker, request: AadhaarLinkRequest): Promise<AadhaarLinkOutcome> => {
    const { tenant, by, cost } = asker;
    const { pan, consent, idempotencyKey } = request;
    const lapse = lapseOf({ ...consent, revokedAtMs: undefined }, clock.now());
    if (lapse) {
      await consents.record(tenant, [{ kind: "REFUSED", atMs: clock.now(), code: lapse.code }]);
      return { problem: lapse, replayed: false };
    }
    const chosen = findProvider();
    const check = { tenant, by, pan, provider: chosen.provider.id, consent, idempotencyKey, request: textOf(request) };
    budget.spend(cost, chosen.provider, 1);
    let isOurs = false;
    try {
      for (;;) {
        const begun = await checks.begin({ ...check, nowMs: clock.now() });
        await audit(asker, begun, request);
        switch (begun.outcome) {
          case "BEGUN":
            isOurs = true;
            await call(begun.check, chosen, request, asker);
            break;
          case "UNDER_WAY":
            if (clock.now() - begun.begunAtMs > longestCallMs) return { problem: lost(chosen), replayed: !isOurs };
            await pause(clock, pollMs, asker.signal);
            break;
          case "CONFLICT":
            return { problem: new Fault("CONFLICT", { field: "idempotencyKey" }), replayed: false };
          case "REFUSED":
            return { problem: begun.fault, replayed: !isOurs };
          case "DONE":
            return "link" in begun.result
              ? { link: begun.result.link, replayed: !isOurs }
              : { problem: faultOf(begun.result.problem), replayed: !isOurs };
        }
      }
    } finally {
      if (!isOurs) budget.refund(cost, chosen.provider, 1);
    }
  };
}

/** All that was asked: the store makes a keyed digest of it, by which a replay is known. */
function textOf({ pan, aadhaar, consent }: AadhaarLinkRequest): Secret {
  return new Secret(JSON.stringify([pan, aadhaar.reveal(), consent]));
}

function lost({ provider }: PairProvider): Fault {
  const hint = "The call of the first request with this key has not ended. Should it never end, use another key.";
  return new Fault("PROVIDER_TIMEOUT", { provider: provider.id, hint });
}
