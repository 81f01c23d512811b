import type { Provider } from "../provider";
import { connectEko } from "./client";
import { settingNames } from "./credentials";
import { simulateEko } from "./simulator";

const hourMs = 3_600_000;

/** Eko's ITR compliance check: whether a PAN has filed, and its standing. It needs no login and no consent. */
export const eko: Provider = {
  id: "EKO",
  name: "Eko",
  login: "NONE",
  documents: ["COMPLIANCE"],
  callsFor: ({ length }) => length,
  timeToLiveMs: 24 * hourMs,
  priceRupeesPerCall: 2.04,
  settings: {
    prefix: "EKO",
    required: [settingNames.developerKey, settingNames.accessKey, settingNames.initiatorId],
    optional: [settingNames.userCode],
    sandbox: {
      [settingNames.developerKey]: "sandbox-developer-key",
      [settingNames.accessKey]: "sandbox-access-key",
      [settingNames.initiatorId]: "9000000000",
    },
    basePath: "/ekoapi/v3",
    timeoutMs: 10_000,
    maxInFlight: 8,
  },
  fileHosts: [],
  // Eko publishes no limits.
  callLimits: [],
  connect: connectEko,
  simulate: simulateEko,
};
