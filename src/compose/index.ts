export { compose } from "./compose";
export { developerToken, forgetOldMasterKey, masterKeysIn, renewMasterKey } from "./localKeys";
