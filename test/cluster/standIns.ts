import { randomInt } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { indianDayAt } from "../../src/domain/calendarDate";
import { systemClock } from "../../src/kernel/clock";
import type { Provider } from "../../src/providers/provider";
import { prefixOf } from "../../src/sandbox/host";
import { personaOn } from "../../src/sandbox/personas";
import { sendReply } from "../../src/sandbox/reply";
import { credentialsOf } from "../support/credentials";
import { openStandInServer } from "../support/standInServer";
import { providerOf } from "../support/vendors";

/** A call that has to do with a login. Its caller may have died before the answer. */
export interface LoginCall {
  readonly kind: "LOGIN" | "OTP" | "LOGOUT";
  /** Which service made it. */
  readonly door: number;
  readonly beganAtMs: number;
  endedAtMs: number | undefined;
}

/** Vendors that are always well, and that outlive the services: they count what each person's logins come to. */
export interface StandIns extends AsyncDisposable {
  /** What makes a service come through this door. */
  env(door: number): Record<string, string>;
  callsOf(pan: string): readonly LoginCall[];
  count(pan: string, kind: LoginCall["kind"]): number;
  /** The last one-time password that this person was sent. */
  otpOf(pan: string): string | undefined;
}

/** One vendor with a one-time password and a logout, and one that works by itself and is polled. */
export const vendors = ["KWIKID", "FINPASS"] as const;

const kindByPath: Readonly<Record<string, LoginCall["kind"]>> = {
  get_otp: "LOGIN",
  analyze: "LOGIN",
  get_data: "OTP",
  logout: "LOGOUT",
};

/** The portal takes its time, so that every fault meets sessions in the middle of a login. */
const delaysMs: Readonly<Record<LoginCall["kind"], readonly [least: number, most: number]>> = {
  LOGIN: [500, 2_500],
  OTP: [300, 1_000],
  LOGOUT: [50, 300],
};

export async function openStandIns(): Promise<StandIns> {
  const callsByPan = new Map<string, LoginCall[]>();
  const otpByPan = new Map<string, string>();
  const simulations = vendors.map((id) => {
    const provider = providerOf(id);
    const credentials = credentialsOf(provider.settings.sandbox);
    const simulate = provider.simulate({
      clock: systemClock,
      credentials,
      baseUrl: () => server.url,
      personaOf: (pan) => personaOn(pan, indianDayAt(systemClock.now()), id),
      sendOtp(_provider, pan) {
        const otp = String(randomInt(1_000_000)).padStart(6, "0");
        otpByPan.set(pan, otp);
        return otp;
      },
      faultFor: () => undefined,
    });
    return { provider, prefix: prefixOf(provider), simulate };
  });

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "", headers } = incoming;
    const [, door = "", onward = ""] = /^\/(\d)(\/.*)$/.exec(url) ?? [];
    const { pathname, searchParams: query } = new URL(onward, server.url);
    const body = await text(incoming);
    const simulation = simulations.find(({ prefix }) => pathname.startsWith(`${prefix}/`));
    if (simulation === undefined) {
      sendReply(response, { status: 404 });
      return;
    }
    const { prefix, simulate } = simulation;
    const call = begin(pathname, body, Number(door));
    if (call) await wait(randomInt(...delaysMs[call.kind]));
    sendReply(response, await simulate({ method, path: pathname.slice(prefix.length), query, headers, body }));
    if (call) call.endedAtMs = Date.now();
  }

  function begin(pathname: string, body: string, door: number): LoginCall | undefined {
    const kind = kindByPath[pathname.split("/").at(-1) ?? ""];
    const pan = /\b[A-Z]{5}[0-9]{4}[A-Z]\b/.exec(body)?.[0];
    if (kind === undefined || pan === undefined) return undefined;
    const call: LoginCall = { kind, door, beganAtMs: Date.now(), endedAtMs: undefined };
    callsByPan.set(pan, [...callsOf(pan), call]);
    return call;
  }

  const callsOf = (pan: string) => callsByPan.get(pan) ?? [];
  const server = await openStandInServer((incoming, response) => {
    answer(incoming, response).catch(() => response.destroy());
  });
  return {
    env: (door) =>
      Object.fromEntries(simulations.flatMap((each) => Object.entries(settingsOf(each.provider, each.prefix, door)))),
    callsOf,
    count: (pan, kind) => callsOf(pan).filter((call) => call.kind === kind).length,
    otpOf: (pan) => otpByPan.get(pan),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };

  function settingsOf({ settings }: Provider, prefix: string, door: number): Record<string, string> {
    return {
      ...settings.sandbox,
      [`${settings.prefix}_BASE_URL`]: new URL(`/${door}${prefix}`, server.url).href,
      [`${settings.prefix}_CALL_LIMITS`]: "none",
      [`${settings.prefix}_MAX_IN_FLIGHT`]: "32",
      [`${settings.prefix}_POLL_MS`]: "1000",
    };
  }
}
