import { randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { Secret } from "../../kernel";
import { StoreUnavailable } from "../storeUnavailable";

const secretBytes = 32;

/** Random secrets of 32 bytes in files of one folder. Each is made on first use and kept as one line of base64. */
export function localSecrets(dataDir: string) {
  const fileOf = (name: string) => join(dataDir, name);
  const oldFileOf = (name: string) => fileOf(`${name}-old`);

  function open(file: string): Secret<Buffer> {
    const value = Buffer.from(readIfThere(file) ?? make(dataDir, file), "base64");
    if (value.length !== secretBytes) {
      throw new StoreUnavailable(`The file ${file} is damaged: it should hold ${secretBytes} bytes in base64.`);
    }
    return new Secret(value);
  }

  return {
    read: (name: string) => open(fileOf(name)),

    /** The secret, and the one before it if it has been renewed. */
    readWithOld(name: string): { readonly newest: Secret<Buffer>; readonly old: readonly Secret<Buffer>[] } {
      const hasOld = readIfThere(oldFileOf(name)) !== undefined;
      return { newest: open(fileOf(name)), old: hasOld ? [open(oldFileOf(name))] : [] };
    },

    /** The file always holds a whole secret, and a secret is kept as the old one before it is replaced. */
    renew(name: string): void {
      const draft = writeDraft(fileOf(name));
      rmSync(oldFileOf(name), { force: true });
      linkSync(fileOf(name), oldFileOf(name));
      renameSync(draft, fileOf(name));
      syncFolder(dataDir);
    },

    forgetOld(name: string): void {
      rmSync(oldFileOf(name), { force: true });
      syncFolder(dataDir);
    },
  };
}

/** A new or renamed file survives a power cut only after its folder is synced as well. */
export function syncFolder(folder: string): void {
  const descriptor = openSync(folder, "r");
  fsyncSync(descriptor);
  closeSync(descriptor);
}

export function makePrivateFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
  } catch (error) {
    throw new StoreUnavailable(`The folder ${folder} (AAY_DATA_DIR) cannot be made private to this user.`, {
      cause: error,
    });
  }
}

function make(dataDir: string, file: string): string {
  makePrivateFolder(dataDir);
  const draft = writeDraft(file);
  try {
    // A link never replaces a file: of two processes that start at once, both read the first one's secret.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft);
  }
  syncFolder(dataDir);
  return readFileSync(file, "utf8");
}

/** Writes a new secret to a temporary file. */
function writeDraft(file: string): string {
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  const descriptor = openSync(draft, "wx", 0o600);
  writeSync(descriptor, `${randomBytes(secretBytes).toString("base64")}\n`);
  fsyncSync(descriptor);
  closeSync(descriptor);
  return draft;
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new StoreUnavailable(`The file ${file} cannot be read.`, { cause: error });
  }
}
