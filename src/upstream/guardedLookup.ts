import { lookup as resolveByDns } from "node:dns/promises";
import type { LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";

export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

export const resolveAll: Resolve = (hostname) => resolveByDns(hostname, { all: true });

/**
 * The socket connects to the address that is judged here, so DNS rebinding has no effect. `judge` throws for addresses, or for
 * none.
 */
export function guardedLookup(judge: (addresses: readonly string[]) => void, resolve: Resolve): LookupFunction {
  return (hostname, { all }, done) => {
    const answer = async () => {
      const addresses = await resolve(hostname);
      judge(addresses.map(({ address }) => address));
      const [first] = addresses;
      if (first === undefined) throw new Error("a name without an address");
      return { first, addresses };
    };
    answer().then(
      ({ first, addresses }) => {
        if (all) done(null, [...addresses]);
        else done(null, first.address, first.family);
      },
      (thrown: unknown) => {
        done(thrown as Error, "");
      },
    );
  };
}
