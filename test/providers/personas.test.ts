import type { ProviderId } from "../../src/domain/answer";
import type { Filing } from "../../src/domain/filing/filing";
import type { Pan } from "../../src/domain/identifiers";
import { asFault, type FaultCode } from "../../src/kernel/fault";
import type { Persona, PortalBehaviour } from "../../src/providers/persona";
import type { PanClient } from "../../src/providers/provider";
import { providers } from "../../src/providers/registry";
import { indianDayAt } from "../../src/domain/calendarDate";
import { cast, personaOn } from "../../src/sandbox/personas";
import type { Step } from "../../src/sandbox/runFlow";
import { openVendors, providerOf, staying, type Vendors } from "../support/vendors";

let vendors: Vendors;

beforeAll(async () => {
  vendors = await openVendors();
});

afterAll(async () => {
  await vendors[Symbol.asyncDispose]();
});

const loginProviders = providers.filter(({ login }) => login !== "NONE").map(({ id }) => id);
const wantedYears = [2025, 2024, 2023];

function seenBy(pan: string, id: ProviderId): Persona {
  return personaOn(pan, indianDayAt(vendors.clock.now()), id)!;
}

function filingsIn(steps: readonly Step[]): readonly Filing[] {
  const filings = steps.flatMap(({ readings }) =>
    readings.flatMap(({ document, answer }) =>
      document === "FILINGS" && answer.outcome === "FOUND" ? answer.value : [],
    ),
  );
  return filings.filter(({ incomeYear }) => wantedYears.includes(incomeYear));
}

/** What every vendor that tells of a filing must tell alike. */
function gist({ incomeYear, grossTotalIncome, totalIncome }: Filing) {
  return { incomeYear, grossTotalIncome, totalIncome };
}

const open = cast.filter(({ facts }) => {
  const persona = personaOn(facts.pan, indianDayAt(Date.now()));
  return persona?.portal === "OPEN";
});
const meetings = open.flatMap(({ facts }) => loginProviders.map((id) => ({ id, pan: facts.pan, title: facts.title })));

describe("an invented taxpayer", () => {
  it.each(meetings)("$title: $id tells the filings it should", async ({ id, pan }) => {
    const persona = seenBy(pan, id);
    const told = filingsIn(await vendors.driveAll(providerOf(id), pan, persona.password));
    const truth = persona.filings.filter(({ incomeYear }) => wantedYears.includes(incomeYear));
    expect(new Set(told.map(({ incomeYear }) => incomeYear))).toEqual(
      new Set(truth.map(({ incomeYear }) => incomeYear)),
    );
    for (const filing of told.filter(({ totalIncome }) => totalIncome !== null)) {
      expect(truth.map(gist)).toContainEqual(gist(filing));
    }
    for (const { acknowledgementNumber } of told) {
      if (acknowledgementNumber)
        expect(truth.map((each) => each.acknowledgementNumber)).toContain(acknowledgementNumber);
    }
  });
});

describe("an invented taxpayer's compliance", () => {
  it.each(cast.map(({ facts }) => facts))("$title: EKO tells it as it is", async ({ pan }) => {
    const road = vendors.roadTo(providerOf("EKO"));
    const client = road.client as PanClient;
    const persona = personaOn(pan, indianDayAt(vendors.clock.now()), "EKO");
    const answer = await client.ask("COMPLIANCE", pan as Pan, staying).catch((thrown: unknown) => asFault(thrown).code);
    await road.close();
    if (persona?.portal === "SOURCE_DOWN") {
      expect(answer).toBe("PORTAL_UNAVAILABLE");
    } else if (persona?.compliance === undefined) {
      expect(answer).toMatchObject({ outcome: "ABSENT", fault: { code: "PAN_NOT_FOUND" } });
    } else {
      const truth = { ...persona.compliance, checkedAt: expect.any(String) as string };
      expect(answer).toMatchObject({ outcome: "FOUND", value: truth });
    }
  });
});

const refusals: Partial<Record<PortalBehaviour, readonly FaultCode[]>> = {
  WRONG_PASSWORD: ["INVALID_CREDENTIALS"],
  LOCKED: ["ACCOUNT_LOCKED"],
  VAULT: ["ACCOUNT_LOCKED", "INVALID_CREDENTIALS"],
  SOURCE_DOWN: ["PORTAL_UNAVAILABLE"],
};
const refused = cast.flatMap(({ facts }) => {
  const persona = personaOn(facts.pan, indianDayAt(Date.now()));
  const codes = persona && refusals[persona.portal];
  return persona && codes ? loginProviders.map((id) => ({ id, persona, codes, title: facts.title })) : [];
});

/** Why a road came to its end: by a failure of the whole, or by one of a document. */
async function refusalOf(id: ProviderId, pan: string, password: string): Promise<FaultCode | undefined> {
  try {
    const readings = (await vendors.driveAll(providerOf(id), pan, password)).flatMap((step) => step.readings);
    const failed = readings.map(({ answer }) => answer).find((answer) => answer.outcome === "FAILED");
    return failed?.fault.code;
  } catch (thrown) {
    return asFault(thrown).code;
  }
}

describe("a login that the portal refuses", () => {
  it.each(refused)("$title: $id says why", async ({ id, persona, codes }) => {
    expect(codes).toContain(await refusalOf(id, persona.pan, persona.password));
  });

  it.each(loginProviders)("%s says so of a password that is wrong", async (id) => {
    expect(await refusalOf(id, open[0]!.facts.pan, "not the password")).toBe("INVALID_CREDENTIALS");
  });
});

describe("what comes from a vendor", () => {
  it.each(loginProviders)("%s hands over no full Aadhaar or account number", async (id) => {
    for (const { facts } of open.slice(0, 6)) {
      const persona = seenBy(facts.pan, id);
      const text = JSON.stringify(await vendors.driveAll(providerOf(id), facts.pan, persona.password));
      if (persona.fullAadhaar !== undefined) expect(text).not.toContain(persona.fullAadhaar);
      for (const { accountNumber } of persona.fullBankAccounts) expect(text).not.toContain(accountNumber);
    }
  });
});
