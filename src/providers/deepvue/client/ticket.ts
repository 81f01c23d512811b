import { Secret } from "../../../kernel";
import type { Ticket } from "../../provider";
import type { FiledReturn, StatementEntry } from "../contract";

/** What a login has come to so far. The lists are kept, so that each download is made once per login. */
export interface OpenTicket {
  readonly clientId: string;
  readonly filedReturns?: readonly FiledReturn[];
  readonly statements?: readonly StatementEntry[];
  /** From then on the vendor prepares the information statements by itself. */
  readonly informationOrdered?: true;
}

export function sealTicket(ticket: OpenTicket): Ticket {
  return new Secret(JSON.stringify(ticket));
}

export function openTicket(ticket: Ticket): OpenTicket {
  return JSON.parse(ticket.reveal()) as OpenTicket;
}
