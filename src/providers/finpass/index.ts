import type { Provider } from "../provider";
import { connectFinpass } from "./client";
import { settingNames } from "./credentials";
import { simulateFinpass } from "./simulator";

const hourMs = 3_600_000;

/** Finpass's ITR analyzer: one job reads a taxpayer's returns of all years, behind the portal's password. */
export const finpass: Provider = {
  id: "FINPASS",
  name: "Finpass",
  login: "PASSWORD",
  documents: ["PROFILE", "FILINGS", "TAX_CREDITS", "DEMANDS", "AADHAAR_LINK"],
  // The calls are analyze, status and data. One report has all documents.
  callsFor: () => 3,
  loginTerms: {
    lifeMs: 24 * hourMs,
    isOnePerPan: false,
    logsInAtFirstRead: false,
    readsOnlyItsYears: false,
    callsToRead: () => 1,
  },
  timeToLiveMs: 24 * hourMs,
  priceRupeesPerCall: undefined,
  settings: {
    prefix: "FINPASS",
    required: [settingNames.apiKey, settingNames.apiSecret],
    optional: [settingNames.method, settingNames.shape],
    sandbox: { [settingNames.apiKey]: "sandbox-api-key", [settingNames.apiSecret]: "sandbox-api-secret" },
    basePath: "",
    timeoutMs: 20_000,
    maxInFlight: 8,
  },
  fileHosts: [],
  callLimits: [],
  connect: connectFinpass,
  simulate: simulateFinpass,
};
