import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export interface StandInReply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body: unknown;
}

/** Plays Eko as a test wants it, and remembers who was asked for. */
export interface StandInEko extends AsyncDisposable {
  readonly env: Record<string, string>;
  readonly askedPans: string[];
  readonly requests: IncomingHttpHeaders[];
  mostInFlight(): number;
  /** Set by the test; a reply may be a promise, so that the test decides when it comes. */
  reply: (pan: string) => StandInReply | Promise<StandInReply>;
  /** Called with the PAN of a request whose sender left before the reply. */
  onClosedEarly: (pan: string) => void;
}

export function onRecord(pan: string, changes: Record<string, unknown> = {}): StandInReply {
  const data = {
    pan_number: pan,
    itr_filed: true,
    assessment_year: "2026-27",
    compliance_status: "Compliant",
    filing_status: "Filed",
    filing_date: "2026-07-15",
    acknowledgement_number: "212345678150726",
    ...changes,
  };
  return { body: { status: 0, response_status_id: 0, message: "ITR compliance check successful", data } };
}

export async function openStandInEko(): Promise<StandInEko> {
  let inFlight = 0;
  let mostInFlight = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { pan_number: pan } = JSON.parse(Buffer.concat(chunks).toString("utf8")) as { pan_number: string };
      standIn.askedPans.push(pan);
      standIn.requests.push(request.headers);
      response.once("close", () => {
        if (!response.writableFinished) standIn.onClosedEarly(pan);
      });
      inFlight += 1;
      mostInFlight = Math.max(mostInFlight, inFlight);
      void Promise.resolve(standIn.reply(pan)).then(({ status = 200, headers = {}, body }) => {
        inFlight -= 1;
        response.writeHead(status, { "content-type": "application/json", ...headers });
        response.end(typeof body === "string" ? body : JSON.stringify(body));
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const standIn: StandInEko = {
    env: {
      EKO_BASE_URL: `http://127.0.0.1:${port}/ekoapi/v3`,
      EKO_DEVELOPER_KEY: "stand-in-developer-key",
      EKO_ACCESS_KEY: "stand-in-access-key",
      EKO_INITIATOR_ID: "9000000001",
    },
    askedPans: [],
    requests: [],
    mostInFlight: () => mostInFlight,
    reply: (pan) => onRecord(pan),
    onClosedEarly: () => undefined,
    async [Symbol.asyncDispose]() {
      if (!server.listening) return;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return standIn;
}
