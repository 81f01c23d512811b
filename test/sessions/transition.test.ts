import { readFileSync } from "node:fs";
import { join } from "node:path";
import { printSessionStates } from "../../src/commands/registerPages";
import { phases as phaseTable, type Phase } from "../../src/sessions/session";
import { isAllowed, transitions, type TransitionName } from "../../src/sessions/transition";

const phases: readonly Phase[] = [
  "OPENING",
  "AWAITING_OTP",
  "CHECKING_OTP",
  "WAITING",
  "READING",
  "READY",
  "FAILED",
  "ENDED",
];

/** Written out by hand beside the table, so that a change of either shows. */
const legal: Readonly<Record<TransitionName, string>> = {
  otpSent: "OPENING → AWAITING_OTP",
  otpSubmitted: "AWAITING_OTP → CHECKING_OTP",
  otpRefused: "CHECKING_OTP → AWAITING_OTP",
  processing: "OPENING CHECKING_OTP WAITING → WAITING",
  loggedIn: "OPENING CHECKING_OTP WAITING → READING",
  someRead: "READING → READING",
  readAgain: "READING → READING",
  documentsRead: "OPENING CHECKING_OTP WAITING READING → READY",
  moreRead: "READY → READY",
  failed: "OPENING AWAITING_OTP CHECKING_OTP WAITING READING READY → FAILED",
  ended: "OPENING AWAITING_OTP CHECKING_OTP WAITING READING READY → ENDED",
};

const names = Object.keys(transitions) as TransitionName[];

describe("the table of phases", () => {
  it("has these and no others", () => {
    expect(Object.keys(phaseTable)).toEqual(phases);
  });
});

describe("the diagram of the states", () => {
  it("is what docs/sessionStates.md prints", () => {
    expect(readFileSync(join(__dirname, "../../docs/sessionStates.md"), "utf8")).toBe(printSessionStates());
  });

  it("has an arrow for each edge of the table", () => {
    const page = printSessionStates();
    const arrows = names.flatMap((name) =>
      transitions[name].from.map((from) => `${from} --> ${transitions[name].to}: ${name}`),
    );
    expect(arrows.filter((arrow) => !page.includes(`  ${arrow}\n`))).toEqual([]);
  });
});

describe("the table of transitions", () => {
  it.each(names)("lets %s happen where it may, and nowhere else", (name) => {
    const from = phases.filter((phase) => isAllowed(name, phase));
    expect(`${from.join(" ")} → ${transitions[name].to}`).toBe(legal[name]);
  });

  it("leads out of nothing that is over", () => {
    expect(names.filter((name) => isAllowed(name, "FAILED") || isAllowed(name, "ENDED"))).toEqual([]);
  });

  it("leads to every phase but the first", () => {
    expect(new Set(names.map((name) => transitions[name].to))).toEqual(
      new Set(phases.filter((phase) => phase !== "OPENING")),
    );
  });
});
