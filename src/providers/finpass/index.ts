import type { Provider } from "../provider";
import { connectFinpass } from "./client";
import { apiKeyName, apiSecretName, methodName, shapeName } from "./credentials";
import { simulateFinpass } from "./simulator";

const hourMs = 3_600_000;

/** Finpass's ITR analyzer: one job reads a taxpayer's returns of all years, behind the portal's password. */
export const finpass: Provider = {
  id: "FINPASS",
  name: "Finpass",
  login: "PASSWORD",
  documents: ["PROFILE", "FILINGS", "TAX_CREDITS", "DEMANDS", "AADHAAR_LINK"],
  // analyze, status, data: whatever is wanted, it is in the one report.
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
    required: [apiKeyName, apiSecretName],
    optional: [methodName, shapeName],
    sandbox: { [apiKeyName]: "sandbox-api-key", [apiSecretName]: "sandbox-api-secret" },
    basePath: "",
    timeoutMs: 20_000,
    maxInFlight: 8,
  },
  fileHosts: [],
  callLimits: [],
  connect: connectFinpass,
  simulate: simulateFinpass,
};
