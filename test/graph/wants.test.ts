import type { ComplianceStatus } from "../../src/domain/compliance";
import type { Scope } from "../../src/graph/access";
import type { AnsweredDocument } from "../../src/graph/selection/gathered";
import { wantsAfter, wantsOf } from "../../src/graph/taxpayer/wants";
import { yearsAsked } from "../../src/graph/types/taxPeriod";
import { foundBy, gather, notConnected, year } from "./gathering";
import { selectionOf } from "./selecting";

const usualYears = [year(2025), year(2024)];

function mayHaveWith(scopes: readonly Scope[]) {
  return (field: string) => scopes.includes(field === "compliance" ? "compliance:read" : "income:read");
}

/** As "FILINGS 2024": what is wanted, of which year. */
function wanted(selection: string, scopes: readonly Scope[] = ["income:read", "compliance:read"]): string[] {
  const wants = wantsOf(selectionOf(`{ taxpayer ${selection} }`), { mayHave: mayHaveWith(scopes), usualYears });
  return wants.map(({ document, incomeYear }) => `${document} ${incomeYear ?? ""}`.trim());
}

function maxAgesOf(selection: string): unknown[] {
  const mayHave = mayHaveWith(["compliance:read"]);
  return wantsOf(selectionOf(`{ taxpayer ${selection} }`), { mayHave, usualYears }).map(({ maxAgeMs }) => maxAgeMs);
}

describe("a selection", () => {
  it.each([
    ["{ id }", []],
    ["{ disagreements { path } }", []],
    ["{ profile { name } }", ["PROFILE"]],
    ["{ profile { aadhaarLink { linked } } }", ["PROFILE", "AADHAAR_LINK"]],
    ["{ demands { amount } }", ["DEMANDS"]],
    ["{ compliance { itrFiled agreesWithFilings } }", ["COMPLIANCE"]],
    ['{ taxCredits(assessmentYear: "2024-25") { deductors { name } } }', ["TAX_CREDITS 2023"]],
    ['{ informationStatement(assessmentYear: "2024-25") { entries { code } } }', ["INFORMATION_STATEMENT 2023"]],
    ['{ filing(assessmentYear: "2024-25") { status } }', ["FILINGS 2023"]],
    ['{ filing(assessmentYear: "2024-25") { checks { name } } }', ["FILINGS 2023", "TAX_CREDITS 2023"]],
    ['{ filing(assessmentYear: "2024-25") { documents { href } } }', ["FILINGS 2023", "VERIFICATION_FORM 2023"]],
  ])("%s wants %j", (selection, wants) => {
    expect(wanted(selection)).toEqual(wants);
  });

  it("of insights wants what each year's filings, tax credits and information statement want", () => {
    expect(wanted('{ incomeInsights(assessmentYears: ["2024-25"]) { assessable { amount } } }')).toEqual(
      wanted(
        '{ filing(assessmentYear: "2024-25") { id } taxCredits(assessmentYear: "2024-25") { deductors { name } } informationStatement(assessmentYear: "2024-25") { taxPaid } }',
      ),
    );
  });

  it("of insights under a policy that will be refused wants nothing", () => {
    expect(wanted("{ incomeInsights(policy: { businessBasis: RECEIPTS }) { assessable { amount } } }")).toEqual([]);
  });

  it("of filings wants the usual years where none are named", () => {
    expect(wanted("{ filings { nodes { id } } }")).toEqual(["FILINGS 2025", "FILINGS 2024"]);
  });

  it("of filings wants the years that are named", () => {
    const selection = '{ filings(assessmentYears: ["2021-22", "2020-21", "2021-22"]) { nodes { id } } }';
    expect(wanted(selection)).toEqual(["FILINGS 2020", "FILINGS 2019"]);
  });

  it("of no filings wants none", () => {
    expect(wanted("{ filings(assessmentYears: []) { nodes { id } } }")).toEqual([]);
  });

  it.each(["nodes { checks { name } }", "edges { node { checks { name } } }"])(
    "of checks in a list of filings, { %s }, wants the tax credits of the same years",
    (filings) => {
      expect(wanted(`{ filings(assessmentYears: ["2024-25"]) { ${filings} } }`)).toEqual([
        "FILINGS 2023",
        "TAX_CREDITS 2023",
      ]);
    },
  );

  it("wants a document once that two fields need", () => {
    const selection = `{
      filings(assessmentYears: ["2024-25"]) { nodes { checks { name } } }
      filing(assessmentYear: "2024-25") { id }
      taxCredits(assessmentYear: "2024-25") { deductors { name } }
    }`;
    expect(wanted(selection)).toEqual(["FILINGS 2023", "TAX_CREDITS 2023"]);
  });

  it("wants a document as fresh as the strictest of its fields asks", () => {
    const selection = `{
      a: compliance { itrFiled } b: compliance(maxAgeSeconds: 5) { itrFiled } c: compliance(maxAgeSeconds: 9) { itrFiled }
    }`;
    expect(maxAgesOf(selection)).toEqual([5_000]);
  });

  it("wants a document of any age where no age is given", () => {
    expect(maxAgesOf("{ compliance { itrFiled } }")).toEqual([undefined]);
  });
});

describe("a field that will be refused", () => {
  it.each([
    [
      "for want of the scope income:read",
      "{ profile { name } demands { amount } filings { nodes { id } } }",
      ["compliance:read"],
    ],
    ["for want of the scope compliance:read", "{ compliance { itrFiled } }", ["income:read"]],
    ["for an age below zero", "{ compliance(maxAgeSeconds: -1) { itrFiled } }", ["compliance:read"]],
    ["for a page of nothing", "{ filings(first: 0) { nodes { id } } }", ["income:read"]],
    ["for a page that is too large", "{ filings(first: 101) { nodes { id } } }", ["income:read"]],
  ] as const)("%s wants nothing", (_why, selection, scopes) => {
    expect(wanted(selection, scopes)).toEqual([]);
  });
});

describe("a compliance check that is held against filings", () => {
  const check = gather("COMPLIANCE", undefined, foundBy("EKO", { incomeYear: year(2024) } as ComplianceStatus));
  const selection = "{ compliance { agreesWithFilings } }";

  function wantedAfter(
    gathered: readonly AnsweredDocument[],
    fields = selection,
    scopes: readonly Scope[] = ["income:read"],
  ) {
    return wantsAfter(gathered, selectionOf(`{ taxpayer ${fields} }`), { mayHave: mayHaveWith(scopes) });
  }

  it("wants the filings of the year that the provider looked at", () => {
    expect(wantedAfter([check])).toEqual([{ document: "FILINGS", incomeYear: 2024 }]);
  });

  it("wants nothing where they were gathered already", () => {
    expect(wantedAfter([check, gather("FILINGS", 2024, notConnected("KWIKID"))])).toEqual([]);
  });

  it("wants nothing where nobody asks whether they agree", () => {
    expect(wantedAfter([check], "{ compliance { itrFiled } }")).toEqual([]);
  });

  it("wants nothing for a caller who may not read filings", () => {
    expect(wantedAfter([check], selection, ["compliance:read"])).toEqual([]);
  });

  it("wants nothing where the provider tells no year", () => {
    const yearless = gather("COMPLIANCE", undefined, foundBy("EKO", {} as ComplianceStatus));
    expect(wantedAfter([yearless, gather("DEMANDS", undefined)])).toEqual([]);
  });
});

describe("the years that are asked for", () => {
  it("are the usual ones where they are null", () => {
    expect(yearsAsked(null, usualYears)).toEqual(usualYears);
  });
});
