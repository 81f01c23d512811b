import type { OperationHealth, Provider, ProviderClient } from "../providers/provider";

/** A provider as it stands in this process: reached live, played by the sandbox, or off for want of settings. */
export interface ConnectedProvider {
  readonly provider: Provider;
  readonly mode: "LIVE" | "SANDBOX" | "OFF";
  readonly client: ProviderClient | undefined;
  health(): readonly OperationHealth[];
}
