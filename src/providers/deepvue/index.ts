import type { Provider } from "../provider";
import { connectDeepvue } from "./client";
import { callsFor, callsToRead } from "./client/callsFor";
import { clientIdName, clientSecretName } from "./credentials";
import { simulateDeepvue } from "./simulator";

const secondMs = 1_000;
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Deepvue's ITR suite: returns, tax credits and information statements, behind the portal's password and without an OTP. */
export const deepvue: Provider = {
  id: "DEEPVUE",
  name: "Deepvue",
  login: "PASSWORD",
  documents: ["PROFILE", "FILINGS", "TAX_CREDITS", "INFORMATION_STATEMENT"],
  callsFor,
  loginTerms: { lifeMs: dayMs, isOnePerPan: false, logsInAtFirstRead: true, readsOnlyItsYears: false, callsToRead },
  timeToLiveMs: dayMs,
  priceRupeesPerCall: undefined,
  settings: {
    prefix: "DEEPVUE",
    required: [clientIdName, clientSecretName],
    optional: [],
    sandbox: { [clientIdName]: "sandbox-client", [clientSecretName]: "sandbox-client-secret" },
    basePath: "",
    // The first download logs in to the portal.
    timeoutMs: 45_000,
    maxInFlight: 4,
  },
  // The published sample's bucket; a wildcard for the whole storage service would let in anybody's bucket.
  fileHosts: ["aadhaar-kyc-docs.s3.amazonaws.com", "aadhaar-kyc-docs.s3.ap-south-1.amazonaws.com"],
  // The published limits of the Business plan, per API key: the three windows are judged independently.
  callLimits: [
    { windowMs: secondMs, mostCalls: 2 },
    { windowMs: minuteMs, mostCalls: 100 },
    { windowMs: dayMs, mostCalls: 10_000 },
  ],
  connect: connectDeepvue,
  simulate: simulateDeepvue,
};
