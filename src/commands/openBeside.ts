import type { Settings } from "../config";
import { systemClock, createEvents } from "../kernel";
import { masterKeysIn } from "../compose";
import { attachEmbedded, openStore, type Store } from "../store";

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
