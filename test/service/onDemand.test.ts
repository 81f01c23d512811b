import { assessmentYearLabel, latestIncomeYears } from "../../src/domain/taxPeriod";
import { indianDayAt } from "../../src/domain/calendarDate";
import { systemClock } from "../../src/kernel/clock";
import { jumpingClock } from "../../src/sandbox/clock";
import {
  CloseSessionDocument,
  PlanDocument,
  RevokeConsentDocument,
  type ConsentInput,
  type DocumentKind,
  type PlanQuery,
  type ProviderId,
} from "../../packages/client/src/operations";
import { startTestService, type TestService } from "../support/service";
import { codesOf, newPerson, openToReady, orderFault } from "../support/sessionCaller";

type Plan = PlanQuery["plan"];

const clock = jumpingClock(systemClock);
const dayMs = 86_400_000;
const years = latestIncomeYears(2, indianDayAt(clock.now()));
const labels = years.map(assessmentYearLabel);

let service: TestService;

beforeAll(async () => {
  service = await startTestService({ TUTELAR_POLL_MS: "20", FINPASS_POLL_MS: "20" }, clock);
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

function consent(changes: Partial<ConsentInput> = {}): ConsentInput {
  const nowMs = clock.now();
  return {
    purpose: "KYC",
    startsAt: new Date(nowMs - 1_000).toISOString(),
    expiresAt: new Date(nowMs + 30 * dayMs).toISOString(),
    dataLifeDays: 1,
    ...changes,
  };
}

/**
 * Somebody who has agreed to these documents, all of which have been brought once and are too old by now; and who has
 * logged in again, for something else.
 */
async function returning(
  agreed: readonly DocumentKind[],
  { by, to, changes, then }: { by: ProviderId; to: ProviderId; changes?: Partial<ConsentInput>; then: DocumentKind[] },
) {
  const person = newPerson();
  const first = await openToReady(service, by, {
    ...person,
    documents: [...agreed],
    years: 2,
    consent: consent(changes),
  });
  await service.ask(CloseSessionDocument, { sessionId: first.session.id });
  const { data } = await service.ask<{ session: { consent: { id: string } } }, unknown>(
    "query ($id: ID!) { session(id: $id) { consent { id } } }",
    { id: first.session.id },
  );
  void clock.jumpBy(dayMs);
  const { session } = await openToReady(service, to, { ...person, documents: then, years: 2, consent: consent() });
  return { pan: person.pan, consentId: data!.session.consent.id, session };
}

async function planOf(pan: string, documents: DocumentKind[]): Promise<Plan> {
  const { data } = await service.ask(PlanDocument, { pan, documents, assessmentYears: labels });
  return data!.plan;
}

function callsSince(from: number): readonly string[] {
  return service.log
    .slice(from)
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ msg, operation }) => msg === "upstream called" && !["authorize", "logout"].includes(String(operation)))
    .map(({ provider, operation }) => `${String(provider)} ${String(operation)}`);
}

const selectionOf: Partial<Record<DocumentKind, string>> = {
  PROFILE: "profile { name }",
  FILINGS: `filings(assessmentYears: ${JSON.stringify(labels)}) { nodes { form totalIncome } }`,
  TAX_CREDITS: labels
    .map((label, at) => `taxCredits${at}: taxCredits(assessmentYear: "${label}") { assessmentYear }`)
    .join(" "),
  INFORMATION_STATEMENT: labels
    .map((label, at) => `statement${at}: informationStatement(assessmentYear: "${label}") { assessmentYear }`)
    .join(" "),
};

interface Reported {
  readonly document: DocumentKind;
  readonly provider: ProviderId;
  readonly outcome: string;
  readonly problem: { readonly code: string; readonly blame: string } | null;
  readonly nextAction: { readonly kind: string; readonly mutation: string } | null;
}

async function ask(pan: string, documents: readonly DocumentKind[]) {
  const from = service.log.length;
  const sources = "sources { document provider outcome problem { code blame } nextAction { kind mutation } }";
  const { data, extensions, errors } = await service.ask<{ taxpayer: { sources: readonly Reported[] } }, unknown>(
    `query ($pan: Pan!) { taxpayer(pan: $pan) { ${documents.map((each) => selectionOf[each]).join(" ")} ${sources} } }`,
    { pan },
  );
  return { sources: data!.taxpayer.sources, cost: extensions!.cost, codes: codesOf(errors), calls: callsSince(from) };
}

const mixes: readonly (readonly [to: ProviderId, by: ProviderId, agreed: DocumentKind[], then: DocumentKind[]])[] = [
  ["KWIKID", "FINPASS", ["FILINGS"], ["PROFILE"]],
  ["FINPASS", "DEEPVUE", ["FILINGS", "TAX_CREDITS"], ["DEMANDS"]],
  ["DEEPVUE", "FINPASS", ["FILINGS", "TAX_CREDITS"], ["INFORMATION_STATEMENT"]],
  ["DEEPVUE", "FINPASS", ["FILINGS"], ["PROFILE"]],
  ["TUTELAR", "FINPASS", ["FILINGS"], ["VERIFICATION_FORM"]],
];

describe("what is allowed and not held", () => {
  it.each(mixes)("is brought by an open session as the plan says: %s", async (to, by, agreed, then) => {
    const { pan } = await returning(agreed, { by, to, then });
    const plan = await planOf(pan, agreed);
    expect(plan).toMatchObject({
      portalLogins: 0,
      steps: [{ provider: to, documents: agreed, login: "NONE", reason: "Your open session brings it." }],
    });
    const { sources, cost, calls } = await ask(pan, agreed);
    expect(calls).toHaveLength(plan.upstreamCalls);
    expect(cost).toMatchObject({ upstreamCalls: plan.upstreamCalls, portalLogins: 0 });
    expect(sources.map(({ provider, outcome }) => `${provider} ${outcome}`)).toEqual(sources.map(() => `${to} FOUND`));
    expect((await ask(pan, agreed)).calls).toEqual([]);
  });
});

describe("a login that does not bring what is wanted", () => {
  it("is told of, with whom the plan would connect to instead", async () => {
    const person = newPerson();
    await openToReady(service, "KWIKID", { ...person, documents: ["PROFILE"], consent: consent() });
    const documents: DocumentKind[] = ["FILINGS", "TAX_CREDITS", "INFORMATION_STATEMENT"];
    const [step, ...others] = (await planOf(person.pan, documents)).steps;
    expect(others).toEqual([]);
    const { sources } = await ask(person.pan, documents);
    expect(new Set(sources.map(({ provider, outcome }) => `${provider} ${outcome}`))).toEqual(
      new Set([`${step!.provider} NOT_CONNECTED`]),
    );
  });
});

describe("the consent", () => {
  it.each([
    [2, []],
    [1, ["CONSENT_EXCEEDED"]],
  ])("counts each reading as one of its %i fetches", async (maxFetches, codes) => {
    const { pan } = await returning(["FILINGS"], {
      by: "FINPASS",
      to: "KWIKID",
      then: ["PROFILE"],
      changes: { maxFetches },
    });
    const told = await ask(pan, ["FILINGS"]);
    expect(new Set(told.codes)).toEqual(new Set(codes));
    expect(told.calls).toHaveLength(codes.length === 0 ? 2 : 0);
  });

  it("is told to be used up, with the step that helps", async () => {
    const { pan } = await returning(["FILINGS"], {
      by: "FINPASS",
      to: "KWIKID",
      then: ["PROFILE"],
      changes: { maxFetches: 1 },
    });
    const { sources, cost } = await ask(pan, ["FILINGS"]);
    expect(cost.upstreamCalls).toBe(0);
    expect(sources[0]).toMatchObject({
      outcome: "FAILED",
      problem: { code: "CONSENT_EXCEEDED", blame: "CALLER" },
      nextAction: { kind: "OPEN_SESSION", mutation: "openSession" },
    });
    expect((await planOf(pan, ["FILINGS"])).portalLogins).toBe(1);
  });

  it("that has been withdrawn lets nothing be brought", async () => {
    const { pan, consentId } = await returning(["TAX_CREDITS"], { by: "DEEPVUE", to: "FINPASS", then: ["DEMANDS"] });
    await service.ask(RevokeConsentDocument, { consentId });
    const { sources, calls } = await ask(pan, ["TAX_CREDITS"]);
    expect(calls).toEqual([]);
    expect(sources[0]!.outcome).not.toBe("FOUND");
  });

  it("of another purpose does not make use of a login", async () => {
    const { pan } = await returning(["FILINGS"], {
      by: "FINPASS",
      to: "KWIKID",
      then: ["PROFILE"],
      changes: { purpose: "MONITORING" },
    });
    expect((await ask(pan, ["FILINGS"])).calls).toEqual([]);
  });
});

describe("a provider that fails", () => {
  it("is shared by all who ask at the same time", async () => {
    const { pan } = await returning(["TAX_CREDITS"], { by: "DEEPVUE", to: "FINPASS", then: ["DEMANDS"] });
    await orderFault(service, { vendor: "FINPASS", operation: "data", fault: "TRUNCATED", times: 1 });
    const from = service.log.length;
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(pan, ["TAX_CREDITS"])));
    expect(new Set(answers.map(({ sources }) => sources[0]!.problem?.code))).toEqual(
      new Set(["PROVIDER_BAD_RESPONSE"]),
    );
    expect(callsSince(from)).toEqual(["FINPASS data"]);
  });

  it("with a login that it no longer knows has ended it", async () => {
    const { pan, session } = await returning(["FILINGS"], { by: "FINPASS", to: "KWIKID", then: ["PROFILE"] });
    const operation = "get_data_by_assessment_year";
    await orderFault(service, { vendor: "KWIKID", operation, fault: "EXPIRED_TOKEN", times: 2 });
    const { sources } = await ask(pan, ["FILINGS"]);
    const { data } = await service.ask<{ session: { state: string } }, unknown>(
      "query ($id: ID!) { session(id: $id) { state } }",
      { id: session.id },
    );
    expect([sources[0]!.problem?.code, data!.session.state]).toEqual(["SESSION_EXPIRED", "FAILED"]);
    expect(sources[0]!.nextAction).toMatchObject({ kind: "OPEN_SESSION" });
  });
});

describe("twenty who ask at once", () => {
  it("are answered with one reading", async () => {
    const { pan } = await returning(["FILINGS", "TAX_CREDITS"], { by: "DEEPVUE", to: "FINPASS", then: ["DEMANDS"] });
    const from = service.log.length;
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(pan, ["FILINGS", "TAX_CREDITS"])));
    expect(callsSince(from)).toEqual(["FINPASS data"]);
    expect(answers.flatMap(({ sources }) => sources).every(({ outcome }) => outcome === "FOUND")).toBe(true);
    expect(answers.reduce((sum, { cost }) => sum + cost.upstreamCalls!, 0)).toBe(1);
  });
});
