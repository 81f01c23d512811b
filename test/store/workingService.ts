// A service as a separate process, for tests that kill it: it works on a session, and prints its id.
import { writeSync } from "node:fs";
import { Secret } from "../../src/kernel/secret";
import { openStore } from "../../src/store/store";
import { change, opened } from "./sessionPlace";
import { settingsFor } from "./storePlace";

const [, , databaseUrl = "", key = "", act = ""] = process.argv;

void (async () => {
  const masterKey = new Secret(Buffer.from(key, "base64"));
  const store = await openStore(settingsFor({ databaseUrl: new Secret(databaseUrl), masterKey }));
  const session = await opened(store);
  if (act === "send a job") await store.sessions.change(session, change({ jobAfterMs: 0 }));
  if (act === "sweep") {
    await store.jobs.sweep(1_000, () => {
      writeSync(1, "sweeping\n");
      return new Promise(() => undefined);
    });
  } else writeSync(1, `${session.id}\n`);
})();
