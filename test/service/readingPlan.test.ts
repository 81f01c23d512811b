import { indianDayAt } from "../../src/domain/calendarDate";
import { latestIncomeYears } from "../../src/domain/taxPeriod";
import { systemClock } from "../../src/kernel/clock";
import type { Persona } from "../../src/providers/persona";
import { jumpingClock } from "../../src/sandbox/clock";
import { personaOn, personasOn } from "../../src/sandbox/personas";
import {
  ComplianceDocument,
  PlanDocument,
  type DocumentKind,
  type PlanQuery,
} from "../../packages/client/src/operations";
import { bringAll, closeAll, sideBySide } from "../support/manySessions";
import { startTestService, type TestService } from "../support/service";
import { codesOf, newPerson, open, openInput, openToReady } from "../support/sessionCaller";
import { unevenness } from "../support/unevenPeople";

type Plan = PlanQuery["plan"];

const clock = jumpingClock(systemClock);
void clock.jumpTo(Date.parse("2026-11-10T06:00:00Z"));
const today = indianDayAt(clock.now());
const years = latestIncomeYears(3, today);
const people = personasOn(today).filter(({ portal, compliance }) => portal === "OPEN" && compliance !== undefined);

let service: TestService;

beforeAll(async () => {
  service = await startTestService({ TUTELAR_POLL_MS: "20", FINPASS_POLL_MS: "20" }, clock);
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

async function planOf(pan: string, documents: DocumentKind[], tenant: string): Promise<Plan> {
  const { data } = await service.ask(PlanDocument, { pan, documents }, { tenant });
  return data!.plan;
}

function logged(message: string, from: number): readonly Record<string, unknown>[] {
  return service.log
    .slice(from)
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ msg }) => msg === message);
}

/** Calls to each provider since then, without those for our own token and without looks that came too early. */
function spentSince(from: number): Record<string, number> {
  const spent: Record<string, number> = {};
  for (const { provider, operation } of logged("upstream called", from)) {
    if (operation !== "authorize") spent[String(provider)] = (spent[String(provider)] ?? 0) + 1;
  }
  const waits = logged("session changed", from).filter(({ move }) => move === "processing");
  for (const [provider, ofOne] of Map.groupBy(waits, ({ provider: id }) => String(id))) {
    spent[provider]! -= ofOne.length - new Set(ofOne.map(({ session }) => session)).size;
  }
  return spent;
}

function plannedFor(plans: ReadonlyMap<Persona, Plan>): Record<string, number> {
  const planned: Record<string, number> = {};
  for (const [{ pan }, { steps }] of plans) {
    for (const { provider, documents, upstreamCalls } of steps) {
      const uneven = unevenness(provider, personaOn(pan, today, provider)!, documents, years);
      planned[provider] = (planned[provider] ?? 0) + upstreamCalls + uneven;
    }
  }
  return planned;
}

const mixes: readonly (readonly [DocumentKind[], logins: number])[] = [
  [["COMPLIANCE"], 0],
  [["PROFILE"], 1],
  [["PROFILE", "FILINGS", "TAX_CREDITS", "DEMANDS"], 1],
  [["FILINGS", "INFORMATION_STATEMENT"], 1],
  [["FILINGS", "VERIFICATION_FORM"], 1],
  [["COMPLIANCE", "PROFILE", "FILINGS", "TAX_CREDITS", "INFORMATION_STATEMENT", "VERIFICATION_FORM"], 2],
];

describe("a plan for every person", () => {
  it.each(mixes)("comes to what is then spent: %p", async (documents, logins) => {
    const tenant = documents.join(" ");
    const plans = new Map<Persona, Plan>();
    await sideBySide(people, async (person) => plans.set(person, await planOf(person.pan, documents, tenant)));
    expect([...plans.values()].map(({ portalLogins }) => portalLogins)).toEqual(people.map(() => logins));

    const from = service.log.length;
    const [first] = plans.values();
    for (const { provider, login, documents: share } of first!.steps) {
      if (login === "NONE") {
        await sideBySide(people, ({ pan }) => service.ask(ComplianceDocument, { pan }, { tenant }));
      } else {
        const sessions = await bringAll(service, { provider, people, documents: share, caller: { tenant } });
        await closeAll(service, sessions.values(), { tenant });
      }
    }
    expect(spentSince(from)).toEqual(plannedFor(plans));
  });
});

describe("a plan", () => {
  const plan = async (pan: string, documents: DocumentKind[], assessmentYears?: string[]) => {
    const variables = { pan, documents, assessmentYears: assessmentYears ?? null };
    const { data, errors } = await service.ask(PlanDocument, variables);
    expect(errors).toBeUndefined();
    return data!.plan;
  };
  const consent = {
    purpose: "KYC" as const,
    startsAt: new Date(clock.now() - 1_000).toISOString(),
    expiresAt: new Date(clock.now() + 86_400_000 * 30).toISOString(),
    dataLifeDays: 30,
  };

  it("spends nothing by being asked for", async () => {
    const from = service.log.length;
    await plan(newPerson().pan, ["COMPLIANCE", "FILINGS"]);
    expect(spentSince(from)).toEqual({});
  });

  it("is empty once everything has been brought", async () => {
    const { input } = await openToReady(service, "DEEPVUE", { documents: ["FILINGS"], years: 3, consent });
    expect(await plan(input.pan, ["FILINGS"])).toMatchObject({ steps: [], portalLogins: 0, upstreamCalls: 0 });
  });

  it("waits for the session that is bringing it", async () => {
    const input = openInput({ provider: "KWIKID", documents: ["FILINGS"], years: 3, consent });
    await open(service, input);
    expect(await plan(input.pan, ["FILINGS"])).toMatchObject({
      steps: [{ provider: "KWIKID", login: "NONE", upstreamCalls: 0 }],
      portalLogins: 0,
    });
  });

  it("is what openSession follows when no provider is named", async () => {
    const documents: DocumentKind[] = ["FILINGS", "DEMANDS", "INFORMATION_STATEMENT"];
    const input = openInput({ documents, years: 3, consent });
    const { steps } = await plan(input.pan, documents);
    const session = await open(service, input);
    expect(steps).toContainEqual(expect.objectContaining({ provider: session.provider, documents: session.documents }));
  });

  it("tells what no login reaches", async () => {
    expect(await plan(newPerson().pan, ["FILINGS"], ["2031-32"])).toMatchObject({
      steps: [],
      unanswerable: ["FILINGS"],
    });
  });

  it("needs the scope to read incomes", async () => {
    const caller = { scopes: ["compliance:read"] };
    const { errors } = await service.ask(PlanDocument, { pan: newPerson().pan, documents: ["FILINGS"] }, caller);
    expect(codesOf(errors)).toEqual(["FORBIDDEN"]);
  });
});
