import { type Pan, incomeYearLabel, type IncomeYear } from "../../../domain";
import { Fault, type Secret } from "../../../kernel";
import type { CallPolicy, ProviderTools, UpstreamReply, UpstreamRequest } from "../../provider";
import { paths, readReply } from "../contract";
import { authorizeRequest, signedHeaders } from "../credentials";

type Unsigned = Omit<UpstreamRequest, "headers">;

/** A download is not safe: any of them may be the one that logs in to the portal. */
const safe: CallPolicy = { repeat: "SAFE" };
const download: CallPolicy = { repeat: "NEVER", portal: { isAsked: true, hasAnswered: () => true } };

/** The vendor's endpoints as functions. `clientId` is the vendor's id of one taxpayer's login. */
export function createCalls(tools: ProviderTools) {
  const { clock, credentials, transport } = tools;
  const count = (unknownFields: number) => {
    tools.countUnknownFields(unknownFields);
  };

  const authorize = tools.operation("authorize", safe);
  /** All callers share the token, so no single caller may abort the call that makes it. */
  const neverAborted = new AbortController().signal;
  const token = tools.sharedSecret("token", () =>
    authorize(neverAborted, async (signal) =>
      readReply.token(await transport.send(authorizeRequest(credentials), signal), clock.now()),
    ),
  );

  /**
   * The usual reason for a refusal of our account is an expired token, so the call is made once more with a new one.
   * Even a login may be repeated so, because the vendor judges the token before it reads the request.
   */
  function endpoint(name: string, policy?: CallPolicy) {
    const operation = tools.operation(name, policy);
    return async <T>(request: Unsigned, signal: AbortSignal, read: (reply: UpstreamReply) => T): Promise<T> => {
      const attempt = (secret: Secret) =>
        operation(signal, async (callSignal) => {
          const signed = { ...request, headers: signedHeaders(credentials, secret) };
          return read(await transport.send(signed, callSignal));
        });
      const secret = await token.get(signal);
      try {
        return await attempt(secret);
      } catch (thrown) {
        if (!(thrown instanceof Fault) || thrown.code !== "PROVIDER_REJECTED_US") throw thrown;
        await token.renew(secret);
        return attempt(await token.get(signal));
      }
    };
  }

  const createClient = endpoint("create-client");
  const downloadReturns = endpoint("itr-download", download);
  const readReturn = endpoint("get-itr-details", safe);
  const downloadStatements = endpoint("26as-download", download);
  const readStatement = endpoint("get-26as-details", safe);
  const orderInformation = endpoint("ais-download", download);
  const findInformation = endpoint("get-ais-details", safe);

  return {
    createClient: (pan: Pan, password: Secret, signal: AbortSignal) =>
      createClient(post("create-client", { username: pan, password: password.reveal() }), signal, readReply.clientId),
    downloadReturns: (clientId: string, pan: Pan, signal: AbortSignal) =>
      downloadReturns(post("itr-download", { itr_client_id: clientId }), signal, (reply) =>
        readReply.filedReturns(reply, pan, count),
      ),
    readReturn: (clientId: string, pan: Pan, itrId: string, signal: AbortSignal) =>
      readReturn(get("get-itr-details", { itr_client_id: clientId, itr_id: itrId }), signal, (reply) =>
        readReply.returnDetails(reply, pan, count),
      ),
    downloadStatements: (clientId: string, pan: Pan, signal: AbortSignal) =>
      downloadStatements(post("26as-download", { itr_client_id: clientId }), signal, (reply) =>
        readReply.statementEntries(reply, pan, count),
      ),
    readStatement: (clientId: string, pan: Pan, tdsId: string, signal: AbortSignal) =>
      readStatement(get("get-26as-details", { itr_client_id: clientId, tds_id: tdsId }), signal, (reply) =>
        readReply.creditRows(reply, pan, count),
      ),
    orderInformation: (clientId: string, pan: Pan, signal: AbortSignal) =>
      orderInformation(post("ais-download", { itr_client_id: clientId }), signal, (reply) =>
        readReply.statementFile(reply, pan, count),
      ),
    findInformation: (clientId: string, pan: Pan, year: IncomeYear, signal: AbortSignal) =>
      findInformation(
        get("get-ais-details", { itr_client_id: clientId, financial_year: incomeYearLabel(year) }),
        signal,
        (reply) => readReply.statementFile(reply, pan, count),
      ),
  };
}

function post(name: string, body: Readonly<Record<string, string>>): Unsigned {
  return { method: "POST", path: `${paths.itr}/${name}`, body: JSON.stringify(body) };
}

function get(name: string, query: Readonly<Record<string, string>>): Unsigned {
  return { method: "GET", path: `${paths.itr}/${name}?${new URLSearchParams(query).toString()}` };
}
