import { beyond, type Limits } from "../kernel";
import type { Provider } from "../providers";
import type { Cost } from "./question";

type Priced = Pick<Provider, "id" | "priceRupeesPerCall">;

/** What one operation may spend on upstream calls. */
export interface Budget {
  /** Throws before the calls that would exceed it. */
  spend(cost: Cost, provider: Priced, calls: number): void;
  /** For calls that were not made after all. */
  refund(cost: Cost, provider: Priced, calls: number): void;
}

export function createBudget(limits: Pick<Limits, "upstreamCalls" | "rupees">): Budget {
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
    refund(cost, provider, calls) {
      cost.upstreamCalls -= calls;
      cost.paise -= paiseOf(provider, calls);
    },
  };
}

function paiseOf({ priceRupeesPerCall = 0 }: Priced, calls: number): number {
  return Math.round(priceRupeesPerCall * 100) * calls;
}
