import type { Phase, ProgressIn } from "./session";

interface Move {
  readonly from: readonly Phase[];
  readonly to: Phase;
}

const live = ["OPENING", "AWAITING_OTP", "CHECKING_OTP", "WAITING", "BRINGING", "READY"] as const;

/** Every change that a session can go through. What is not here does not happen. */
export const moves = {
  otpSent: { from: ["OPENING"], to: "AWAITING_OTP" },
  otpTaken: { from: ["AWAITING_OTP"], to: "CHECKING_OTP" },
  otpRefused: { from: ["CHECKING_OTP"], to: "AWAITING_OTP" },
  toldToWait: { from: ["OPENING", "CHECKING_OTP", "WAITING"], to: "WAITING" },
  letIn: { from: ["OPENING", "CHECKING_OTP", "WAITING"], to: "BRINGING" },
  toldToReadAgain: { from: ["BRINGING"], to: "BRINGING" },
  brought: { from: ["OPENING", "CHECKING_OTP", "WAITING", "BRINGING"], to: "READY" },
  /** Asked for more, it stays what it is. */
  broughtMore: { from: ["READY"], to: "READY" },
  failed: { from: live, to: "FAILED" },
  ended: { from: live, to: "ENDED" },
} as const satisfies Record<string, Move>;

export type MoveName = keyof typeof moves;
export type Destination<Name extends MoveName> = ProgressIn<(typeof moves)[Name]["to"]>;

export function isAllowed(name: MoveName, from: Phase): boolean {
  return (moves[name].from as readonly Phase[]).includes(from);
}
