import { createHash, createPrivateKey, createSecretKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { CompactSign, type JWK } from "jose";
import type { Database, Queries } from "../database";
import type { MasterKeys, SealedKey } from "./masterKeys";
import { placeOf } from "./seal";

/** Signs receipts of consents: Ed25519, one key in use, and every earlier one known by its public half. */
export interface ReceiptKeys {
  /** A compact JWS of this payload, by the key in use. */
  sign(queries: Queries, payload: string): Promise<string>;
}

interface KeyRow extends SealedKey {
  readonly kid: string;
}

const keyInUse = `select kid, sealed, master_key_id as "masterKeyId" from aaygraph.receipt_keys where retired_at is null`;

/** Makes the first key in a new store. When several processes start at once, all use the key of the first. */
export async function openReceiptKeys(database: Database, masterKeys: MasterKeys): Promise<ReceiptKeys> {
  const { rows } = await database.run(keyInUse);
  if (rows.length === 0) await insert(database, masterKeys);
  let last: { readonly kid: string; readonly key: KeyObject } | undefined;

  async function current(queries: Queries): Promise<{ readonly kid: string; readonly key: KeyObject }> {
    const { rows } = await queries.run<KeyRow>(keyInUse);
    const [row] = rows;
    if (row === undefined) throw new Error("the store has no key for receipts");
    if (last?.kid === row.kid) return last;
    const opened = masterKeys.unseal(row, placeOf.receiptKey(row.kid));
    if (opened === undefined) throw new Error("the key for receipts is sealed under a master key that is not given");
    return (last = { kid: row.kid, key: createPrivateKey({ key: opened.export(), format: "der", type: "pkcs8" }) });
  }

  return {
    async sign(queries, payload) {
      const { kid, key } = await current(queries);
      const head = { alg: "EdDSA", typ: "consent-receipt+jws", kid };
      return new CompactSign(Buffer.from(payload)).setProtectedHeader(head).sign(key);
    },
  };
}

/** Public keys, the newest first. */
export async function publicReceiptKeys(queries: Queries): Promise<{ readonly keys: readonly JWK[] }> {
  const { rows } = await queries.run<{ jwk: JWK }>(
    "select public_jwk as jwk from aaygraph.receipt_keys order by made_at desc, kid",
  );
  return { keys: rows.map(({ jwk }) => jwk) };
}

/** Puts a new key in use, and destroys the private half of the one before. Returns the new key's id. */
export async function rotateReceiptKey(database: Database, masterKeys: MasterKeys): Promise<string> {
  return database.transaction(async (queries) => {
    await queries.run(
      "update aaygraph.receipt_keys set retired_at = now(), sealed = null, master_key_id = null where retired_at is null",
    );
    return insert(queries, masterKeys);
  });
}

/** Seals the key in use anew under the newest master key. Returns how many keys were. */
export async function rewrapReceiptKey(database: Database, masterKeys: MasterKeys): Promise<number> {
  const { rows } = await database.run<KeyRow>(`${keyInUse} and master_key_id <> $1`, [masterKeys.newestId]);
  const [row] = rows;
  const opened = row && masterKeys.unseal(row, placeOf.receiptKey(row.kid));
  if (!opened) return 0;
  const { sealed, masterKeyId } = masterKeys.seal(opened, placeOf.receiptKey(row.kid), masterKeys.newestId);
  const { count } = await database.run(
    "update aaygraph.receipt_keys set sealed = $1, master_key_id = $2 where kid = $3 and sealed = $4",
    [sealed, masterKeyId, row.kid, row.sealed],
  );
  return count;
}

async function insert(queries: Queries, masterKeys: MasterKeys): Promise<string> {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const { x = "" } = publicKey.export({ format: "jwk" });
  // RFC 7638: the members in this order, without blanks.
  const kid = createHash("sha256")
    .update(JSON.stringify({ crv: "Ed25519", kty: "OKP", x }))
    .digest("base64url");
  const jwk: JWK = { kty: "OKP", crv: "Ed25519", x, kid, use: "sig", alg: "EdDSA" };
  const secret = createSecretKey(privateKey.export({ format: "der", type: "pkcs8" }));
  const { sealed, masterKeyId } = masterKeys.seal(secret, placeOf.receiptKey(kid));
  await queries.run(
    `insert into aaygraph.receipt_keys (kid, public_jwk, sealed, master_key_id, made_at) values ($1, $2, $3, $4, now())
     on conflict do nothing`,
    [kid, JSON.stringify(jwk), sealed, masterKeyId],
  );
  return kid;
}
