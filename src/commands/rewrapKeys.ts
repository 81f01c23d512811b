import type { Settings } from "../config/settings";
import { systemClock } from "../kernel/clock";
import { createEvents } from "../kernel/events";
import { masterKeyOf } from "../localKeys";
import { attachEmbedded } from "../store/embedded";
import { openStore } from "../store/store";

/** Seals all keys anew under AAY_MASTER_KEY, beside a running service or without one. */
export async function rewrapKeys(settings: Settings): Promise<void> {
  const databaseUrl = settings.databaseUrl ?? (await attachEmbedded(settings));
  await using store = await openStore({
    ...settings,
    databaseUrl,
    masterKey: masterKeyOf(settings),
    clock: systemClock,
    events: createEvents(),
  });
  const { lookupKeys, subjectKeys, unreadable } = await store.rewrap();
  process.stdout.write(`Sealed anew: ${lookupKeys} look-up keys, ${subjectKeys} taxpayers' keys.\n`);
  if (unreadable > 0) throw new Error(`${unreadable} keys are sealed under a master key that is not given here.`);
}
