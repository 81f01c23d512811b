import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readSettings } from "../../src/config/settings";
import { printSettings, settingNames } from "../../src/config/settingsTable";
import { limitNames, limitRegister } from "../../src/kernel/limits";
import { providers } from "../../src/providers/registry";
import { live, liveEko } from "./liveSettings";

/** Every name that a start in this environment looks at. */
function namesRead(env: NodeJS.ProcessEnv): ReadonlySet<string> {
  const names = new Set<string>();
  const recording = new Proxy(env, {
    get(target, name) {
      if (typeof name === "string" && !name.endsWith("_FILE")) names.add(name);
      return Reflect.get(target, name) as unknown;
    },
  });
  try {
    readSettings(recording, providers);
  } catch {
    // A start that is refused has looked at its settings as well.
  }
  return names;
}

const limits = limitNames.map((name) => limitRegister[name].setting);

describe("the table of settings", () => {
  it("is printed in docs/configuration.md", () => {
    const page = readFileSync(join(__dirname, "../../docs/configuration.md"), "utf8");
    expect(page).toBe(printSettings(providers));
  });

  it("names all that is read in either mode, without the limits, which have a page of their own", () => {
    const plain = { ...liveEko, EKO_BASE_URL: "http://vendor.example" };
    const read = new Set([...namesRead({}), ...namesRead(live), ...namesRead(plain)]);
    expect([...read].filter((name) => !limits.includes(name)).sort()).toEqual([...settingNames(providers)].sort());
  });
});
