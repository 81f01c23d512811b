import type { OpenedFile, OperationHealth, Provider, ProviderClient } from "./provider";

/** A provider as it stands in this process: reached live, played by the sandbox, or off for want of settings. */
export interface ConnectedProvider {
  readonly provider: Provider;
  readonly mode: "LIVE" | "SANDBOX" | "OFF";
  readonly client: ProviderClient | undefined;
  /** Opens one of its files, guarded. Left out while it is off. */
  readonly openFile?: (url: string, signal: AbortSignal) => Promise<OpenedFile>;
  /** How often to ask whether it is done, where the operator knows better than the provider's own advice. */
  readonly pollMs: number | undefined;
  health(): readonly OperationHealth[];
}
