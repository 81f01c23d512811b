import { request } from "node:http";
import type { Services } from "./services";

/** One question to one service, and what came of it. */
export interface Attempt {
  readonly operation: string;
  readonly service: number;
  readonly beganAtMs: number;
  readonly endedAtMs: number;
  /** OK, the code of an error or a problem, or what befell the connection: REFUSED, RESET, NO_ANSWER. */
  readonly outcome: string;
}

export interface Payload {
  readonly problem?: { readonly code: string } | null;
  readonly [field: string]: unknown;
}

/** Asks a service once: its payload, and undefined where there is none. */
export type Ask = (service: number, operation: keyof typeof documents, variables: object) => Promise<Answered>;

interface Answered {
  readonly outcome: string;
  readonly payload: Payload | undefined;
}

const session = "id state problem { code }";

const documents = {
  openSession: `mutation ($input: OpenSessionInput!) {
    openSession(input: $input) { problem { code } session { ${session} consent { id } } }
  }`,
  session: `query ($id: ID!) { session(id: $id) { ${session} } }`,
  submitOtp: `mutation ($input: SubmitOtpInput!) { submitOtp(input: $input) { problem { code } session { id } } }`,
  taxpayer: `query ($pan: Pan!) { taxpayer(pan: $pan) { id filings(first: 2) { nodes { id totalIncome } } } }`,
  closeSession: `mutation ($input: SessionInput!) { closeSession(input: $input) { problem { code } session { state } } }`,
  revokeConsent: `mutation ($input: RevokeConsentInput!) { revokeConsent(input: $input) { problem { code } consent { id } } }`,
  eraseTaxpayer: `mutation ($input: EraseTaxpayerInput!) { eraseTaxpayer(input: $input) { problem { code } receipt { id } } }`,
};

/** Longer than any caller of ours waits. */
const patienceMs = 20_000;

/** Each question goes over a connection of its own, so that none meets a connection that a service is just closing. */
export function createAsk({ all, token }: Services, onAttempt: (attempt: Attempt) => void): Ask {
  return async (service, operation, variables) => {
    const beganAtMs = Date.now();
    const body = JSON.stringify({ query: documents[operation], variables });
    const answered = await post(all[service]?.port ?? 0, token, body)
      .then((text) => read(text, operation))
      .catch((error: unknown) => ({ outcome: nameOf(error as NodeJS.ErrnoException), payload: undefined }));
    onAttempt({ operation, service, beganAtMs, endedAtMs: Date.now(), outcome: answered.outcome });
    return answered;
  };
}

function post(port: number, token: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
      authorization: `Bearer ${token}`,
    };
    const signal = AbortSignal.timeout(patienceMs);
    const asked = request(
      { host: "127.0.0.1", port, path: "/graphql", method: "POST", agent: false, headers, signal },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        response.on("error", reject).on("end", () => {
          resolve(text);
        });
      },
    );
    asked.on("error", reject).end(body);
  });
}

function read(text: string, operation: string): Answered {
  const { data, errors } = JSON.parse(text) as {
    data?: Record<string, Payload | null> | null;
    errors?: readonly { readonly extensions?: { readonly code?: string } }[];
  };
  const payload = data?.[operation] ?? undefined;
  const code = errors?.[0]?.extensions?.code;
  if (code !== undefined) return { outcome: code, payload: undefined };
  // The problem of a session is no failure of the question.
  const problem = operation === "session" || payload?.session ? undefined : payload?.problem?.code;
  return { outcome: problem ?? "OK", payload };
}

function nameOf({ name, code }: NodeJS.ErrnoException): string {
  if (name === "AbortError" || name === "TimeoutError") return "NO_ANSWER";
  if (code === "ECONNREFUSED") return "REFUSED";
  return code === "ECONNRESET" ? "RESET" : `BROKEN ${code ?? name}`;
}
