import { readFileSync } from "node:fs";
import { join } from "node:path";
import { printAccessTable, scopesByRoute, roles } from "../../src/graph/authorization/accessTable";
import { buildGraph } from "../../src/graph/schema";
import { isFinished, runUntil, startRun } from "../support/runCaller";
import { bringAll, sideBySide } from "../support/manySessions";
import { createLink } from "../support/linkVisitor";
import { startTestService, type TestService } from "../support/service";
import { codesOf, newPerson, openInput } from "../support/sessionCaller";
import type { Persona } from "../../src/providers/persona";
import { questionFor, typeNameOf } from "./fieldQuestions";

const page = readFileSync(join(__dirname, "../../schema/access.md"), "utf8");
const { schema } = buildGraph();

const rows = [...page.matchAll(/^\| `(.+?)` \| (.*) \|$/gm)].map(([, place = "", cells = ""]) => {
  return { place, cells: cells.split(" | ").map((cell) => cell.trim() === "yes") };
});
const roleNames = Object.keys(roles);

function openTo(role: string): ReadonlySet<string> {
  const column = roleNames.indexOf(role);
  return new Set(rows.filter(({ cells }) => cells[column]).map(({ place }) => place));
}

let service: TestService;
let idByType: Readonly<Record<string, string>>;
let samples: Readonly<Record<string, unknown>>;

beforeAll(async () => {
  service = await startTestService({ TUTELAR_POLL_MS: "20", FINPASS_POLL_MS: "20" });
  const person = newPerson() as Persona;
  const sessions = await bringAll(service, { provider: "DEEPVUE", people: [person] });
  const { data } = await service.ask<{ taxpayer: { id: string; filing: { id: string } } }, unknown>(
    'query ($pan: Pan!) { taxpayer(pan: $pan) { id filing(assessmentYear: "2025-26") { id } } }',
    { pan: person.pan },
  );
  const { id, filing } = data!.taxpayer;
  const link = await createLink(service, { pan: person.pan });
  const { data: told } = await service.ask<{ events: { nodes: { id: string }[] } }, unknown>(
    "{ events(first: 1) { nodes { id } } }",
  );
  const event = told!.events.nodes[0]!.id;
  const { run } = await startRun(service, { pans: [person.pan] });
  await runUntil(service, run!.id, isFinished);
  const session = sessions.get(person.pan)!;
  idByType = { Taxpayer: id, Filing: filing.id, Session: session, Link: link.id, Event: event, ComplianceRun: run!.id };
  const days = { from: "2026-08-01", to: "2026-08-02" };
  samples = { pan: person.pan, pans: [person.pan], assessmentYear: "2025-26", documents: ["FILINGS"], ...days };
}, 120_000);

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

/** Asked about nobody, so that whoever is let in does no harm. */
const inputs: Readonly<Record<string, object>> = {
  OpenSessionInput: openInput({ pan: "nobody" }),
  AadhaarLinkInput: { pan: "nobody", aadhaar: "none", consent: openInput().consent, idempotencyKey: "none" },
  SubmitOtpInput: { sessionId: "ss_none", otp: "123456" },
  SessionInput: { sessionId: "ss_none" },
  ComplianceRunInput: { pans: ["nobody"], maxRupees: 0, idempotencyKey: "none" },
  ComplianceRunIdInput: { runId: "rn_none" },
  RevokeConsentInput: { consentId: "none" },
  CreateLinkInput: { pan: "nobody", consent: openInput().consent, idempotencyKey: "none" },
  LinkInput: { linkId: "lk_none" },
  EraseTaxpayerInput: { pan: "nobody", reason: "" },
  WebhookEndpointInput: { url: "nowhere", idempotencyKey: "none" },
  WebhookEndpointIdInput: { endpointId: "we_none" },
  RedeliverInput: { endpointId: "we_none" },
};

const rootNames = ["Query", "Mutation", "Subscription"];

/**
 * What can be asked in one document: all fields of a type that shall be answered, and all of one that cannot be come to.
 * Where some shall be answered and others refused, each of the latter is asked for by itself; so is each root field.
 */
function questionsAbout(open: ReadonlySet<string>): readonly Question[] {
  const places = rows.map(({ place }) => place).filter((place) => !(place in scopesByRoute));
  return [...Map.groupBy(places, typeNameOf).values()].flatMap((ofType) => {
    const [answered, refused] = [true, false].map((isOpen) => ofType.filter((place) => open.has(place) === isOpen));
    const together = rootNames.includes(typeNameOf(ofType[0]!))
      ? []
      : [answered!, ...(answered!.length ? [] : [refused!])];
    const alone = ofType.filter((place) => !together.flat().includes(place)).map((place) => [place]);
    return [...together, ...alone]
      .filter(({ length }) => length > 0)
      .map((each) => {
        const byOpenWay = questionFor(each, schema, (place) => open.has(place));
        return { places: each, text: byOpenWay ?? questionFor(each, schema, () => true)! };
      });
  });
}

interface Question {
  readonly places: readonly string[];
  readonly text: string;
}

function variablesFor(question: string): Readonly<Record<string, unknown>> {
  const [, inputName = ""] = /\$input: (\w+)/.exec(question) ?? [];
  const [, type = "Session"] = /\.\.\. on (\w+)/.exec(question) ?? [];
  const id = idByType[type];
  return { ...samples, id, representations: [{ __typename: type, id }], input: inputs[inputName] };
}

async function statusOn(road: string, scopes: readonly string[]): Promise<number> {
  const [method = "", path = ""] = road.replace("…", "none").split(" ");
  return (await service.fetch(path, { method, caller: { scopes } })).status;
}

describe("the page of who may have what", () => {
  it("is printed from the schema's marks: `npm run schema` prints it anew", () => {
    expect(page).toBe(printAccessTable(schema));
  });

  it.each(roleNames)("tells what a %s is answered, field by field", async (role) => {
    const scopes = roles[role]!;
    const open = openTo(role);
    const different: unknown[] = [];
    await sideBySide(questionsAbout(open), async ({ places, text }) => {
      const { errors } = await service.ask(text, variablesFor(text), { scopes });
      if (codesOf(errors).includes("FORBIDDEN") === open.has(places[0]!)) different.push({ places, text, errors });
    });
    expect(different).toEqual([]);
  });

  it.each(roleNames)("tells where a %s is let in beside the graph", async (role) => {
    const open = openTo(role);
    for (const road of Object.keys(scopesByRoute)) {
      expect([road, (await statusOn(road, roles[role]!)) !== 403]).toEqual([road, open.has(road)]);
    }
  });
});
