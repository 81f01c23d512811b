import { Secret } from "../../kernel";
import type { Ticket } from "../provider";

/** The name of the setting: the Verification API's token, from the vendor's dashboard. */
export const tokenName = "KWIKID_TOKEN";

/** What is left to know of a login between two calls. */
export interface LoginState {
  /** Only until the one-time password is accepted: no later call is documented to need it. */
  readonly accessToken?: string;
  /** The years whose question is answered, be it by a filing or by none. */
  readonly incomeYears: readonly number[];
  readonly hasProfile: boolean;
}

export function writeTicket(state: LoginState): Ticket {
  return new Secret(JSON.stringify(state));
}

export function readTicket(ticket: Ticket): LoginState {
  return JSON.parse(ticket.reveal()) as LoginState;
}

/** A header carries visible ASCII only; anything else would be refused on the way, and blamed on the vendor. */
export function fitsHeader(token: string): boolean {
  return /^[\x21-\x7e]{1,8192}$/.test(token);
}
