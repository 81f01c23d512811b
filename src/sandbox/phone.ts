import { randomInt } from "node:crypto";
import { type ProviderId, instantAt, type Instant } from "../domain";
import type { Clock } from "../kernel";

export interface PhoneMessage {
  readonly provider: ProviderId;
  readonly pan: string;
  readonly otp: string;
  readonly sentAt: Instant;
}

/** Where the portal's one-time passwords arrive. */
export interface FakePhone {
  /** Sends a new password and returns it to whoever must check it. */
  ring(provider: ProviderId, pan: string): string;
  /** Newest first. */
  messages(pan?: string): readonly PhoneMessage[];
}

const mostKept = 50;

export function createPhone(clock: Clock, randomOtp: () => string = sixDigits): FakePhone {
  const kept: PhoneMessage[] = [];
  return {
    ring(provider, pan) {
      const otp = randomOtp();
      kept.unshift({ provider, pan, otp, sentAt: instantAt(clock.now()) });
      kept.length = Math.min(kept.length, mostKept);
      return otp;
    },
    messages: (pan) => kept.filter((message) => pan === undefined || message.pan === pan),
  };
}

function sixDigits(): string {
  return String(randomInt(1_000_000)).padStart(6, "0");
}
