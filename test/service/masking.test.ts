import type { GraphQLObjectType } from "graphql";
import { assessmentYearLabel, latestIncomeYears } from "../../src/domain/taxPeriod";
import { indianDayAt } from "../../src/domain/calendarDate";
import { buildGraph } from "../../src/graph/schema";
import { systemClock } from "../../src/kernel/clock";
import type { Persona } from "../../src/providers/persona";
import { jumpingClock } from "../../src/sandbox/clock";
import { personaOn, personasOn } from "../../src/sandbox/personas";
import { bringAll } from "../support/manySessions";
import { startTestService, type TestService } from "../support/service";
import { wholeSelection } from "../support/wholeSelection";

const clock = jumpingClock(systemClock);
void clock.jumpTo(Date.parse("2026-11-10T06:00:00Z"));
const today = indianDayAt(clock.now());
const years = latestIncomeYears(3, today);
const people = personasOn(today).filter(({ portal, compliance }) => portal === "OPEN" && compliance !== undefined);
const vendors = (["KWIKID", "DEEPVUE", "TUTELAR", "FINPASS"] as const).map((provider) => ({ provider }));

const { schema } = buildGraph();
const selectionOf = (type: string) =>
  wholeSelection(schema.getType(type) as GraphQLObjectType, { assessmentYear: years.map(assessmentYearLabel) });
const wholeTaxpayer = `query ($pan: Pan!) { taxpayer(pan: $pan) ${selectionOf("Taxpayer")} }`;
const wholeSession = `query ($id: ID!) { session(id: $id) ${selectionOf("Session")} }`;
const wholeRecords = `query ($pan: Pan!) { consentRecords(pan: $pan, first: 100) ${selectionOf("ConsentRecordConnection")} }`;

let service: TestService;

beforeAll(async () => {
  // Everything at once is more than a caller may usually ask.
  const limits = { AAY_LIMIT_FIELDS: "10000", AAY_LIMIT_TOKENS: "20000", AAY_LIMIT_COST: "1000000" };
  service = await startTestService({ TUTELAR_POLL_MS: "20", FINPASS_POLL_MS: "20", ...limits }, clock);
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

/** What must not be seen of a person. */
function secretsOf({ pan, password, profile, fullAadhaar, fullBankAccounts }: Persona): readonly string[] {
  const { email, mobile, address } = profile;
  const numbers = [fullAadhaar, ...fullBankAccounts.map(({ accountNumber }) => accountNumber)];
  const contacts = [email, mobile, address?.postalCode, address?.locality, ...(address?.lines ?? [])];
  return [pan, password, ...numbers, ...contacts].flatMap((secret) => secret ?? []);
}

/** The secrets that an answer shows, however they are spaced or cased, as words of their own. */
function shownIn(answer: unknown, secrets: readonly string[]): readonly string[] {
  const text = JSON.stringify(answer).toUpperCase();
  const closed = text.replace(/(?<=\d)[\s-](?=\d)/g, "");
  return secrets.filter((secret) => {
    const word = new RegExp(`(?<![0-9A-Z])${literally(secret.toUpperCase())}(?![0-9A-Z])`);
    return word.test(text) || word.test(closed);
  });
}

function literally(text: string): string {
  return text.replace(/[^0-9A-Z]/g, String.raw`\$&`);
}

/** Whatever has the form of a personal number, an address of electronic mail or a telephone, whosever it is. */
function personalFormsIn(answer: unknown): readonly string[] {
  const text = JSON.stringify(answer, (name, value: unknown) => (name === "jurisdiction" ? null : value));
  const forms = [
    /(?<![\w-])[A-Z]{5}\d{4}[A-Z](?![\w-])/g,
    /(?<![\w.-])\d{4}[ -]?\d{4}[ -]?\d{4}(?![\w.-])/g,
    /(?<![\w.-])(?:\+91[ -]?)?[6-9]\d{9}(?![\w.-])/g,
    /[\w.+-]{2,}@[\w-]+\.\w+/g,
  ];
  return forms.flatMap((form) => text.match(form) ?? []);
}

describe.each(vendors)("what $provider tells", ({ provider }) => {
  let sessions: ReadonlyMap<string, string>;

  beforeAll(async () => {
    sessions = await bringAll(service, { provider, people, caller: { tenant: provider } });
  }, 120_000);

  it.each(people)("shows nothing that is to be masked: $title", async ({ pan }) => {
    const secrets = secretsOf(personaOn(pan, today, provider)!);
    const answers = await Promise.all([
      service.ask(wholeTaxpayer, { pan }, { tenant: provider }),
      service.ask(wholeSession, { id: sessions.get(pan) }, { tenant: provider }),
      service.ask(wholeRecords, { pan }, { tenant: provider }),
    ]);
    for (const { data } of answers) expect(data).toBeTruthy();
    expect(shownIn(answers, secrets)).toEqual([]);
    expect(personalFormsIn(answers)).toEqual([]);
  });
});

describe("what is masked", () => {
  const [person] = people;
  const ask = (scopes?: readonly string[]) =>
    service.ask<{ taxpayer: { profile: unknown } }, unknown>(
      `query ($pan: Pan!) { taxpayer(pan: $pan) {
         pan(reveal: true)
         profile { email(reveal: true) mobile(reveal: true) address(reveal: true) { lines postalCode } }
       } }`,
      { pan: person!.pan },
      { tenant: "DEEPVUE", ...(scopes && { scopes }) },
    );

  it("is shown whole to whoever asks for it with the scope", async () => {
    const { data } = await ask();
    const { email, mobile, address } = personaOn(person!.pan, today, "DEEPVUE")!.profile;
    expect(data).toMatchObject({ taxpayer: { pan: person!.pan, profile: { email, mobile } } });
    expect(shownIn(data, [address!.postalCode!])).toEqual([address!.postalCode]);
  });

  it("stays out of the answer of whoever asks for it without", async () => {
    const answer = await ask(["income:read", "compliance:read"]);
    expect(shownIn(answer, secretsOf(personaOn(person!.pan, today, "DEEPVUE")!))).toEqual([]);
    expect(answer.errors?.map(({ extensions }) => extensions.scopes)).toContainEqual(["pii:reveal"]);
  });

  it("is on record by its place once it was shown, and never by what it was", async () => {
    const from = service.log.length;
    await ask();
    const lines = service.log.slice(from);
    for (const field of ["Taxpayer.pan", "Profile.email", "Profile.mobile", "Profile.address"]) {
      expect(lines.filter((line) => line.includes("pii revealed") && line.includes(`"${field}"`))).toHaveLength(1);
    }
    expect(shownIn(lines, secretsOf(personaOn(person!.pan, today, "DEEPVUE")!))).toEqual([]);
  });
});
