import type { Settings } from "../config/settings";
import { systemClock } from "../kernel/clock";
import { createEvents } from "../kernel/events";
import { masterKeysIn } from "../compose/localKeys";
import { attachEmbedded } from "../store/postgres/embedded";
import { openStore, type Store } from "../store/store";

/** The store, beside a running service or without one. */
export async function openBeside(settings: Settings): Promise<Store> {
  return openStore({
    ...settings,
    databaseUrl: settings.databaseUrl ?? (await attachEmbedded(settings)),
    ...masterKeysIn(settings),
    clock: systemClock,
    events: createEvents(),
  });
}
