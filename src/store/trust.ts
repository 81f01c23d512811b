import { setTimeout as wait } from "node:timers/promises";
import type { Database } from "./database";
import { livingOwners } from "./queue/listener";

/** For how long a process goes on believing what it remembers of a taxpayer, once the store has said that it stands. */
export const trustedForMs = 250;

/**
 * To be told of a change that everybody must see before it is answered for: a consent given or withdrawn, a login's
 * answers, an erasure. This process doubts at once what it remembers; others are given the time in which they still may
 * believe it.
 */
export type Changed = (tenant: string, taxpayerId: string) => Promise<void>;

export function createChanged(database: Database, doubt: (tenant: string, taxpayerId: string) => void): Changed {
  return async (tenant, taxpayerId) => {
    doubt(tenant, taxpayerId);
    const { count } = await database.run(livingOwners);
    if (count > 1) await wait(trustedForMs);
  };
}
