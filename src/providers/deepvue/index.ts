import type { DocumentKind } from "../../domain";
import type { Provider } from "../provider";
import { connectDeepvue } from "./client";
import { settingNames } from "./credentials";
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
    required: Object.values(settingNames),
    optional: [],
    sandbox: { [settingNames.clientId]: "sandbox-client", [settingNames.clientSecret]: "sandbox-client-secret" },
    basePath: "",
    // The first download logs in to the portal.
    timeoutMs: 45_000,
    maxInFlight: 4,
  },
  // The bucket of the published sample. A wildcard for the storage service would allow every bucket of every customer.
  fileHosts: ["aadhaar-kyc-docs.s3.amazonaws.com", "aadhaar-kyc-docs.s3.ap-south-1.amazonaws.com"],
  // The published limits of the Business plan, per API key. Each window counts alone.
  callLimits: [
    { windowMs: secondMs, mostCalls: 2 },
    { windowMs: minuteMs, mostCalls: 100 },
    { windowMs: dayMs, mostCalls: 10_000 },
  ],
  connect: connectDeepvue,
  simulate: simulateDeepvue,
};

const createClientCalls = 1;

/** Each document has a list of its own, and each year's entry is one more call. */
function callsFor(documents: readonly DocumentKind[], years: number): number {
  return (
    createClientCalls +
    returnCalls(documents, years) +
    creditCalls(documents, years) +
    informationCalls(documents, years)
  );
}

/** The profile comes with the details of the newest return. */
function returnCalls(documents: readonly DocumentKind[], years: number): number {
  if (documents.includes("FILINGS")) return 1 + years;
  return documents.includes("PROFILE") ? 2 : 0;
}

function creditCalls(documents: readonly DocumentKind[], years: number): number {
  return documents.includes("TAX_CREDITS") ? 1 + years : 0;
}

/** The order returns the running year, which no caller can ask for yet. Each other year takes a call and a file. */
function informationCalls(documents: readonly DocumentKind[], years: number): number {
  return documents.includes("INFORMATION_STATEMENT") ? 1 + 2 * years : 0;
}

const documentsByList: readonly (readonly DocumentKind[])[] = [
  ["PROFILE", "FILINGS"],
  ["TAX_CREDITS"],
  ["INFORMATION_STATEMENT"],
];

/** The client exists already, and so do the lists that the login has downloaded before. */
function callsToRead(documents: readonly DocumentKind[], years: number, openedFor: readonly DocumentKind[]): number {
  const downloaded = documentsByList.filter((list) =>
    [documents, openedFor].every((kinds) => list.some((document) => kinds.includes(document))),
  );
  return callsFor(documents, years) - createClientCalls - downloaded.length;
}
