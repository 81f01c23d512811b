import { found, type DocumentKind } from "../../src/domain/answer";
import type { CalendarDate } from "../../src/domain/calendarDate";
import type { Consent } from "../../src/domain/consent";
import { fromPaise } from "../../src/domain/rupees";
import { incomeYearLabel, type IncomeYear } from "../../src/domain/taxPeriod";
import type { ConnectedProvider } from "../../src/providers/provider";
import { Fault, type FaultCode } from "../../src/kernel/fault";
import type { LoginFailure, OpenLogin } from "../../src/sessions/session";
import { planFor, type PlanRequest } from "../../src/reading/plan";
import type { StoredAnswer, StoredTaxpayer } from "../../src/reading/ports";
import { everybody } from "../support/connectedVendors";
import fc from "../support/fuzz";
import { held as heldCompliance, provenance, startMs, taxpayer } from "./gathering";

const dayMs = 86_400_000;
const years = [2025, 2024, 2023] as IncomeYear[];
const loginDocuments: DocumentKind[] = [
  "PROFILE",
  "FILINGS",
  "TAX_CREDITS",
  "INFORMATION_STATEMENT",
  "DEMANDS",
  "VERIFICATION_FORM",
  "AADHAAR_LINK",
];

const nobodyKnown = taxpayer("A");

function plan(
  documents: readonly DocumentKind[],
  { connected = everybody(), ...wish }: Partial<PlanRequest> & { connected?: ConnectedProvider[] } = {},
) {
  return planFor(
    { taxpayer: nobodyKnown, documents, incomeYears: years, logins: [], ...wish },
    { connected, nowMs: startMs, today: "2026-11-10" as CalendarDate },
  );
}

/** Somebody of whom these documents of these years are held under a consent. */
function known(
  documents: readonly DocumentKind[],
  incomeYears: readonly IncomeYear[],
  consentEndsMs = startMs + dayMs,
) {
  const consent: Consent = {
    id: "cn_1",
    taxpayerId: "taxpayer-A",
    purpose: "KYC",
    documents,
    incomeYears: years,
    startsAtMs: startMs - 2 * dayMs,
    expiresAtMs: consentEndsMs,
    dataLifeDays: 30,
    mostFetches: undefined,
    grantedAtMs: startMs - 2 * dayMs,
    revokedAtMs: undefined,
    fetches: 1,
  };
  const answers = documents.flatMap((document) =>
    incomeYears.map((year): StoredAnswer => ({
      ...heldCompliance(0, found([], provenance)),
      document,
      provider: "FINPASS",
      period: incomeYearLabel(year),
      consentId: consent.id,
      purpose: consent.purpose,
    })),
  );
  return taxpayer("A", { consents: [consent], answers });
}

function loginAt(provider: string, documents: readonly DocumentKind[], changes: Partial<OpenLogin> = {}): OpenLogin {
  return {
    sessionId: `ss_${provider}`,
    version: 3,
    taxpayerId: "taxpayer-A",
    provider,
    consentId: "cn_1",
    documents,
    incomeYears: years,
    expiresAtMs: startMs + 3_600_000,
    isReady: true,
    unsupported: [],
    ...changes,
  };
}

const refusedFilings = years.map((incomeYear) => ({ document: "FILINGS" as const, incomeYear }));

function failedFilings(code: FaultCode): LoginFailure {
  return { fault: new Fault(code), atMs: startMs - 1, documents: ["FILINGS"], incomeYears: years };
}

function usedUp(of: StoredTaxpayer): StoredTaxpayer {
  return { ...of, consents: of.consents.map((consent) => ({ ...consent, mostFetches: consent.fetches })) };
}

const summary = ({ steps }: ReturnType<typeof plan>) =>
  steps.map(({ provider, documents, login, upstreamCalls }) => [provider, documents.join(" "), login, upstreamCalls]);

describe("what is held", () => {
  it("takes nothing", () => {
    expect(plan(["FILINGS"], { taxpayer: known(["FILINGS"], years) })).toEqual({
      steps: [],
      portalLogins: 0,
      upstreamCalls: 0,
      priceRupees: 0,
      unanswerable: [],
    });
  });

  it("takes a login again when its consent has lapsed", () => {
    expect(plan(["FILINGS"], { taxpayer: known(["FILINGS"], years, startMs - 1) }).portalLogins).toBe(1);
  });

  it("of some years leaves the others to be brought", () => {
    const taxpayer = known(["FILINGS"], [2025, 2024] as IncomeYear[]);
    expect(summary(plan(["FILINGS"], { taxpayer }))).toEqual([["FINPASS", "FILINGS", "PASSWORD", 3]]);
  });

  it("of a PAN-only provider takes no call", () => {
    expect(plan(["COMPLIANCE"], { taxpayer: taxpayer("A", { answers: [heldCompliance(0)] }) }).steps).toEqual([]);
  });
});

describe("a session that is bringing", () => {
  const logins = [loginAt("KWIKID", ["PROFILE", "FILINGS"], { isReady: false })];

  it("brings its documents without another login", () => {
    expect(summary(plan(["FILINGS"], { logins }))).toEqual([["KWIKID", "FILINGS", "NONE", 0]]);
  });

  it("leaves what it does not bring to others", () => {
    expect(summary(plan(["FILINGS", "DEMANDS"], { logins }))).toEqual([
      ["KWIKID", "FILINGS", "NONE", 0],
      ["FINPASS", "DEMANDS", "PASSWORD", 3],
    ]);
  });

  it("leaves the years that it does not reach to others", () => {
    const older = [...years, 2022 as IncomeYear];
    expect(summary(plan(["FILINGS"], { logins, incomeYears: older }))).toEqual([
      ["KWIKID", "FILINGS", "NONE", 0],
      ["FINPASS", "FILINGS", "PASSWORD", 3],
    ]);
  });

  it("is not told of when nothing that it brings is wanted", () => {
    expect(plan(["COMPLIANCE"], { logins }).steps.map(({ provider }) => provider)).toEqual(["EKO"]);
  });
});

describe("a session that is ready", () => {
  const allowed = known(["FILINGS", "TAX_CREDITS"], []);

  it("brings what is allowed and not held", () => {
    const { steps, portalLogins } = plan(["FILINGS"], { taxpayer: allowed, logins: [loginAt("KWIKID", ["PROFILE"])] });
    expect(steps).toEqual([
      {
        provider: "KWIKID",
        documents: ["FILINGS"],
        login: "NONE",
        upstreamCalls: 3,
        reason: "Your open session brings it.",
      },
    ]);
    expect(portalLogins).toBe(0);
  });

  it.each<[string, DocumentKind[], DocumentKind[], number]>([
    ["KWIKID", ["FILINGS"], ["PROFILE"], 3],
    ["FINPASS", ["FILINGS", "TAX_CREDITS"], ["DEMANDS"], 1],
    ["TUTELAR", ["FILINGS"], ["VERIFICATION_FORM"], 1],
    // A list and three entries; the list is known where the login was opened for what stands in it.
    ["DEEPVUE", ["FILINGS"], ["INFORMATION_STATEMENT"], 4],
    ["DEEPVUE", ["FILINGS"], ["PROFILE"], 3],
    ["DEEPVUE", ["FILINGS", "TAX_CREDITS"], ["PROFILE"], 7],
  ])("takes as many calls as there is left to read: %s %p after %p", (provider, documents, openedFor, calls) => {
    const logins = [loginAt(provider, openedFor)];
    expect(plan(documents, { taxpayer: allowed, logins }).upstreamCalls).toBe(calls);
  });

  it("is asked before others of which it takes more", () => {
    const logins = [loginAt("KWIKID", ["PROFILE"]), loginAt("FINPASS", ["DEMANDS"])];
    expect(summary(plan(["FILINGS", "TAX_CREDITS"], { taxpayer: allowed, logins }))).toEqual([
      ["FINPASS", "FILINGS TAX_CREDITS", "NONE", 1],
    ]);
  });

  it.each<[string, Partial<OpenLogin>, StoredTaxpayer]>([
    ["has expired", { expiresAtMs: startMs }, allowed],
    ["has been told that there is no such thing here", { unsupported: refusedFilings }, allowed],
    ["has failed at it for good", { failure: failedFilings("PROVIDER_BAD_RESPONSE") }, allowed],
    ["has no consent to it", {}, taxpayer("A")],
    ["was opened for another purpose", { consentId: "cn_of_another" }, allowed],
    ["has no fetch left", {}, usedUp(allowed)],
  ])("brings nothing where it %s", (_why, changes, of) => {
    const { portalLogins, steps } = plan(["FILINGS"], { taxpayer: of, logins: [loginAt("KWIKID", [], changes)] });
    expect([portalLogins, steps.length]).toEqual([1, 1]);
  });

  it("is asked again for what has failed and may pass", () => {
    const logins = [loginAt("KWIKID", ["FILINGS"], { failure: failedFilings("PORTAL_UNAVAILABLE") })];
    expect(plan(["FILINGS"], { taxpayer: allowed, logins }).portalLogins).toBe(0);
  });

  it("reaches only the years that it was opened for, where its provider tells of no others", () => {
    const logins = [loginAt("TUTELAR", ["VERIFICATION_FORM"], { incomeYears: [2025] as IncomeYear[] })];
    const ofYear = (year: number) =>
      plan(["FILINGS"], { taxpayer: allowed, logins, incomeYears: [year] as IncomeYear[] }).portalLogins;
    expect([ofYear(2025), ofYear(2024)]).toEqual([0, 1]);
  });

  it("leaves what it cannot bring to somebody at whom no session is open", () => {
    const logins = [loginAt("FINPASS", ["DEMANDS"])];
    expect(summary(plan(["TAX_CREDITS"], { logins })).map(([provider]) => provider)).toEqual(["DEEPVUE"]);
  });

  it("must be closed first where nobody else carries what is wanted", () => {
    const { steps } = plan(["AADHAAR_LINK"], { logins: [loginAt("FINPASS", ["DEMANDS"])] });
    expect(steps).toMatchObject([{ provider: "FINPASS", login: "PASSWORD" }]);
    expect(steps[0]?.reason).toContain("Close the session that is open there first");
  });
});

describe("a PAN-only provider", () => {
  it("takes one call at its price", () => {
    expect(plan(["COMPLIANCE"])).toMatchObject({ portalLogins: 0, upstreamCalls: 1, priceRupees: fromPaise(204) });
  });

  it("is asked beside the logins", () => {
    expect(summary(plan(["COMPLIANCE", "DEMANDS"])).map(([provider]) => provider)).toEqual(["EKO", "FINPASS"]);
  });
});

describe("logins", () => {
  it.each<[string, DocumentKind[], unknown[]]>([
    ["one that brings everything", ["PROFILE", "TAX_CREDITS", "DEMANDS"], [["FINPASS", 3]]],
    ["one, where two would take no more calls", ["FILINGS", "INFORMATION_STATEMENT"], [["DEEPVUE", 12]]],
    ["one, though it only concludes a document", ["FILINGS", "VERIFICATION_FORM"], [["TUTELAR", 2]]],
    ["the one with fewer calls", ["TAX_CREDITS"], [["FINPASS", 3]]],
  ])("are as few as can be: %s", (_why, documents, logins) => {
    expect(plan(documents).steps.map(({ provider, upstreamCalls }) => [provider, upstreamCalls])).toEqual(logins);
  });

  it("share the documents out so that it takes the fewest calls", () => {
    const { steps } = plan(loginDocuments);
    expect(Object.fromEntries(steps.map(({ provider, documents }) => [provider, documents.join(" ")]))).toEqual({
      FINPASS: "PROFILE FILINGS TAX_CREDITS DEMANDS AADHAAR_LINK",
      DEEPVUE: "INFORMATION_STATEMENT",
      TUTELAR: "VERIFICATION_FORM",
    });
  });

  it("reach back to the oldest year that is wanted", () => {
    const onlyDeepvue = everybody({ off: ["FINPASS"] });
    const of = (incomeYears: number[]) =>
      plan(["TAX_CREDITS"], { incomeYears: incomeYears as IncomeYear[], connected: onlyDeepvue }).upstreamCalls;
    expect([of([2025]), of([2021])]).toEqual([3, 7]);
  });

  it("have no price where none is published", () => {
    expect(plan(["COMPLIANCE", "FILINGS"]).priceRupees).toBeNull();
  });

  it("say why, where nobody else could", () => {
    expect(plan(["DEMANDS", "AADHAAR_LINK", "PROFILE"]).steps[0]?.reason).toBe(
      "No other provider that is set up here has demands and aadhaar link.",
    );
  });

  it("are made with the healthy", () => {
    expect(plan(["TAX_CREDITS"], { connected: everybody({ ill: ["FINPASS"] }) }).steps[0]?.provider).toBe("DEEPVUE");
  });

  it("say so where there is nobody but the ill", () => {
    const { steps } = plan(["DEMANDS"], { connected: everybody({ ill: ["FINPASS"] }) });
    expect(steps[0]?.reason).toContain("It has been failing lately.");
  });
});

describe("what nobody can bring", () => {
  it("is what nobody who is set up carries", () => {
    const connected = everybody({ off: ["FINPASS"] });
    expect(plan(["DEMANDS", "FILINGS"], { connected })).toMatchObject({
      unanswerable: ["DEMANDS"],
      steps: [{ provider: "DEEPVUE", documents: ["FILINGS"] }],
    });
  });

  it.each([2026, 2018])("is what lies out of every login's reach: %i", (year) => {
    const incomeYears = [year, 2025] as IncomeYear[];
    expect(plan(["FILINGS"], { incomeYears })).toMatchObject({ unanswerable: ["FILINGS"], portalLogins: 1 });
  });

  it("is everything where everybody is off", () => {
    const connected = everybody({ off: ["KWIKID", "DEEPVUE", "TUTELAR", "FINPASS", "EKO"] });
    expect(plan(["COMPLIANCE", "FILINGS"], { connected })).toMatchObject({
      steps: [],
      unanswerable: ["COMPLIANCE", "FILINGS"],
    });
  });
});

describe("any wish", () => {
  const wishes = fc.subarray<DocumentKind>([...loginDocuments, "COMPLIANCE"]);
  const offs = fc.subarray(["KWIKID", "DEEPVUE", "TUTELAR", "FINPASS", "EKO"]);

  it("is answered by exactly one step for each document, or told to be unanswerable", () => {
    fc.assert(
      fc.property(wishes, offs, (documents, off) => {
        const { steps, unanswerable } = plan(documents, { connected: everybody({ off }) });
        const reported = [...steps.flatMap((step) => step.documents), ...unanswerable];
        expect(reported.toSorted()).toEqual(documents.toSorted());
      }),
    );
  });

  it("takes no more logins than any set of providers that covers it", () => {
    fc.assert(
      fc.property(wishes, offs, (documents, off) => {
        const connected = everybody({ off });
        const { portalLogins, unanswerable } = plan(documents, { connected });
        const carriers = connected.filter(({ client, provider }) => client && provider.login !== "NONE");
        const wanted = documents.filter((document) => document !== "COMPLIANCE" && !unanswerable.includes(document));
        const covers = subsetsOf(carriers).filter((set) =>
          wanted.every((document) => set.some(({ provider }) => provider.documents.includes(document))),
        );
        expect(portalLogins).toBe(Math.min(...covers.map(({ length }) => length)));
      }),
    );
  });
});

function subsetsOf<T>(all: readonly T[]): readonly (readonly T[])[] {
  return all.reduce<readonly (readonly T[])[]>((sets, one) => [...sets, ...sets.map((set) => [...set, one])], [[]]);
}
