import type { Provider } from "../provider";
import { connectKwikid } from "./client";
import { tokenName } from "./credentials";
import { simulateKwikid } from "./simulator";

const hourMs = 3_600_000;

/**
 * KwikID's ITR calls. The portal's password sends an OTP; the OTP opens the latest filing, and one filing for each further
 * call. AADHAAR_LINK is no document of a login, because that check needs a full Aadhaar number.
 */
export const kwikid: Provider = {
  id: "KWIKID",
  name: "KwikID",
  login: "PASSWORD_AND_OTP",
  documents: ["PROFILE", "FILINGS"],
  // The calls are get_otp, get_data for the latest year, one for each earlier year, and logout.
  callsFor: (documents, years) => 3 + (documents.includes("FILINGS") ? years - 1 : 0),
  loginTerms: {
    lifeMs: 15 * 60_000,
    isOnePerPan: true,
    logsInAtFirstRead: false,
    readsOnlyItsYears: false,
    callsToRead: (documents, years) => (documents.includes("FILINGS") ? years : 0),
  },
  timeToLiveMs: 24 * hourMs,
  priceRupeesPerCall: undefined,
  settings: {
    prefix: "KWIKID",
    required: [tokenName],
    optional: [],
    sandbox: { [tokenName]: "sandbox-kwikid-token" },
    basePath: "",
    // The vendor logs in to the portal during the call.
    timeoutMs: 30_000,
    maxInFlight: 8,
  },
  fileHosts: [],
  callLimits: [],
  connect: connectKwikid,
  simulate: simulateKwikid,
};
