// Prints the licence of every package that runs in production, as the package itself names it.
import { nameOf, productionPackages, readLockFile } from "./lockFile.mjs";

const packages = readLockFile();
for (const path of productionPackages(packages).keys()) {
  const { version, license = "none named" } = packages[path];
  console.log(`${`${nameOf(path)}@${version}`.padEnd(56)} ${license}`);
}
