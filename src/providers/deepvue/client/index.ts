import { Fault, type FaultCode, Secret } from "../../../kernel";
import type { LoginClient, ProviderTools, Reading, Ticket } from "../../provider";
import { withCreditsOfStatement } from "../mapper";
import { createCalls } from "./calls";
import { documentGroups, failedReadings, type LoginState } from "./readings";

/** After one of these no further call helps, and a further download may be one more login with a wrong password. */
const endings: readonly FaultCode[] = [
  "INVALID_CREDENTIALS",
  "ACCOUNT_LOCKED",
  "SESSION_EXPIRED",
  "PROVIDER_REJECTED_US",
];

export function connectDeepvue(tools: ProviderTools): LoginClient {
  const calls = createCalls(tools);
  return {
    needs: "LOGIN",
    async open({ pan, password }, signal) {
      const clientId = await calls.createClient(pan, password, signal);
      return { awaits: "NOTHING", ticket: toTicket({ clientId }), readings: [] };
    },
    async read(ticket, request, signal, onReadings = () => undefined) {
      let state = JSON.parse(ticket.reveal()) as LoginState;
      let ending: Fault | undefined;
      const readings: Reading[] = [];
      for (const group of documentGroups) {
        const documents = group.documents.filter((document) => request.documents.includes(document));
        if (documents.length === 0) continue;
        const ofGroup = { ...request, documents };
        try {
          if (ending) throw ending;
          const result = await group.read({ calls, tools, state, request: ofGroup, signal, onReadings });
          state = result.state;
          readings.push(...result.readings);
        } catch (thrown) {
          if (!(thrown instanceof Fault)) throw thrown;
          if (endings.includes(thrown.code)) {
            if (readings.every(({ answer }) => answer.outcome === "FAILED")) throw thrown;
            ending = thrown;
          }
          readings.push(...failedReadings(ofGroup, thrown));
        }
      }
      return { ticket: toTicket(state), readings: withCreditsOfStatement(readings) };
    },
  };
}

function toTicket(state: LoginState): Ticket {
  return new Secret(JSON.stringify(state));
}
