import type { Provider } from "../provider";
import { connectTutelar } from "./client";
import { apiKeyName, secretKeyName } from "./credentials";
import { simulateTutelar } from "./simulator";

const hourMs = 3_600_000;

/** Tutelar's ITR verification: that returns were filed, with their acknowledgement forms, behind the portal's password. */
export const tutelar: Provider = {
  id: "TUTELAR",
  name: "Tutelar",
  login: "PASSWORD",
  documents: ["VERIFICATION_FORM", "FILINGS"],
  concludes: ["FILINGS"],
  // The answer to the first look brings all years at once.
  callsFor: () => 2,
  loginTerms: {
    lifeMs: 24 * hourMs,
    isOnePerPan: false,
    logsInAtFirstRead: false,
    // The range of years is told with the login, and beyond it nothing is said.
    readsOnlyItsYears: true,
    callsToRead: () => 1,
  },
  timeToLiveMs: 24 * hourMs,
  priceRupeesPerCall: undefined,
  settings: {
    prefix: "TUTELAR",
    required: [apiKeyName, secretKeyName],
    optional: [],
    sandbox: { [apiKeyName]: "sandbox-api-key", [secretKeyName]: "sandbox-secret-key" },
    basePath: "/api/v1",
    // The first call may answer only when the portal has; the published samples took up to 18 seconds.
    timeoutMs: 45_000,
    maxInFlight: 8,
  },
  // Where the published sample keeps its file: plain http, at an address without a name.
  fileHosts: ["http://3.108.106.182:8000"],
  callLimits: [],
  connect: connectTutelar,
  simulate: simulateTutelar,
};
