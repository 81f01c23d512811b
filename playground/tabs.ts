import { manyAtOnce, startHere, whatCounts, whenItGoesWrong, whoIsBehindIt } from "./readingTabs";
import {
  closeSession,
  eraseTaxpayer,
  openSession,
  readSession,
  revokeConsent,
  submitOtp,
  watchSession,
} from "./sessionTabs";
import type { Tab } from "./tab";

type Tabs = readonly [Tab, ...Tab[]];

/** In the order of a walk: each of the session's tabs uses what those before it have brought. */
export const tabs: Tabs = [
  startHere,
  openSession,
  submitOtp,
  watchSession,
  readSession,
  whatCounts,
  closeSession,
  revokeConsent,
  eraseTaxpayer,
  whoIsBehindIt,
  whenItGoesWrong,
  manyAtOnce,
];

/** Where no phone is at hand, nobody can be logged in at the press of a button. */
export const tabsWithoutPhone: Tabs = [startHere, manyAtOnce, whatCounts, whoIsBehindIt, whenItGoesWrong];
