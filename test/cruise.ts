import { execFile } from "node:child_process";
import { join } from "node:path";

const project = join(__dirname, "..");
const cruiser = join(project, "node_modules/.bin/depcruise");

interface Report {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
  };
}

export interface Cruise {
  readonly moduleCount: number;
  /** One line each: `rule: from → to`. */
  readonly violations: readonly string[];
}

/** Judges the folders of a tree, ours or a planted one, by the project's import rules. */
export async function cruise(root: string, folders: readonly string[]): Promise<Cruise> {
  const config = join(project, ".dependency-cruiser.js");
  const output = await new Promise<string>((resolve, reject) => {
    execFile(
      process.execPath,
      [cruiser, "--config", config, "--output-type", "json", ...folders],
      { cwd: root, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        // The exit status counts the violations, so only a run without a report has failed.
        if (stdout === "") reject(new Error(stderr || "dependency-cruiser printed nothing", { cause: error }));
        else resolve(stdout);
      },
    );
  });
  const { summary } = JSON.parse(output) as Report;
  return {
    moduleCount: summary.totalCruised,
    violations: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
  };
}
