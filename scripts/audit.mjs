// Fails when a production dependency has a known hole of high or critical severity. Some registries keep no such
// list; then there is nothing to judge, and that is said.
import { spawnSync } from "node:child_process";

// Only status codes are printed of a failed call: npm's own words carry the registry's address.
const { stdout } = spawnSync("npm", ["audit", "--omit=dev", "--json"], {
  encoding: "utf8",
  maxBuffer: 64 * 1024 * 1024,
  timeout: 120_000,
});
const report = readReport(stdout ?? "");
const counts = report?.metadata?.vulnerabilities;

if (report?.error?.code === "ENOLOCK") {
  throw new Error("There is no package-lock.json to audit.");
} else if (counts === undefined) {
  console.log(
    `audit not available: registry answered ${report?.statusCode ?? report?.error?.code ?? "nothing readable"}`,
  );
} else {
  const grave = Object.values(report.vulnerabilities).filter(({ severity }) => ["high", "critical"].includes(severity));
  for (const { name, severity, range } of grave) console.error(`${severity}: ${name} ${range}`);
  console.log(`audit: ${counts.critical} critical, ${counts.high} high, ${counts.total} in all`);
  if (grave.length > 0) process.exitCode = 1;
}

function readReport(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
