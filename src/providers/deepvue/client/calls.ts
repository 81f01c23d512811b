import { type Pan, incomeYearLabel, type IncomeYear } from "../../../domain";
import { Fault, type Secret } from "../../../kernel";
import type { CallPolicy, ProviderTools, UpstreamReply, UpstreamRequest } from "../../provider";
import {
  readClientId,
  readCreditRows,
  readFiledReturns,
  readReturnDetails,
  readStatementEntries,
  readStatementFile,
  readToken,
  type CreditRows,
  type FiledReturn,
  type ReturnDetails,
  type StatementEntry,
  type StatementFile,
} from "../contract";
import { authorizeRequest, signedHeaders } from "../credentials";

/** The vendor's endpoints as functions. `client` is the id that the vendor gives a taxpayer's login. */
export interface Calls {
  createClient(pan: Pan, password: Secret, signal: AbortSignal): Promise<string>;
  downloadReturns(client: string, pan: Pan, signal: AbortSignal): Promise<readonly FiledReturn[]>;
  readReturn(client: string, pan: Pan, itrId: string, signal: AbortSignal): Promise<ReturnDetails>;
  downloadStatements(client: string, pan: Pan, signal: AbortSignal): Promise<readonly StatementEntry[]>;
  readStatement(client: string, pan: Pan, tdsId: string, signal: AbortSignal): Promise<CreditRows>;
  orderInformation(client: string, pan: Pan, signal: AbortSignal): Promise<StatementFile>;
  findInformation(client: string, pan: Pan, year: IncomeYear, signal: AbortSignal): Promise<StatementFile>;
}

type Unsigned = Omit<UpstreamRequest, "headers">;

/** The downloads are not among these: any of them may be the one that logs in to the portal. */
const safe: CallPolicy = { repeat: "SAFE" };
const download: CallPolicy = { repeat: "NEVER", portal: { isAsked: true, hasAnswered: () => true } };

export const itrPath = "/v1/verification/itr";

export function createCalls(tools: ProviderTools): Calls {
  const { clock, credentials, transport } = tools;
  const count = (unknownFields: number) => {
    tools.countUnknownFields(unknownFields);
  };

  const authorize = tools.operation("authorize", safe);
  /** The token is for everybody, so that no single caller's leaving ends the call that makes it. */
  const nobodyLeaves = new AbortController().signal;
  const token = tools.sharedSecret("token", () =>
    authorize(nobodyLeaves, async (signal) =>
      readToken(await transport.send(authorizeRequest(credentials), signal), clock.now()),
    ),
  );

  /**
   * A refusal of our account is most often a token that has ended before its time, so the call is made once more with
   * another. Even a login may be: the vendor judges the token before it looks at the request.
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
    createClient: (pan, password, signal) =>
      createClient(post("create-client", { username: pan, password: password.reveal() }), signal, readClientId),
    downloadReturns: (client, pan, signal) =>
      downloadReturns(post("itr-download", { itr_client_id: client }), signal, (reply) =>
        readFiledReturns(reply, pan, count),
      ),
    readReturn: (client, pan, itrId, signal) =>
      readReturn(get("get-itr-details", { itr_client_id: client, itr_id: itrId }), signal, (reply) =>
        readReturnDetails(reply, pan, count),
      ),
    downloadStatements: (client, pan, signal) =>
      downloadStatements(post("26as-download", { itr_client_id: client }), signal, (reply) =>
        readStatementEntries(reply, pan, count),
      ),
    readStatement: (client, pan, tdsId, signal) =>
      readStatement(get("get-26as-details", { itr_client_id: client, tds_id: tdsId }), signal, (reply) =>
        readCreditRows(reply, pan, count),
      ),
    orderInformation: (client, pan, signal) =>
      orderInformation(post("ais-download", { itr_client_id: client }), signal, (reply) =>
        readStatementFile(reply, pan, count),
      ),
    findInformation: (client, pan, year, signal) =>
      findInformation(
        get("get-ais-details", { itr_client_id: client, financial_year: incomeYearLabel(year) }),
        signal,
        (reply) => readStatementFile(reply, pan, count),
      ),
  };
}

function post(name: string, body: Readonly<Record<string, string>>): Unsigned {
  return { method: "POST", path: `${itrPath}/${name}`, body: JSON.stringify(body) };
}

function get(name: string, query: Readonly<Record<string, string>>): Unsigned {
  return { method: "GET", path: `${itrPath}/${name}?${new URLSearchParams(query).toString()}` };
}
