import type { GraphQLObjectType } from "graphql";
import { assessmentYearLabel, latestIncomeYears } from "../../src/domain/taxPeriod";
import { indianDayAt } from "../../src/domain/calendarDate";
import type { Pan } from "../../src/domain/identifiers";
import { buildGraph } from "../../src/graph/schema";
import { Secret } from "../../src/kernel/secret";
import type { Provider, SimulatedReply } from "../../src/providers/provider";
import { providers } from "../../src/providers/registry";
import { personaOn } from "../../src/sandbox/personas";
import { bytesOf } from "../../src/sandbox/reply";
import { openStore } from "../../src/store/store";
import { startEmbedded, type EmbeddedServer } from "../../src/store/postgres/embedded";
import { SubmitOtpDocument, type ProviderId } from "../../packages/client/src/operations";
import { newDataDir, settingsFor, sql } from "../store/storePlace";
import { newPerson, open, openInput, readOtp, whenSettled } from "../support/sessionCaller";
import { startTestService, type TestService } from "../support/service";
import { wholeSelection } from "../support/wholeSelection";

const stranger = "ZZZPS9999S";
const masterKey = new Secret(Buffer.alloc(32, 7));
const today = indianDayAt(Date.now());
const years = latestIncomeYears(2, today);
/** The names of those who are asked about, by PAN. */
const people = new Map<string, string>();
const taxpayerType = buildGraph().schema.getType("Taxpayer") as GraphQLObjectType;
const everything = `query ($pan: Pan!) {
  taxpayer(pan: $pan) ${wholeSelection(taxpayerType, { assessmentYear: years.map(assessmentYearLabel) })}
}`;

/** The calls that let the taxpayer in: what is refused there was never a document. */
const logins = /(get_otp|create-client|itr_verification|analyze)$/;

/** The vendor lets the taxpayer in, and then answers about a stranger. */
function swapping(provider: Provider): Provider {
  return {
    ...provider,
    simulate(world) {
      const simulate = provider.simulate(world);
      return async (request) => {
        const reply = await simulate(request);
        return request.method === "POST" && logins.test(request.path) ? reply : aboutStranger(reply);
      };
    },
  };
}

function aboutStranger(reply: SimulatedReply): SimulatedReply {
  const text = bytesOf(reply.body).toString();
  const swapped = [...people].reduce(
    (before, [pan, name]) =>
      before.replaceAll(pan, stranger).replaceAll(masked(pan), masked(stranger)).replaceAll(name, "A STRANGER"),
    text,
  );
  return swapped === text ? reply : { ...reply, body: swapped };
}

function masked(pan: string): string {
  return `${pan.slice(0, 5)}****${pan.slice(-1)}`;
}

const dataDir = newDataDir();
let server: EmbeddedServer;
let service: TestService;

beforeAll(async () => {
  server = await startEmbedded({ dataDir: dataDir.path });
  service = await startTestService(
    {
      DATABASE_URL: server.url.reveal(),
      AAY_MASTER_KEY: masterKey.reveal().toString("base64"),
      AAY_LIMIT_FIELDS: "10000",
      AAY_LIMIT_TOKENS: "20000",
      AAY_LIMIT_COST: "1000000",
      TUTELAR_POLL_MS: "20",
      FINPASS_POLL_MS: "20",
    },
    undefined,
    providers.map(swapping),
  );
}, 60_000);

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await server.stop();
  await dataDir[Symbol.asyncDispose]();
});

/** Opens a session and goes on until its documents are read, or refused. Returns the code of its problem. */
async function problemOfSession(provider: ProviderId, person: ReturnType<typeof newPerson>): Promise<unknown> {
  const { id } = await open(service, openInput({ ...person, provider, documents: null }));
  const settled = await settle(id);
  if (settled?.nextAction.kind === "SUBMIT_OTP") {
    await service.ask(SubmitOtpDocument, { input: { sessionId: id, otp: await readOtp(service, person.pan) } });
    await settle(id);
  }
  const { data } = await service.ask<SessionAnswer, unknown>(sessionQuery, { id });
  return data?.session.problem?.code;
}

const sessionQuery = "query ($id: ID!) { session(id: $id) { state problem { code } } }";

interface SessionAnswer {
  readonly session: { readonly problem: { readonly code: string } | null };
}

interface TaxpayerAnswer {
  readonly taxpayer: { readonly sources: readonly { readonly outcome: string }[] };
}

/** Undefined where the session has failed. */
function settle(id: string) {
  return whenSettled(service, id).catch(() => undefined);
}

async function problemOfCompliance({ pan }: ReturnType<typeof newPerson>): Promise<unknown> {
  const { errors } = await service.ask<unknown, unknown>(
    "query ($pan: Pan!) { taxpayer(pan: $pan) { compliance { standing } } }",
    { pan },
  );
  return errors?.[0]?.extensions.code;
}

describe.each(providers.map(({ id, login }) => ({ id: id as ProviderId, login })))(
  "a stranger's reply of $id",
  ({ id, login }) => {
    const person = newPerson();
    let problem: unknown;

    beforeAll(async () => {
      people.set(person.pan, personaOn(person.pan, today)!.profile.name!);
      problem = await (login === "NONE" ? problemOfCompliance(person) : problemOfSession(id, person));
    });

    it("is PROVIDER_BAD_RESPONSE", () => {
      expect(problem).toBe("PROVIDER_BAD_RESPONSE");
    });

    it("is kept in no row", async () => {
      await using store = await openStore(settingsFor({ databaseUrl: server.url, masterKey }));
      const pan = person.pan as Pan;
      const kept = (await store.taxpayers.byPan("lender", [pan])).get(pan);
      expect(kept).toMatchObject({ answers: [] });
      expect(await sql(server.url, "select from aaygraph.files")).toEqual([]);
    });

    it("is shown by no query", async () => {
      const { data } = await service.ask<TaxpayerAnswer, unknown>(everything, { pan: person.pan });
      expect(data?.taxpayer.sources.length).toBeGreaterThan(5);
      expect(data?.taxpayer.sources.map(({ outcome }) => outcome)).not.toContain("FOUND");
      expect(JSON.stringify(data)).not.toMatch(/stranger|ZZZPS/i);
    });
  },
);
