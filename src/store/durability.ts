import type { Events } from "../kernel";
import type { Database } from "./database";
import { StoreUnavailable } from "./storeUnavailable";

interface DurabilitySettings {
  readonly durability?: "replicated" | "local" | undefined;
  readonly isLive?: boolean | undefined;
  readonly events: Events;
}

/** Whether a commit outlives this server. It is looked at with each beat, so a change is seen within seconds. */
export function createDurability(
  { durability = "local", isLive = false, events }: DurabilitySettings,
  database: Pick<Database, "refuseTransactions">,
) {
  const isRequired = durability === "replicated";
  let isReplicated: boolean | undefined;
  return {
    isReplicated: () => isReplicated === true,

    note(seen: boolean): void {
      if (seen === isReplicated) return;
      const isFirst = isReplicated === undefined;
      isReplicated = seen;
      if (isRequired) database.refuseTransactions(!seen);
      // The first look is worth a line only where something is missing.
      if (isRequired || isLive) if (!isFirst || !seen) events.emit("replication seen", { isReplicated: seen });
    },

    requireAtStart(): void {
      if (!isRequired || isReplicated) return;
      throw new StoreUnavailable(
        "AAY_STORE_DURABILITY=replicated, and no synchronous standby of PostgreSQL answers. Set synchronous_standby_names, " +
          "or wait for the standby, or set AAY_STORE_DURABILITY=local.",
      );
    },
  };
}
