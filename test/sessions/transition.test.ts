import type { Phase } from "../../src/sessions/session";
import { isAllowed, moves, type MoveName } from "../../src/sessions/transition";

const phases: readonly Phase[] = [
  "OPENING",
  "AWAITING_OTP",
  "CHECKING_OTP",
  "WAITING",
  "BRINGING",
  "READY",
  "FAILED",
  "ENDED",
];

/** Written out by hand beside the table, so that a change of either shows. */
const legal: Readonly<Record<MoveName, string>> = {
  otpSent: "OPENING → AWAITING_OTP",
  otpTaken: "AWAITING_OTP → CHECKING_OTP",
  otpRefused: "CHECKING_OTP → AWAITING_OTP",
  toldToWait: "OPENING CHECKING_OTP WAITING → WAITING",
  letIn: "OPENING CHECKING_OTP WAITING → BRINGING",
  toldToReadAgain: "BRINGING → BRINGING",
  brought: "OPENING CHECKING_OTP WAITING BRINGING → READY",
  broughtMore: "READY → READY",
  failed: "OPENING AWAITING_OTP CHECKING_OTP WAITING BRINGING READY → FAILED",
  ended: "OPENING AWAITING_OTP CHECKING_OTP WAITING BRINGING READY → ENDED",
};

const names = Object.keys(moves) as MoveName[];

describe("the table of moves", () => {
  it.each(names)("lets %s happen where it may, and nowhere else", (name) => {
    const from = phases.filter((phase) => isAllowed(name, phase));
    expect(`${from.join(" ")} → ${moves[name].to}`).toBe(legal[name]);
  });

  it("leads out of nothing that is over", () => {
    expect(names.filter((name) => isAllowed(name, "FAILED") || isAllowed(name, "ENDED"))).toEqual([]);
  });

  it("leads to every phase but the first", () => {
    expect(new Set(names.map((name) => moves[name].to))).toEqual(
      new Set(phases.filter((phase) => phase !== "OPENING")),
    );
  });
});
