import type { ConnectedProvider, LoginClient, OperationHealth } from "../../src/providers/provider";
import { providers } from "../../src/providers/registry";

const open: OperationHealth = {
  operation: "login",
  breaker: "OPEN",
  calls: 9,
  successRate: 0,
  p50Ms: undefined,
  p95Ms: undefined,
};

/** The whole registry as it stands in a process: some off, some failing. Nobody can be asked for anything. */
export function everybody({ off = [], ill = [] }: { off?: string[]; ill?: string[] } = {}): ConnectedProvider[] {
  return providers.map((provider) => ({
    provider,
    mode: off.includes(provider.id) ? "OFF" : "SANDBOX",
    client: off.includes(provider.id)
      ? undefined
      : ({ needs: provider.login === "NONE" ? "PAN" : "LOGIN" } as LoginClient),
    pollMs: undefined,
    health: () => (ill.includes(provider.id) ? [open] : []),
  }));
}
