import type { DocumentKind } from "../domain/answer";
import type { Fault } from "../kernel/fault";
import type { IncomeYear } from "../domain/taxPeriod";
import type { OpenLogin } from "../providers/openLogin";

/** Logins that are open, and what can be brought through them. Sources own this port; sessions implement it. */
export interface Logins {
  openLogins(tenant: string, taxpayerIds: readonly string[]): Promise<readonly OpenLogin[]>;
  /**
   * Brings, and keeps where questions look for it. Whoever comes while somebody else is at it waits for that, and is then
   * told to look again.
   */
  bringMore(wanted: MoreWanted): Promise<"LOOK_AGAIN" | { readonly fault: Fault | undefined }>;
}

interface MoreWanted {
  readonly tenant: string;
  readonly sessionId: string;
  readonly version: number;
  readonly consentId: string;
  readonly documents: readonly DocumentKind[];
  readonly incomeYears: readonly IncomeYear[];
}
