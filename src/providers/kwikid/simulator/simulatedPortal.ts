import { randomBytes } from "node:crypto";
import type { SimulatedWorld } from "../../provider";
import { otpLifeMs } from "../contract";

/** The vendor publishes none of these. The numbers follow the portal's own pages. */
const sessionLifeMs = 15 * 60_000;
const mostOtpTries = 3;

type OtpVerdict = "ACCEPTED" | "WRONG" | "EXPIRED" | "TOO_MANY";

/** The vendor's sessions at the portal. The key is the PAN, so a new login ends the one before. */
interface SimulatedPortal {
  /** Sends an OTP. Returns the access token. */
  open(pan: string): string;
  /** The token that the taxpayer's own browser sees. */
  accessToken(pan: string): string | undefined;
  holds(pan: string, accessToken: string, nowMs: number): boolean;
  /** Whether the OTP is accepted, and the session has not expired. */
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
