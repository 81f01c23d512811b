import { beyond, type Clock, type Limits } from "../kernel";
import type { Provider } from "../providers";
import type { Ledger } from "./ports";
import type { Asker, Cost } from "./question";

type Priced = Pick<Provider, "id" | "priceRupeesPerCall">;
type Payer = Pick<Asker, "tenant" | "cost">;

/** What one operation, and its tenant in a day, may spend on upstream calls. */
export interface Budget {
  /** Counts calls of one operation. Throws before those that would exceed what it may spend. */
  spend(cost: Cost, provider: Priced, calls: number): void;
  /** Writes spent calls into the tenant's ledger, before they are made. Where it throws, they are not spent. */
  charge(payer: Payer, provider: Priced, calls: number): Promise<void>;
  /** For calls that were counted, and not charged. */
  refund(cost: Cost, provider: Priced, calls: number): void;
  /** For calls that were charged, and not made after all. */
  reverse(payer: Payer, provider: Priced, calls: number): Promise<void>;
}

interface BudgetTools {
  readonly limits: Pick<Limits, "upstreamCalls" | "rupees">;
  readonly ledger: Pick<Ledger, "claim">;
  readonly clock: Pick<Clock, "now">;
}

export function createBudget({ limits, ledger, clock }: BudgetTools): Budget {
  function refund(cost: Cost, provider: Priced, calls: number): void {
    cost.upstreamCalls -= calls;
    cost.paise -= paiseOf(provider, calls);
  }

  return {
    spend(cost, provider, calls) {
      const paise = cost.paise + paiseOf(provider, calls);
      if (cost.upstreamCalls + calls > limits.upstreamCalls) {
        throw beyond("upstreamCalls", limits, { provider: provider.id });
      }
      if (paise > limits.rupees * 100) throw beyond("rupees", limits, { provider: provider.id });
      cost.upstreamCalls += calls;
      cost.paise = paise;
    },
    async charge({ tenant, cost }, provider, calls) {
      try {
        const spending = { calls, logins: 0, paise: paiseOf(provider, calls) };
        await ledger.claim(tenant, provider.id, spending, clock.now());
      } catch (thrown) {
        refund(cost, provider, calls);
        throw thrown;
      }
    },
    refund,
    async reverse({ tenant, cost }, provider, calls) {
      refund(cost, provider, calls);
      await ledger.claim(
        tenant,
        provider.id,
        { calls: -calls, logins: 0, paise: -paiseOf(provider, calls) },
        clock.now(),
      );
    },
  };
}

export function paiseOf({ priceRupeesPerCall = 0 }: Pick<Priced, "priceRupeesPerCall">, calls: number): number {
  return Math.round(priceRupeesPerCall * 100) * calls;
}
