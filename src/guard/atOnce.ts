import type { Fault } from "../kernel/fault";

/** Gives the place back; more than once does no harm. */
export type Leave = () => void;

/** Lets each tenant in up to so many times at once. It counts within this process. */
export function createAtOnce(most: number, refusal: () => Fault): (tenant: string) => Leave {
  const countByTenant = new Map<string, number>();
  return (tenant) => {
    const count = countByTenant.get(tenant) ?? 0;
    if (count >= most) throw refusal();
    countByTenant.set(tenant, count + 1);
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      const left = (countByTenant.get(tenant) ?? 1) - 1;
      if (left > 0) countByTenant.set(tenant, left);
      else countByTenant.delete(tenant);
    };
  };
}
