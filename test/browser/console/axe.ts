import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";

const axe = readFileSync(join(__dirname, "../../../node_modules/axe-core/axe.min.js"), "utf8");

/** What axe finds serious or worse on the page as it stands. */
export async function seriousFindings(page: Page): Promise<unknown> {
  // The page's policy allows no script of others: the debugger may.
  await page.evaluate(axe);
  const { violations } = await page.evaluate<{
    violations: readonly { id: string; impact: string; nodes: readonly { html: string }[] }[];
  }>("axe.run()");
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 3).map(({ html }) => html) }));
}
