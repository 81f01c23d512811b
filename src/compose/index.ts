export { compose } from "./compose";
export { serveByWorkers } from "./primary";
export { serveAsWorker } from "./worker";
export { developerToken, forgetOldMasterKey, masterKeysIn, renewMasterKey } from "./localKeys";
