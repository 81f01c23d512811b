import type { Provider } from "../provider";
import { connectKwikid } from "./client";
import { tokenName } from "./credentials";
import { simulateKwikid } from "./simulator";

const hourMs = 3_600_000;

/**
 * KwikID's ITR family: the portal's password sends an OTP, and with it come the latest filing and one more for each year
 * asked. Its check of a PAN against Aadhaar wants a full Aadhaar number, so it is a call of its own and AADHAAR_LINK is
 * not among the documents that a login brings.
 */
export const kwikid: Provider = {
  id: "KWIKID",
  name: "KwikID",
  login: "PASSWORD_AND_OTP",
  documents: ["PROFILE", "FILINGS"],
  // get_otp, get_data for the latest year, one more for each year before it, logout.
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
    // The vendor logs in to the portal while we wait.
    timeoutMs: 30_000,
    maxInFlight: 8,
  },
  fileHosts: [],
  callLimits: [],
  connect: connectKwikid,
  simulate: simulateKwikid,
};
