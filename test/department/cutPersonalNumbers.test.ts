import fc, { runs } from "../support/fuzz";
import { cutPersonalNumbers } from "../../src/department/cutPersonalNumbers";
import { writeAisJson } from "../../src/department/statement/writeAisJson";
import { writeItrJson } from "../../src/department/writing/writeItrJson";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import { person, someFiling } from "./returns";

describe("an Aadhaar number", () => {
  it.each([
    [{ AadhaarCardNo: "123456789012" }, { AadhaarCardNo: "XXXX XXXX 9012" }],
    [{ AadhaarEnrolmentId: "12345678901234567890123456" + "78" }, { AadhaarEnrolmentId: "XXXX XXXX 5678" }],
    [{ aadhar_number: { full: 234567890124 } }, { aadhar_number: { full: "XXXX XXXX 0124" } }],
    [{ note: "of 2345 6789 0124, as told" }, { note: "of XXXX XXXX 0124, as told" }],
    [{ note: "2345-6789-0124" }, { note: "XXXX XXXX 0124" }],
    [{ aadhaar_no: "2345 6789 0124" }, { aadhaar_no: "XXXX XXXX 0124" }],
    [{ AadhaarCardNo: "2345-6789-0124" }, { AadhaarCardNo: "XXXX XXXX 0124" }],
    [[[234567890124]], [["XXXX XXXX 0124"]]],
    [{ "234567890124": 1 }, { "XXXX XXXX 0124": 1 }],
    ["234567890124", "XXXX XXXX 0124"],
  ])("is cut from %j", (json, cut) => {
    expect(cutPersonalNumbers(json)).toEqual(cut);
  });
});

it("a hostile text is searched in linear time", () => {
  const hostile = "1 ".repeat(100_000);
  expect(JSON.stringify(cutPersonalNumbers({ aadhaar: hostile, accountNo: hostile }))).not.toMatch(/(\d ?){16}/);
});

describe("an account number", () => {
  it.each([
    [{ BankAccountNo: "00501234567890" }, { BankAccountNo: "XXXX7890" }],
    [{ account_number: 501234567 }, { account_number: "XXXX4567" }],
    [{ accountNo: "SB/12345" }, { accountNo: "XXXX" }],
    [{ "A/c No.": "50123-4567" }, { "A/c No.": "XXXX4567" }],
    [{ LoanAccNoOfBankOrInstnRefNo: "L12345678" }, { LoanAccNoOfBankOrInstnRefNo: "XXXX5678" }],
    [{ account: "1234" }, { account: "XXXX" }],
    [{ IBAN: "DE02120300000000202051" }, { IBAN: "XXXX2051" }],
    [{ accounts: ["501234567", "501234568"] }, { accounts: ["XXXX4567", "XXXX4568"] }],
    [{ account: { number: "501234567", balance: 5000 } }, { account: { number: "XXXX4567", balance: 5000 } }],
    [{ accountNo: [{ as: { printed: "501234567" } }] }, { accountNo: [{ as: { printed: "XXXX4567" } }] }],
    [
      { accountNo: "5012-3456-7", story: "501234567" },
      { accountNo: "XXXX4567", story: "XXXX4567" },
    ],
    [{ note: "Interest on a/c no. 501234567" }, { note: "Interest on a/c no. XXXX4567" }],
    [
      { accountNo: "501234567", story: "moved to 501234567 in May", also: 501234567 },
      { accountNo: "XXXX4567", story: "moved to XXXX4567 in May", also: "XXXX4567" },
    ],
    [
      { columnLabel: [{ field: "accountNo" }, { field: "amtPaid" }], columnData: [["501234567", "1,25,000"]] },
      { columnLabel: [{ field: "accountNo" }, { field: "amtPaid" }], columnData: [["XXXX4567", "1,25,000"]] },
    ],
    [
      { columnLabel: ["Name", "Account Number"], columnData: ["ASHA", "501234567"] },
      { columnLabel: ["Name", "Account Number"], columnData: ["ASHA", "XXXX4567"] },
    ],
  ])("is cut from %j", (json, cut) => {
    expect(cutPersonalNumbers(json)).toEqual(cut);
  });
});

it.each([
  { acknowledgement_no: "550701280025728", number: 550701280025728 },
  { amount: 12_345_678_901, grouped: "12,34,56,789.50", share: 0.25 },
  { filed: "2025-07-28", at: "2024-11-15T10:22:00Z", ms: 1771592310679, days: "28-Jul-2025 to 31-Jul-2025" },
  { mobile: 9876543210, pin: 560080, pan: "ZZZPA1234C", tan: "PNEI01234A", ifsc: "INVB0000001" },
  { aadhaar_status: "Linked", aadhaar_linked_on: "2024-07-15", AadhaarCardNo: "XXXX XXXX 5678" },
  {
    AccountType: "SB",
    BankName: "Invented Bank",
    BankAccountDtls: { Count: 2 },
    accountNo: null,
    account_status: "A1",
  },
  [null, true, "", [], {}],
])("%j survives", (json) => {
  expect(cutPersonalNumbers(json)).toEqual(json);
});

it("what is cut once stays as it is", () => {
  const once = cutPersonalNumbers(writeItrJson(someFiling("ITR_2", 2024), person));
  expect(cutPersonalNumbers(once)).toEqual(once);
});

it("no full number of the person is left in the Department's own files", () => {
  const statement = { incomeYear: 2024 as IncomeYear, entries: [sftEntry()] };
  const files = [writeItrJson(someFiling("ITR_1", 2024), person), writeAisJson(statement, person)];
  const full = [person.fullAadhaar!, person.fullBankAccounts[0]!.accountNumber];
  for (const file of files) {
    const text = JSON.stringify(file);
    const cut = JSON.stringify(cutPersonalNumbers(file));
    for (const number of full) expect([text.includes(number), cut.includes(number)]).toEqual([true, false]);
  }
});

it.each([
  [{ field: "clientId", name: "Client ID" }, "10203040"],
  [{ field: "folioNo", name: "Folio Number" }, "91012345678"],
])("the number under the column %j, by which shares are held, is cut", (column, number) => {
  const table = { columnLabel: [column], columnData: [[number]] };
  expect(cutPersonalNumbers(table)).toEqual({ ...table, columnData: [[`XXXX${number.slice(-4)}`]] });
});

it("the order of members stays", () => {
  const json = { b: { y: 1, x: [{ d: 1, c: 2 }] }, a: 1 };
  expect(JSON.stringify(cutPersonalNumbers(json))).toBe(JSON.stringify(json));
});

it("a member called __proto__ is copied like any other", () => {
  const json: unknown = JSON.parse('{"__proto__":{"AadhaarCardNo":"234567890124"}}');
  expect(JSON.stringify(cutPersonalNumbers(json))).toBe('{"__proto__":{"AadhaarCardNo":"XXXX XXXX 0124"}}');
});

const digits = (length: number) => fc.stringMatching(new RegExp(`^[2-9][0-9]{${length - 1}}$`));
const accountKey = fc.constantFrom("BankAccountNo", "account_number", "accountNo", "AccountNum", "acct_no");

/** Puts a value somewhere into JSON, at random keys and among random neighbours. */
function planted(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(value, fc.array(fc.oneof(fc.string(), fc.constant(0)), { maxLength: 6 }), fc.jsonValue({ maxDepth: 2 }))
    .map(([inner, path, neighbour]) =>
      path.reduce<unknown>((json, key) => (key === 0 ? [neighbour, json] : { neighbour, [key]: json }), inner),
    );
}

describe("anywhere in a file", () => {
  it("an Aadhaar number is cut", () => {
    const spelling = fc.constantFrom<(number: string) => unknown>(
      (number) => number,
      (number) => Number(number),
      (number) => number.replace(/(....)(?=.)/g, "$1 "),
      (number) => `his number (${number}), in words`,
    );
    const json = fc
      .tuple(digits(12), spelling)
      .chain(([number, spell]) => fc.tuple(fc.constant(number), planted(fc.constant(spell(number)))));
    fc.assert(
      fc.property(json, ([number, place]) => {
        expect(JSON.stringify(cutPersonalNumbers(place)).replaceAll(" ", "")).not.toContain(number);
      }),
      { numRuns: runs(500) },
    );
  });

  it("an account number that is named once is cut everywhere", () => {
    const account = fc.integer({ min: 9, max: 18 }).chain(digits);
    const json = fc
      .tuple(account, accountKey)
      .chain(([number, key]) =>
        fc.tuple(
          fc.constant(number),
          planted(fc.constant({ [key]: number })),
          planted(fc.constant(number)),
          planted(fc.constant(`to ${number}.`)),
        ),
      );
    fc.assert(
      fc.property(json, ([number, ...places]) => {
        expect(JSON.stringify(cutPersonalNumbers(places))).not.toContain(number);
      }),
      { numRuns: runs(500) },
    );
  });

  it("an acknowledgement number survives", () => {
    fc.assert(
      fc.property(digits(15), (number) => {
        const json = { filings: [{ acknowledgement_no: number, receipts: [`No. ${number}`, Number(number)] }] };
        expect(cutPersonalNumbers(json)).toEqual(json);
      }),
    );
  });
});

function sftEntry() {
  const reports = [{ status: "ACTIVE", amount: null, taxWithheld: null, taxDeposited: null }] as const;
  return { part: "FINANCIAL_TRANSACTION", code: "SFT-016(SB)", amount: null, derivedAmount: null, reports } as const;
}
