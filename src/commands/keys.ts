import { parseArgs } from "node:util";
import { ConfigurationError, type Settings } from "../config";
import { forgetOldMasterKey, renewMasterKey } from "../compose";
import { openBeside } from "./openBeside";

/** Changes keys beside a running service, or without one: `npm start -- keys rewrap`. */
export async function keysCommand(settings: Settings, [act, ...more]: string[]): Promise<void> {
  if (act === "rewrap" && more.length === 0) return rewrap(settings);
  if (act === "rotate" && more.length === 0) return rotate(settings);
  if (act === "rotate-receipts" && more.length === 0) return rotateReceipts(settings);
  if (act === "rotate-lookup") return rotateLookup(settings, more);
  throw new ConfigurationError([
    "Use: keys rewrap, to seal all keys anew under AAY_MASTER_KEY; or keys rotate, for the sandbox's own master key; " +
      "or keys rotate-lookup --tenant NAME, for the key that a tenant's people are found by; or keys rotate-receipts, for the key that signs receipts.",
  ]);
}

async function rotateLookup(settings: Settings, args: string[]): Promise<void> {
  const { tenant } = parseArgs({ args, options: { tenant: { type: "string" } } }).values;
  if (!tenant) throw new ConfigurationError(["Use: keys rotate-lookup --tenant NAME."]);
  await using store = await openBeside(settings);
  process.stdout.write(`Re-keyed: ${await store.rotateLookupKey(tenant)} taxpayers.\n`);
}

/** Receipts of the key before stay valid: its public half is kept. */
async function rotateReceipts(settings: Settings): Promise<void> {
  await using store = await openBeside(settings);
  process.stdout.write(`Receipts are signed by a new key: ${await store.rotateReceiptKey()}.\n`);
}

async function rewrap(settings: Settings): Promise<void> {
  await using store = await openBeside(settings);
  const { lookupKeys, subjectKeys, unreadable } = await store.rewrap();
  process.stdout.write(`Sealed anew: ${lookupKeys} look-up keys, ${subjectKeys} taxpayers' keys.\n`);
  if (unreadable > 0) throw new Error(`${unreadable} keys are sealed under a master key that is not given here.`);
}

/** A run cut short is finished first: no key is forgotten that something is still sealed under. */
async function rotate(settings: Settings): Promise<void> {
  if (settings.masterKey) {
    throw new ConfigurationError([
      "AAY_MASTER_KEY is set: name another key there, the present one in AAY_MASTER_KEYS_OLD, and run keys rewrap.",
    ]);
  }
  await rewrap(settings);
  renewMasterKey(settings);
  await rewrap(settings);
  forgetOldMasterKey(settings);
}
