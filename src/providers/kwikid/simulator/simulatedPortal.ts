import { randomBytes } from "node:crypto";
import type { SimulatedWorld } from "../../provider";
import { otpLifeMs } from "../client";

/** None of these is published; the numbers are those of the portal's own pages, as far as it has any. */
const sessionLifeMs = 15 * 60_000;
const mostOtpTries = 3;

type OtpVerdict = "ACCEPTED" | "WRONG" | "EXPIRED" | "TOO_MANY";

/** The vendor's sessions at the portal. They are kept by PAN, so that a new login ends the one before. */
interface SimulatedPortal {
  /** Sends an OTP; the session waits for it. */
  open(pan: string): string;
  /** What the taxpayer's own browser would see. */
  accessToken(pan: string): string | undefined;
  holds(pan: string, accessToken: string, nowMs: number): boolean;
  /** Whether the OTP has been accepted, and the session is still alive. */
  isIn(pan: string, nowMs: number): boolean;
  enter(pan: string, otp: string, nowMs: number): OtpVerdict;
  leave(pan: string): boolean;
}

interface PortalSession {
  readonly otp: string;
  readonly accessToken: string;
  readonly openedAtMs: number;
  otpTries: number;
  isIn: boolean;
}

export function createPortal({ clock, sendOtp }: Pick<SimulatedWorld, "clock" | "sendOtp">): SimulatedPortal {
  const sessionByPan = new Map<string, PortalSession>();
  function live(pan: string, nowMs: number): PortalSession | undefined {
    const session = sessionByPan.get(pan);
    return session && nowMs < session.openedAtMs + sessionLifeMs ? session : undefined;
  }
  return {
    open(pan) {
      const accessToken = randomBytes(24).toString("base64url");
      const otp = sendOtp("KWIKID", pan);
      sessionByPan.set(pan, { otp, accessToken, openedAtMs: clock.now(), otpTries: 0, isIn: false });
      return accessToken;
    },
    accessToken: (pan) => live(pan, clock.now())?.accessToken,
    holds: (pan, accessToken, nowMs) => live(pan, nowMs)?.accessToken === accessToken,
    isIn: (pan, nowMs) => live(pan, nowMs)?.isIn ?? false,
    enter(pan, otp, nowMs) {
      const session = live(pan, nowMs);
      if (!session || nowMs >= session.openedAtMs + otpLifeMs) return "EXPIRED";
      if (session.otpTries >= mostOtpTries) return "TOO_MANY";
      session.otpTries += 1;
      if (otp !== session.otp) return session.otpTries < mostOtpTries ? "WRONG" : "TOO_MANY";
      session.isIn = true;
      return "ACCEPTED";
    },
    leave: (pan) => sessionByPan.delete(pan),
  };
}
