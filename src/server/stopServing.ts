import type { Server } from "node:http";
import type { Clock } from "../kernel";

const patienceMs = 10_000;

/**
 * Accepts nothing more, waits for what is in flight, then closes all connections. Answers whether everything in flight
 * came to its end.
 */
export async function stopServing(
  server: Server,
  webSockets: { close(): Promise<void> },
  clock: Clock,
): Promise<boolean> {
  const closed = new Promise<true>((resolve) => {
    server.close(() => {
      resolve(true);
    });
  });
  server.closeIdleConnections();
  const patience = Promise.withResolvers<false>();
  const cancel = clock.after(patienceMs, () => {
    patience.resolve(false);
  });
  const allClosed = Promise.all([closed, webSockets.close()]).then(() => true);
  const isGraceful = await Promise.race([allClosed, patience.promise]);
  cancel();
  server.closeAllConnections();
  return isGraceful;
}
