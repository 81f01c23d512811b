import type { DocumentKind } from "../../src/domain/answer";
import type { CalendarDate } from "../../src/domain/calendarDate";
import { latestIncomeYears } from "../../src/domain/taxPeriod";
import { Secret } from "../../src/kernel/secret";
import type { LoginClient, Reading, Provider } from "../../src/providers/provider";
import type { Persona } from "../../src/providers/persona";
import { providers } from "../../src/providers/registry";
import { personaOn, personasOn } from "../../src/sandbox/personas";
import { missingOf } from "../../src/sessions/wantedDocuments";
import { unevenness } from "../support/unevenPeople";
import { openVendors, staying, type Vendors } from "../support/vendors";

const today = "2026-11-10" as CalendarDate;
const people = personasOn(today).filter(({ portal, compliance }) => portal === "OPEN" && compliance !== undefined);
const loginProviders = providers.filter(({ login }) => login !== "NONE");

let vendors: Vendors;

beforeAll(async () => {
  vendors = await openVendors();
  void vendors.clock.jumpTo(Date.parse(`${today}T06:00:00Z`));
});

afterAll(async () => {
  await vendors[Symbol.asyncDispose]();
});

/** Does what a session does, and tells how many calls that took. */
async function callsSpent(provider: Provider, persona: Persona, documents: readonly DocumentKind[], years: number) {
  const road = vendors.roadTo(provider);
  const client = road.client as LoginClient;
  const { pan, password } = persona;
  const wish = { documents, incomeYears: latestIncomeYears(years, today) };
  let stage = await client.open({ pan, password: new Secret(password), years, documents }, staying);
  if (stage.awaits === "OTP") {
    const otp = new Secret(await vendors.travellerAs(pan, password).readOtp());
    stage = await client.submitOtp!(stage.ticket, { pan, otp, accessToken: undefined }, staying);
  }
  // All the time that the vendor needs passes at once, so that the first look is the last.
  if (stage.awaits === "TIME") void vendors.clock.jumpBy(60_000);
  if (stage.awaits === "TIME") stage = await client.poll!(stage.ticket, staying);
  const brought: readonly Reading[] = stage.awaits === "NOTHING" ? stage.readings : [];
  const missing = missingOf(wish, brought);
  if (missing.documents.length > 0) await client.read(stage.ticket, { pan, ...missing }, staying);
  await client.close?.(pan, stage.ticket, staying);
  await road.close();
  // Our own token is made once for many.
  return road.calls.filter(({ operation }) => operation !== "authorize").length;
}

const mixes: readonly (readonly DocumentKind[])[] = [
  ["PROFILE"],
  ["PROFILE", "FILINGS"],
  ["TAX_CREDITS", "INFORMATION_STATEMENT", "DEMANDS"],
  ["VERIFICATION_FORM"],
];

describe.each(loginProviders)("$name", (provider) => {
  const mixesOfItsOwn = mixes
    .map((mix) => mix.filter((document) => provider.documents.includes(document)))
    .filter(({ length }) => length > 0);

  it.each(people)("takes as many calls as it says: $title", async ({ pan }) => {
    const seen = personaOn(pan, today, provider.id)!;
    const counted = [];
    // One after another: some providers know a login by its PAN alone.
    for (const [documents, years] of mixesOfItsOwn.flatMap((mix) => [1, 4].map((count) => [mix, count] as const))) {
      const uneven = unevenness(provider.id, seen, documents, latestIncomeYears(years, today));
      const said = provider.callsFor(documents, years) + uneven;
      counted.push({ documents, years, said, spent: await callsSpent(provider, seen, documents, years) });
    }
    expect(counted.filter(({ said, spent }) => said !== spent)).toEqual([]);
  });
});
