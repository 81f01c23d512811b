export { type Keyring, openKeyring } from "./keyring";
export {
  forgetLocalSecret,
  localSecret,
  localSecrets,
  makePrivateFolder,
  renewLocalSecret,
  syncFolder,
} from "./localSecret";
export { type RereadMasterKeys, masterKeysOf } from "./masterKeys";
export { type Rewrapped, rewrapKeys, rotateLookupKey } from "./rotation";
export {
  answerPlace,
  consentReferencePlace,
  documentLinkPlace,
  filePlace,
  headBytes,
  panPlace,
  seal,
  ticketPlace,
  unseal,
} from "./seal";
export { createSharedSecrets } from "./sharedSecrets";
