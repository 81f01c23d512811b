/** Encryption at rest: master keys, the keyring and its rotation, secrets in files and secrets shared by processes. */
export { type Keyring, openKeyring } from "./keyring";
export { localSecrets, makePrivateFolder, syncFolder } from "./localSecrets";
export { masterKeysOf } from "./masterKeys";
export { publicReceiptKeys, rotateReceiptKey } from "./receiptKeys";
export { createNumberedIds } from "./numberedIds";
export { rewrapKeys, rotateLookupKey } from "./rotation";
export { headBytes, placeOf, seal, unseal } from "./seal";
export { createSharedSecrets } from "./sharedSecrets";
