import type { DocumentKind } from "../../../domain";
import { Fault, type FaultCode } from "../../../kernel";
import type { LoginClient, Reading, ProviderTools } from "../../provider";
import { withCreditsStandingIn } from "../mapper/standingIn";
import { createCalls } from "./calls";
import {
  failedReadings,
  readFilingsAndProfile,
  readInformation,
  readTaxCredits,
  type Brought,
  type Visit,
} from "./readings";
import { openTicket, sealTicket } from "./ticket";

/** After one of these no further call can help, and every further download might be one more bad login. */
const endings: readonly FaultCode[] = [
  "INVALID_CREDENTIALS",
  "ACCOUNT_LOCKED",
  "SESSION_EXPIRED",
  "PROVIDER_REJECTED_US",
];

interface Group {
  readonly documents: readonly DocumentKind[];
  read(visit: Visit): Promise<Brought>;
}

/** In this order, one after another: the first download is what logs in to the portal. */
const groups: readonly Group[] = [
  { documents: ["PROFILE", "FILINGS"], read: readFilingsAndProfile },
  { documents: ["TAX_CREDITS"], read: readTaxCredits },
  { documents: ["INFORMATION_STATEMENT"], read: readInformation },
];

export function connectDeepvue(tools: ProviderTools): LoginClient {
  const calls = createCalls(tools);
  return {
    needs: "LOGIN",
    async open({ pan, password }, signal) {
      const clientId = await calls.createClient(pan, password, signal);
      return { awaits: "NOTHING", ticket: sealTicket({ clientId }), readings: [] };
    },
    async read(sealed, wish, signal, onReadings = () => undefined) {
      let ticket = openTicket(sealed);
      let ended: Fault | undefined;
      const readings: Reading[] = [];
      for (const group of groups) {
        const documents = group.documents.filter((document) => wish.documents.includes(document));
        if (documents.length === 0) continue;
        try {
          if (ended) throw ended;
          const visit: Visit = { calls, tools, ticket, wish: { ...wish, documents }, signal, onReadings };
          const brought = await group.read(visit);
          ticket = brought.ticket;
          readings.push(...brought.readings);
        } catch (thrown) {
          if (!(thrown instanceof Fault)) throw thrown;
          if (endings.includes(thrown.code)) {
            if (readings.every(({ answer }) => answer.outcome === "FAILED")) throw thrown;
            ended = thrown;
          }
          readings.push(...failedReadings({ ...wish, documents }, thrown));
        }
      }
      return { ticket: sealTicket(ticket), readings: withCreditsStandingIn(readings) };
    },
  };
}
