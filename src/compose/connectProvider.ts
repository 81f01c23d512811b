import type { Settings, VendorSettings } from "../config";
import type { ConnectedProvider, Provider } from "../providers";
import type { SandboxHost } from "../sandbox";
import { openConnection, type Dependencies } from "../upstream";

/** A provider with its connection: to the vendor, or to its simulator; or switched off. */
export function connectProvider(
  provider: Provider,
  { vendorById, allowPrivateUpstreams: allowPrivate }: Settings,
  sandbox: SandboxHost | undefined,
  { opening, ...dependencies }: Dependencies & { opening: AsyncDisposableStack },
): ConnectedProvider {
  const vendor: VendorSettings = vendorById.get(provider.id) ?? { mode: "OFF" };
  const baseUrl = vendor.mode === "LIVE" ? vendor.baseUrl : sandbox?.baseUrl(provider);
  if (vendor.mode === "OFF" || baseUrl === undefined) {
    return { provider, mode: "OFF", client: undefined, pollMs: undefined, health: () => [] };
  }
  const { mode, credentials, pace, fileHosts } = vendor;
  const destination = { baseUrl, allowPrivate, credentials, pace, fileHosts };
  const connection = opening.use(openConnection(provider, destination, dependencies));
  const client = provider.connect(connection.tools);
  const background = client.needs === "PAN" ? provider.connect(connection.backgroundTools) : undefined;
  return {
    provider,
    mode,
    client,
    ...(background?.needs === "PAN" && {
      background: {
        client: background,
        atOnce: connection.backgroundAtOnce,
        takeSlot: () => connection.takeSpareSlot(),
      },
    }),
    openFile: (url, signal) => connection.openFile(url, signal),
    pollMs: pace.pollMs,
    health: () => connection.health(),
    callsLeft: () => connection.callsLeft(),
  };
}
