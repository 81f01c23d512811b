import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createEvents } from "../../src/kernel/events";
import { createMetrics, watchStore } from "../../src/server/http/metrics";

const page = readFileSync(join(__dirname, "../../docs/operating/metrics.md"), "utf8");
const rows = [...page.matchAll(/^\| `(aaygraph_\w+)` +\| (.+?) *\| (.+?) *\|$/gm)];

/** The names of Node's own metrics are prom-client's. */
function namesOfOurs(): readonly string[] {
  const registry = createMetrics(createEvents());
  watchStore(registry, () => Promise.reject(new Error("nobody looks")));
  return registry
    .getMetricsAsArray()
    .map(({ name }) => name)
    .filter((name) => name.startsWith("aaygraph_"));
}

describe("the page of metrics", () => {
  it("has each metric once, in the order of the registry", () => {
    expect(rows.map(([, name]) => name)).toEqual(namesOfOurs());
  });

  it("says of each what it tells, then what to do", () => {
    for (const [, , tells, act] of rows) expect([tells, act].every((text) => (text ?? "").length > 8)).toBe(true);
  });

  it("pages for no metric that there is not", () => {
    const named = [...page.matchAll(/`(aaygraph_\w+)/g)].map(([, name]) => name);
    expect(named.filter((name) => !namesOfOurs().includes(name!))).toEqual([]);
  });
});
