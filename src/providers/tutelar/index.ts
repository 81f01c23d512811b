import type { Provider } from "../provider";
import { connectTutelar } from "./client";
import { settingNames } from "./credentials";
import { simulateTutelar } from "./simulator";

const hourMs = 3_600_000;

/** Tutelar's ITR verification: filed returns with their acknowledgement forms, behind the portal's password. */
export const tutelar: Provider = {
  id: "TUTELAR",
  name: "Tutelar",
  login: "PASSWORD",
  documents: ["VERIFICATION_FORM", "FILINGS"],
  concludes: ["FILINGS"],
  // The calls are the start and one status. One reply has all years.
  callsFor: () => 2,
  loginTerms: {
    lifeMs: 24 * hourMs,
    isOnePerPan: false,
    logsInAtFirstRead: false,
    // The login names the range of years.
    readsOnlyItsYears: true,
    callsToRead: () => 1,
  },
  timeToLiveMs: 24 * hourMs,
  priceRupeesPerCall: undefined,
  settings: {
    prefix: "TUTELAR",
    required: Object.values(settingNames),
    optional: [],
    sandbox: { [settingNames.apiKey]: "sandbox-api-key", [settingNames.secretKey]: "sandbox-secret-key" },
    basePath: "/api/v1",
    // The first call may wait for the portal. The published samples took up to 18 seconds.
    timeoutMs: 45_000,
    maxInFlight: 8,
  },
  // The address of the published sample: plain http, without a host name.
  fileHosts: ["http://3.108.106.182:8000"],
  callLimits: [],
  connect: connectTutelar,
  simulate: simulateTutelar,
};
