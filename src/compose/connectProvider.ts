import type { Settings, VendorSettings } from "../config";
import type { ConnectedProvider, Provider } from "../providers";
import type { SandboxHost } from "../sandbox";
import { openRoad, type Grounds } from "../upstream";

/** A provider with a road to it: to the vendor itself, or to its simulator; or switched off, where there is none. */
export function connectProvider(
  provider: Provider,
  { vendorById, allowPrivateUpstreams: allowPrivate }: Settings,
  sandbox: SandboxHost | undefined,
  { opening, ...grounds }: Grounds & { opening: AsyncDisposableStack },
): ConnectedProvider {
  const vendor: VendorSettings = vendorById.get(provider.id) ?? { mode: "OFF" };
  const baseUrl = vendor.mode === "LIVE" ? vendor.baseUrl : sandbox?.baseUrl(provider);
  if (vendor.mode === "OFF" || baseUrl === undefined) {
    return { provider, mode: "OFF", client: undefined, pollMs: undefined, health: () => [] };
  }
  const { mode, credentials, pace, fileHosts } = vendor;
  const destination = { baseUrl, allowPrivate, credentials, pace, fileHosts };
  const road = opening.use(openRoad(provider, destination, grounds));
  const { tools } = road;
  return {
    provider,
    mode,
    client: provider.connect(tools),
    openFile: (url, signal) => road.openFile(url, signal),
    pollMs: pace.pollMs,
    health: () => road.health(),
  };
}
