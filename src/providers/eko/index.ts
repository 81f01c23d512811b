import type { Provider } from "../provider";
import { connectEko } from "./client";
import { accessKeyName, developerKeyName, initiatorIdName, userCodeName } from "./credentials";
import { simulateEko } from "./simulator";

const hourMs = 3_600_000;

/** Eko's ITR compliance check: has this PAN filed, and with what standing? It needs no login and no consent. */
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
    required: [developerKeyName, accessKeyName, initiatorIdName],
    optional: [userCodeName],
    sandbox: {
      [developerKeyName]: "sandbox-developer-key",
      [accessKeyName]: "sandbox-access-key",
      [initiatorIdName]: "9000000000",
    },
    basePath: "/ekoapi/v3",
    timeoutMs: 10_000,
    maxInFlight: 8,
  },
  fileHosts: [],
  // Eko publishes none.
  callLimits: [],
  connect: connectEko,
  simulate: simulateEko,
};
