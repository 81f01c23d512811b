import fc, { runs } from "../support/fuzz";
import { cutPersonalNumbers } from "../../src/department/cutPersonalNumbers";
import { readAisJson } from "../../src/department/statement/readAisJson";
import { readItrJson } from "../../src/department/returns/readItrJson";
import { writeAisJson } from "../../src/department/statement/writeAisJson";
import { writeItrJson } from "../../src/department/writing/writeItrJson";
import { incomeHeadNames } from "../../src/domain/filing/filing";
import { rupees, UnreadableAmount } from "../../src/domain/rupees";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import { forms, incomeYears, person, someFiling, withMember } from "./returns";

const year = 2024 as IncomeYear;

const garbage = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>("1,25,000", "-5", "1e5", "₹ 7", 1e300, -1e308, 0.1, "9".repeat(50), "2025-26", "Y", "true"),
  fc.double(),
);

/** The paths of all members, down to the leaves. */
function pathsOf(json: unknown, prefix = ""): string[] {
  if (typeof json !== "object" || json === null) return [];
  return Object.entries(json).flatMap(([key, member]) => [`${prefix}${key}`, ...pathsOf(member, `${prefix}${key}.`)]);
}

/** A real file with a few random members. */
function damaged(file: object): fc.Arbitrary<unknown> {
  const changes = fc.array(fc.tuple(fc.constantFrom(...pathsOf(file)), garbage), { minLength: 1, maxLength: 5 });
  return changes.map((each) => {
    const changed = each.reduce<unknown>((json, [path, member]) => {
      try {
        return withMember(json as never, path, member);
      } catch {
        // An earlier change has replaced a container on this path.
        return json;
      }
    }, file);
    // A change after the end of a list leaves holes, which JSON does not have.
    return JSON.parse(JSON.stringify(changed)) as unknown;
  });
}

const statement = {
  incomeYear: year,
  entries: (["FINANCIAL_TRANSACTION", "TAX_PAYMENT"] as const).map((part) => ({
    part,
    amount: rupees(125_000),
    derivedAmount: null,
  })),
};
const anyReturn = fc
  .constantFrom(...forms.flatMap((form) => incomeYears.map((incomeYear) => ({ form, incomeYear }))))
  .chain(({ form, incomeYear }) => damaged(writeItrJson(someFiling(form, incomeYear), person)));

/** An unreadable amount refuses the file. */
function readOrRefuse(json: unknown) {
  try {
    return readItrJson(json, { incomeYear: year });
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(UnreadableAmount);
    return undefined;
  }
}

describe("a file with random members", () => {
  it("is read or refused as a return", () => {
    const outcomes = new Set<boolean>();
    fc.assert(
      fc.property(fc.oneof(garbage, anyReturn), (json) => {
        outcomes.add(readOrRefuse(json) === undefined);
      }),
      { numRuns: runs(2_000) },
    );
    expect(outcomes).toEqual(new Set([true, false]));
  });

  it("has amounts of whole paise", () => {
    fc.assert(
      fc.property(anyReturn, (json) => {
        const heads = readOrRefuse(json)?.filing.incomeHeads;
        const amounts = incomeHeadNames.map((name) => heads?.[name] ?? 0);
        expect(amounts.every(Number.isSafeInteger)).toBe(true);
      }),
    );
  });

  it("is read or refused as an information statement", () => {
    const outcomes = new Set<boolean>();
    fc.assert(
      fc.property(fc.oneof(garbage, damaged(writeAisJson(statement, person))), (json) => {
        outcomes.add(readAisJson(json) === undefined);
      }),
      { numRuns: runs(2_000) },
    );
    expect(outcomes).toEqual(new Set([true, false]));
  });

  it("has no personal numbers after the cut", () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue({ noUnicodeString: false }), anyReturn), (json) => {
        expect(cutPersonalNumbers(json)).toBeDefined();
      }),
      { numRuns: runs(1_000) },
    );
  });
});

function nested(depth: number, inner: unknown): unknown {
  let json = inner;
  for (let level = 0; level < depth; level++) json = level % 2 === 0 ? [json] : { member: json };
  return json;
}

describe("a file nested ten thousand deep", () => {
  const deep = nested(10_000, { AadhaarCardNo: "234567890124" });

  it("is no return", () => {
    expect(readItrJson(deep)).toBeUndefined();
  });

  it("leaves the rest of a return readable", () => {
    const file = withMember(writeItrJson(someFiling("ITR_2", 2024), person), "ITR.ITR2.PartB-TI.Salaries", deep);
    expect(readItrJson(file)?.filing).toMatchObject({ incomeHeads: { salary: null }, totalIncome: rupees(1_400_010) });
  });

  it("leaves the rest of a statement readable", () => {
    const entries = readAisJson({
      partB: { sections: [deep, { sectionKey: "sft", elements: [deep, { l2: { columnData: [[deep, "SFT-015"]] } }] }] },
    });
    expect(entries?.entries).toHaveLength(1);
  });

  it("has its personal numbers cut", () => {
    let cut = cutPersonalNumbers(deep);
    for (let level = 0; level < 10_000; level++) cut = Object.values(cut as object)[0];
    expect(cut).toEqual({ AadhaarCardNo: "XXXX XXXX 0124" });
  });
});

describe("a list of a hundred thousand", () => {
  const many = <Member>(member: Member) => Array<Member>(100_000).fill(member);

  it("bank accounts is read", () => {
    const account = { BankAccountNo: "00501234567890", AccountType: "SB" };
    const path = "ITR.ITR1.Refund.BankAccountDtls.AddtnlBankDetails";
    const file = withMember(writeItrJson(someFiling("ITR_1", 2024), person), path, many(account));
    expect(readItrJson(file)?.filing.bankAccounts).toHaveLength(100_000);
  });

  it("entries is read", () => {
    const sections = many({ sectionKey: "sft", elements: [{ l2: { columnData: [["x"]] } }] });
    expect(readAisJson({ partB: { sections } })?.entries).toHaveLength(100_000);
  });

  it("reports of one entry is read", () => {
    const l1 = { columnLabel: ["reportedOn"], columnData: many(["2025-05-31"]) };
    const sections = [{ sectionKey: "sft", elements: [{ l1, l2: { columnData: [["x"]] } }] }];
    expect(readAisJson({ partB: { sections } })?.entries).toMatchObject([{ reportedOn: "2025-05-31" }]);
  });

  it("account numbers is cut", () => {
    const cut = cutPersonalNumbers({ accountNo: many("00501234567890") }) as { accountNo: string[] };
    expect(new Set(cut.accountNo)).toEqual(new Set(["XXXX7890"]));
  });
});
