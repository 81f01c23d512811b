import type { CallSlotStore } from "../upstream/callSlotStore";
import type { Database } from "./database";

export interface CallSlots extends CallSlotStore {
  deleteExpired(nowMs: number): Promise<void>;
}

/** The function in the database judges and sets down in one statement, one asker of an account after the other. */
export function createCallSlots(database: Database): CallSlots {
  return {
    async take(account, { nowMs, limits, mostWaitMs }) {
      const { rows } = await database.run<{ at: string }>(
        { name: "take-call-slot", text: "select aaygraph.take_call_slot($1, $2, $3, $4, $5) as at" },
        [account, nowMs, mostWaitMs, limits.map(({ windowMs }) => windowMs), limits.map(({ mostCalls }) => mostCalls)],
      );
      return Number(rows[0]?.at ?? nowMs);
    },
    async deleteExpired(nowMs) {
      await database.run("delete from aaygraph.calls where counts_until <= $1", [nowMs]);
    },
  };
}
