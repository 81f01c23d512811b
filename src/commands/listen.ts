import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { Webhook } from "standardwebhooks";
import { developerToken } from "../compose";
import { ConfigurationError, type Settings } from "../config";
import { asObject, systemClock } from "../kernel";

const mostBytes = 5_000_000;

interface Endpoint {
  readonly id: string;
  readonly secret: string;
}

/**
 * A receiver of webhooks for a first try: `npm start -- listen 4100`, beside a sandbox that runs. It makes an endpoint for itself,
 * verifies what comes by its secret, prints it, and deletes the endpoint when it is stopped. A service elsewhere than the
 * settings say is the second argument.
 */
export async function listen(settings: Settings, [portText = "", address = usualAddress(settings)]: string[]) {
  const port = Number(portText);
  if (settings.mode === "live") throw new ConfigurationError(["listen is for a sandbox."]);
  if (!(Number.isInteger(port) && port >= 0 && port < 65_536) || portText === "") {
    throw new ConfigurationError(["Give the port to listen at: npm start -- listen 4100."]);
  }
  const token = await developerToken(settings, systemClock);
  if (token === undefined) throw new ConfigurationError(["AAY_JWKS_URL is set: its issuer signs the tokens."]);
  const ask = createAsk(address, token.reveal());
  const made = Promise.withResolvers<Endpoint>();
  const server = createServer((request, response) => {
    receive(request, made.promise).then(
      (isVerified) => response.writeHead(isVerified ? 204 : 401).end(),
      () => response.writeHead(400).end(),
    );
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const place = server.address();
  const url = `http://127.0.0.1:${typeof place === "object" && place ? place.port : port}/`;
  const endpoint = await ask(createEndpoint, { url, idempotencyKey: randomUUID() }).then(endpointIn);
  made.resolve(endpoint);
  process.stdout.write(`Listening at ${url} to the events of ${address}. Stop with Ctrl-C.\n`);
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  await ask(deleteEndpoint, { id: endpoint.id }).catch(() => undefined);
  server.closeAllConnections();
  server.close();
}

const createEndpoint = `mutation ($url: String!, $idempotencyKey: String!) {
  made: createWebhookEndpoint(input: { url: $url, idempotencyKey: $idempotencyKey }) {
    endpoint { id } secret problem { message }
  }
}`;

const deleteEndpoint = "mutation ($id: ID!) { made: deleteWebhookEndpoint(input: { endpointId: $id }) { replayed } }";

function usualAddress({ host, port }: Settings): string {
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

function createAsk(address: string, token: string) {
  return async (query: string, variables: object): Promise<unknown> => {
    const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
    const body = JSON.stringify({ query, variables });
    const reply = await fetch(new URL("/graphql", address), { method: "POST", headers, body }).catch(() => {
      throw new ConfigurationError([`No service answers at ${address}. Start it first: npm start.`]);
    });
    return reply.json();
  };
}

function endpointIn(answer: unknown): Endpoint {
  const made = asObject(asObject(asObject(answer)?.data)?.made);
  const { id } = asObject(made?.endpoint) ?? {};
  const secret = made?.secret;
  if (typeof id === "string" && typeof secret === "string") return { id, secret };
  const problem = asObject(made?.problem)?.message;
  const why = typeof problem === "string" ? problem : "It does not take this token, or this address.";
  throw new ConfigurationError([`The service has made no endpoint. ${why}`]);
}

/** Prints the delivery, and says whether it is verified. */
async function receive(request: IncomingMessage, made: Promise<Endpoint>): Promise<boolean> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8") as AsyncIterable<string>) {
    text += chunk;
    if (text.length > mostBytes) throw new Error("too large");
  }
  // The first delivery may come before the answer with its secret.
  const { secret } = await made;
  const isVerified = isSignedBy(secret, text, request.headers as Record<string, string>);
  const id = request.headers["webhook-id"];
  process.stdout.write(`${isVerified ? "verified" : "NOT VERIFIED"}  ${String(id)}  ${isVerified ? text : ""}\n`);
  return isVerified;
}

function isSignedBy(secret: string, text: string, headers: Record<string, string>): boolean {
  try {
    new Webhook(secret).verify(text, headers);
    return true;
  } catch {
    return false;
  }
}
