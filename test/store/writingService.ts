// A service as a separate process, for tests that kill it: it stores pairs of answers and prints the number of each.
import { writeSync } from "node:fs";
import { systemClock } from "../../src/kernel/clock";
import { localSecrets } from "../../src/store/keys/localSecrets";
import { openStore } from "../../src/store/store";
import { answer, met, settingsFor } from "./storePlace";

const [, , dataDir = "", firstNumber = "0", then = "write"] = process.argv;

void (async () => {
  const masterKey = localSecrets(dataDir).read("master.key");
  const store = await openStore(settingsFor({ dataDir, masterKey, clock: systemClock }));
  writeSync(1, "open\n");
  if (then === "exit") process.exit(0);
  const { id } = await met(store);
  for (let number = Number(firstNumber); ; number += 1) {
    const half = answer({ period: String(number), body: { number }, expiresAtMs: Date.now() + 3_600_000 });
    await store.taxpayers.keep("lender", id, [half, { ...half, document: "TAX_CREDITS" }]);
    writeSync(1, `${number}\n`);
  }
})();
