import type { Instant } from "../../src/domain/calendarDate";
import type { ComplianceStatus, Demand } from "../../src/domain/compliance";
import type { Filing } from "../../src/domain/filing/filing";
import { rupees } from "../../src/domain/rupees";
import type { AnsweredDocument, AnswerAbout } from "../../src/graph/selection/gathered";
import { taxpayerDocuments, type TaxpayerDocuments } from "../../src/graph/taxpayer/taxpayerDocuments";
import { faultOf } from "../support/faultOf";
import { testFiling, testPersona, testTaxCredits } from "../support/persona";
import { absentBy, failedBy, foundBy, gather, notConnected, taxpayerId, year } from "./gathering";

const persona = testPersona();
const [revised, original, older] = persona.filings as [Filing, Filing, Filing];
const statement = persona.informationStatements[0]!;
const demand: Demand = { incomeYear: year(2023), amount: rupees(12_000), statusLabel: "Outstanding" };

function documentsOf(...gathered: readonly AnsweredDocument[]): TaxpayerDocuments {
  return taxpayerDocuments(taxpayerId, gathered);
}

describe("each document that may be null", () => {
  const failure = failedBy("FINPASS", "PROVIDER_TIMEOUT");
  const laterFailure = failedBy("KWIKID", "PORTAL_UNAVAILABLE");
  const kinds: [string, (...reported: AnswerAbout[]) => () => unknown][] = [
    [
      "the profile",
      (...reported) =>
        () =>
          documentsOf({ document: "PROFILE", answers: reported }).profile(),
    ],
    [
      "compliance",
      (...reported) =>
        () =>
          documentsOf({ document: "COMPLIANCE", answers: reported }).compliance(),
    ],
    [
      "a filing",
      (...reported) =>
        () =>
          documentsOf({ document: "FILINGS", incomeYear: year(2024), answers: reported }).filing(year(2024)),
    ],
    [
      "tax credits",
      (...reported) =>
        () =>
          documentsOf({ document: "TAX_CREDITS", incomeYear: year(2024), answers: reported }).taxCredits(year(2024)),
    ],
    [
      "the information statement",
      (...reported) =>
        () =>
          documentsOf({
            document: "INFORMATION_STATEMENT",
            incomeYear: year(2024),
            answers: reported,
          }).informationStatement(year(2024)),
    ],
    [
      "demands",
      (...reported) =>
        () =>
          documentsOf({ document: "DEMANDS", answers: reported }).demands(),
    ],
  ];

  it.each(kinds)("is null where nobody is connected: %s", (_name, readingOf) => {
    expect(readingOf(notConnected("KWIKID"))()).toBeUndefined();
  });

  it.each(kinds)("is null where nobody carries it: %s", (_name, readingOf) => {
    expect(readingOf({ outcome: "UNSUPPORTED", provider: "EKO" })()).toBeUndefined();
  });

  it.each(kinds)("fails as the first who failed: %s", (_name, readingOf) => {
    const read = readingOf(notConnected("DEEPVUE"), failure, laterFailure);
    expect(faultOf(read)).toBe(failure.fault);
  });

  it.each(kinds)("fails though another says that there is none: %s", (_name, readingOf) => {
    expect(faultOf(readingOf(absentBy("DEEPVUE"), failure))).toBe(failure.fault);
  });
});

describe("a profile", () => {
  const found = gather("PROFILE", undefined, foundBy("DEEPVUE", persona.profile));

  it("says who told it", () => {
    const profile = documentsOf(found).profile();
    expect(profile?.name).toBe("ASHA PATIL");
    expect(profile?.provenance.map(({ provider }) => provider)).toEqual(["DEEPVUE"]);
  });

  it("stands though another provider failed", () => {
    const reported = [failedBy("KWIKID", "PROVIDER_TIMEOUT"), foundBy("DEEPVUE", persona.profile)] as const;
    expect(documentsOf(gather("PROFILE", undefined, ...reported)).profile()?.name).toBe("ASHA PATIL");
  });

  it("takes the link with Aadhaar from whoever tells only that", () => {
    const silent = gather(
      "PROFILE",
      undefined,
      foundBy("DEEPVUE", { name: "ASHA PATIL", aadhaarLink: { linked: null } }),
    );
    const link = gather("AADHAAR_LINK", undefined, foundBy("FINPASS", { linked: false, label: "Not linked" }));
    expect(documentsOf(silent, link).profile()).toMatchObject({
      name: "ASHA PATIL",
      aadhaarLink: { linked: false, label: "Not linked" },
    });
  });

  it("is nothing but the link with Aadhaar where that is all that is told", () => {
    const link = gather("AADHAAR_LINK", undefined, foundBy("FINPASS", { linked: true }));
    expect(documentsOf(gather("PROFILE", undefined, notConnected("KWIKID")), link).profile()).toMatchObject({
      aadhaarLink: { linked: true },
    });
  });
});

describe("a compliance check", () => {
  const checkedAt = "2026-11-10T09:00:00.000Z" as Instant;
  const status: ComplianceStatus = {
    itrFiled: true,
    standing: "COMPLIANT",
    standingLabel: "Compliant",
    filingStatus: "FILED",
    incomeYear: year(2024),
    checkedAt,
  };
  const check = gather("COMPLIANCE", undefined, foundBy("EKO", status));

  it("agrees with a filing of its year", () => {
    const filings = gather("FILINGS", 2024, foundBy("KWIKID", [original]));
    expect(documentsOf(check, filings).compliance()?.agreesWithFilings).toBe(true);
  });

  it("does not agree with a filing that it denies", () => {
    const denial = gather("COMPLIANCE", undefined, foundBy("EKO", { ...status, itrFiled: false }));
    const filings = gather("FILINGS", 2024, foundBy("KWIKID", [original]));
    expect(documentsOf(denial, filings).compliance()?.agreesWithFilings).toBe(false);
  });

  it("is not held against filings of another year", () => {
    const filings = gather("FILINGS", 2023, foundBy("KWIKID", [older]));
    expect(documentsOf(check, filings).compliance()?.agreesWithFilings).toBeUndefined();
  });
});

describe("filings", () => {
  const of2024 = gather("FILINGS", 2024, foundBy("DEEPVUE", [original, revised]));
  const of2023 = gather("FILINGS", 2023, foundBy("DEEPVUE", [older]));
  const years = [year(2024), year(2023)];

  it("are listed newest year first", () => {
    const { filings } = documentsOf(of2023, of2024).filings(years);
    expect(filings?.map(({ assessmentYear, kind }) => [assessmentYear, kind])).toEqual([
      ["2025-26", "REVISED"],
      ["2025-26", "ORIGINAL"],
      ["2024-25", "ORIGINAL"],
    ]);
  });

  it("are those of the years that are asked for", () => {
    const { filings } = documentsOf(of2023, of2024).filings([year(2023)]);
    expect(filings?.map(({ assessmentYear }) => assessmentYear)).toEqual(["2024-25"]);
  });

  it("are one where two providers tell of one return", () => {
    const both = gather("FILINGS", 2023, foundBy("DEEPVUE", [older]), foundBy("KWIKID", [older]));
    const { filings } = documentsOf(both).filings(years);
    expect(filings?.map(({ provenance }) => provenance.length)).toEqual([2]);
  });

  it("are none where somebody says so", () => {
    const none = gather("FILINGS", 2024, absentBy("DEEPVUE"));
    expect(documentsOf(none).filings(years)).toEqual({ filings: [], fault: undefined });
  });

  it("are unknown where nobody is connected", () => {
    const unknown = gather("FILINGS", 2024, notConnected("KWIKID"));
    expect(documentsOf(unknown).filings(years)).toEqual({ filings: undefined, fault: undefined });
  });

  it("are unknown, with the reason, where somebody failed", () => {
    const failure = failedBy("KWIKID", "PORTAL_UNAVAILABLE");
    expect(documentsOf(gather("FILINGS", 2024, failure)).filings(years)).toEqual({
      filings: undefined,
      fault: failure.fault,
    });
  });

  it("stand though another year failed", () => {
    const failure = gather("FILINGS", 2024, failedBy("KWIKID", "PORTAL_UNAVAILABLE"));
    const { filings, fault } = documentsOf(failure, of2023).filings(years);
    expect(filings).toHaveLength(1);
    expect(fault).toBeUndefined();
  });

  it("of a year are led by the effective one", () => {
    expect(documentsOf(of2024).filing(year(2024))).toMatchObject({ kind: "REVISED", effective: true });
  });

  it("of a year are none where nothing that was filed counts", () => {
    const invalid = gather("FILINGS", 2023, foundBy("DEEPVUE", [{ ...older, status: "INVALID" }]));
    expect(documentsOf(invalid).filing(year(2023))).toBeUndefined();
  });

  it("are found again by their ids", () => {
    const { filings } = documentsOf(of2023, of2024).filings(years);
    const [, second] = filings!;
    expect(documentsOf(of2024).filingById(second!.id)?.acknowledgementNumber).toBe(original.acknowledgementNumber);
  });

  it("are not found by an id that is none of theirs", () => {
    expect(documentsOf(of2024).filingById("fl_")).toBeUndefined();
  });

  it("are checked against the tax credits of their own year", () => {
    const claiming = testFiling(2024, {
      taxesPaid: {
        advanceTax: null,
        taxDeducted: rupees(74_000),
        taxCollected: rupees(0),
        selfAssessmentTax: null,
        total: null,
        balancePayable: null,
      },
    });
    const filings = gather("FILINGS", 2024, foundBy("DEEPVUE", [claiming]));
    const credits = [2023, 2024].map((start) =>
      gather("TAX_CREDITS", start, foundBy("DEEPVUE", testTaxCredits(start))),
    );
    const outcomeWith = (...more: readonly AnsweredDocument[]) =>
      documentsOf(filings, ...more)
        .filing(year(2024))
        ?.checks.find(({ name }) => name === "TAX_CREDITS_COVER_CLAIM")?.outcome;
    expect(outcomeWith()).toBe("NOT_POSSIBLE");
    expect(outcomeWith(...credits)).toBe("PASSED");
  });

  it("show the files that belong to them", () => {
    const form = { incomeYear: year(2023), kind: "ORIGINAL", location: "https://files.example/form" } as const;
    const forms = gather("VERIFICATION_FORM", 2023, foundBy("TUTELAR", [form]));
    const { filings } = documentsOf(of2023, of2024, forms).filings(years);
    expect(filings?.map(({ documents }) => documents.length)).toEqual([0, 0, 1]);
  });
});

describe("statements", () => {
  it("of tax credits are of the year that is asked for", () => {
    const credits = [2023, 2024].map((start) =>
      gather("TAX_CREDITS", start, foundBy("DEEPVUE", testTaxCredits(start))),
    );
    expect(documentsOf(...credits).taxCredits(year(2023))).toMatchObject({
      assessmentYear: "2024-25",
      creditedTotal: rupees(74_000),
    });
  });

  it("of information tell the year of each challan, and count only their own", () => {
    const challan = { part: "TAX_PAYMENT", description: "Self Assessment", derivedAmount: null } as const;
    const entries = [2023, 2024].map((start) => ({ ...challan, incomeYear: year(start), amount: rupees(start) }));
    const found = gather("INFORMATION_STATEMENT", 2024, foundBy("DEEPVUE", { ...statement, entries, unreadCount: 3 }));
    expect(documentsOf(found).informationStatement(year(2024))).toMatchObject({
      unreadCount: 3,
      taxPaid: rupees(2024),
      entries: [{ assessmentYear: "2024-25" }, { assessmentYear: "2025-26" }],
    });
  });

  it("of information tell the tax of the reports that count", () => {
    const report = { status: "ACTIVE", amount: rupees(9), taxWithheld: rupees(2), taxDeposited: rupees(1) } as const;
    const reports = [report, { ...report, status: "INACTIVE" as const }];
    const entries = [{ ...statement.entries[0]!, part: "TAX_DEDUCTED_OR_COLLECTED" as const, reports }];
    const found = gather("INFORMATION_STATEMENT", 2024, foundBy("DEEPVUE", { ...statement, entries }));
    expect(documentsOf(found).informationStatement(year(2024))?.entries).toMatchObject([
      { status: "ACTIVE", taxWithheld: rupees(2), taxDeposited: rupees(1), reports: [{}, { status: "INACTIVE" }] },
    ]);
  });

  it("of information are of the year that is asked for", () => {
    const found = gather("INFORMATION_STATEMENT", 2024, foundBy("DEEPVUE", statement));
    expect(documentsOf(found).informationStatement(year(2024))?.entries).toMatchObject(statement.entries);
    expect(documentsOf(found).informationStatement(year(2023))).toBeUndefined();
  });
});

describe("demands", () => {
  it("are listed with their year", () => {
    const demands = documentsOf(gather("DEMANDS", undefined, foundBy("FINPASS", [demand]))).demands();
    expect(demands).toMatchObject([{ assessmentYear: "2024-25", amount: rupees(12_000) }]);
  });

  it("are none where somebody says so", () => {
    expect(documentsOf(gather("DEMANDS", undefined, absentBy("FINPASS"))).demands()).toEqual([]);
  });
});

describe("the disagreements about a taxpayer", () => {
  it("are none where nothing was gathered", () => {
    expect(documentsOf().disagreements()).toEqual([]);
  });

  it("are none where everybody failed", () => {
    expect(documentsOf(gather("PROFILE", undefined, failedBy("KWIKID", "PROVIDER_TIMEOUT"))).disagreements()).toEqual(
      [],
    );
  });

  it("stand each under the name of its document", () => {
    const other = testTaxCredits(2023);
    const disagreeing = [
      gather(
        "PROFILE",
        undefined,
        foundBy("DEEPVUE", persona.profile),
        foundBy("FINPASS", { ...persona.profile, name: "USHA PATIL" }),
      ),
      gather("FILINGS", 2023, foundBy("DEEPVUE", [older]), foundBy("FINPASS", [{ ...older, totalIncome: rupees(1) }])),
      gather(
        "TAX_CREDITS",
        2023,
        foundBy("DEEPVUE", other),
        foundBy("FINPASS", { ...other, deductors: other.deductors.slice(1) }),
      ),
      gather(
        "INFORMATION_STATEMENT",
        2024,
        foundBy("DEEPVUE", statement),
        foundBy("FINPASS", { ...statement, entries: [{ ...statement.entries[0]!, amount: rupees(1) }] }),
      ),
      gather("DEMANDS", undefined, foundBy("FINPASS", [demand]), foundBy("KWIKID", [{ ...demand, amount: rupees(1) }])),
    ];
    expect(
      documentsOf(...disagreeing)
        .disagreements()
        .map(({ path }) => path),
    ).toEqual([
      "profile.name",
      "filings.2024-25.totalIncome",
      "taxCredits.2024-25.taxDeducted",
      "taxCredits.2024-25.taxDeposited",
      "informationStatement.2025-26.FINANCIAL_TRANSACTION",
      "demands.outstanding",
    ]);
  });

  it("stand at a filing without the name", () => {
    const reported = [foundBy("DEEPVUE", [older]), foundBy("FINPASS", [{ ...older, totalIncome: rupees(1) }])] as const;
    const filing = documentsOf(gather("FILINGS", 2023, ...reported)).filing(year(2023));
    expect(filing?.disagreements.map(({ path }) => path)).toEqual(["totalIncome"]);
  });
});
