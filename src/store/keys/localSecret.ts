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

/** 32 random bytes under this name in the folder, made on first use and kept as one line of base64. */
export function localSecret(dataDir: string, name: string): Secret<Buffer> {
  const file = join(dataDir, name);
  const value = Buffer.from(readIfThere(file) ?? make(dataDir, file), "base64");
  if (value.length !== secretBytes) {
    throw new StoreUnavailable(`The file ${file} is damaged: it should hold ${secretBytes} bytes in base64.`);
  }
  return new Secret(value);
}

/** The same, with the one before it where it has been renewed. */
export function localSecrets(dataDir: string, name: string) {
  const hasOld = readIfThere(join(dataDir, oldOf(name))) !== undefined;
  return { newest: localSecret(dataDir, name), before: hasOld ? [localSecret(dataDir, oldOf(name))] : [] };
}

/** At every moment the file holds a whole secret, and none is replaced before it is kept as the old one. */
export function renewLocalSecret(dataDir: string, name: string): void {
  const [file, old] = [join(dataDir, name), join(dataDir, oldOf(name))];
  const draft = writeDraft(file);
  rmSync(old, { force: true });
  linkSync(file, old);
  renameSync(draft, file);
  syncFolder(dataDir);
}

export function forgetLocalSecret(dataDir: string, name: string): void {
  rmSync(join(dataDir, oldOf(name)), { force: true });
  syncFolder(dataDir);
}

function oldOf(name: string): string {
  return `${name}-old`;
}

/** A new or renamed file outlives a power cut only once its folder has been synced as well. */
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
    // A link never replaces a file, so of two starters one wins and both read the winner's secret.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft);
  }
  syncFolder(dataDir);
  return readFileSync(file, "utf8");
}

/** A new secret in a file of its own. */
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
