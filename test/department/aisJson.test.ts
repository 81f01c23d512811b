import { readAisJson } from "../../src/department/statement/readAisJson";
import { writeAisJson } from "../../src/department/statement/writeAisJson";
import type { CalendarDate } from "../../src/domain/calendarDate";
import type { Tan } from "../../src/domain/identifiers";
import type {
  InformationEntry,
  InformationReport,
  InformationStatement,
} from "../../src/domain/statements/informationStatement";
import { rupees } from "../../src/domain/rupees";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import { portalFile, portalPan } from "./portalFile";
import { person } from "./returns";

const year = (start: number) => start as IncomeYear;
const day = (text: string) => text as CalendarDate;
const incomeYear = year(2024);
const reportedOn = day("2025-05-31");

const statement: InformationStatement = {
  incomeYear,
  entries: [
    entry({
      part: "TAX_DEDUCTED_OR_COLLECTED",
      code: "TDS-192",
      description: "Salary",
      tan: "PNEI01234A" as Tan,
      count: 1,
      reports: [
        report({ transactedOn: day("2024-06-30"), taxWithheld: rupees(12_000), taxDeposited: rupees(11_000) }),
        report({
          status: "INACTIVE",
          transactedOn: day("2024-06-30"),
          taxWithheld: rupees(1),
          taxDeposited: rupees(0),
        }),
      ],
    }),
    entry({ part: "FINANCIAL_TRANSACTION", code: "SFT-016(SB)", reportedOn, reports: [report({ reportedOn })] }),
    entry({
      part: "FINANCIAL_TRANSACTION",
      code: "SFT-17-LES(M)",
      reports: [report({ transactedOn: day("2024-12-05") })],
    }),
    entry({ part: "FINANCIAL_TRANSACTION", code: "SFT-015", description: "Dividend", derivedAmount: null }),
    direct({ part: "TAX_PAYMENT", description: "Self Assessment", category: "Income Tax", incomeYear: year(2023) }),
    direct({
      part: "DEMAND_OR_REFUND",
      code: "refund",
      category: "Refund",
      description: "ECS",
      incomeYear: year(2022),
    }),
    entry({ part: "OTHER", code: "EXC-GSTR3B", description: "Turnover", amount: rupees(12_34_56_789) }),
  ],
};

function entry(changes: Partial<InformationEntry> & Pick<InformationEntry, "part">): InformationEntry {
  return {
    category: "Invented category",
    reportedBy: "INVENTED, BROTHERS & SONS (INDIA) LIMITED",
    count: 1,
    amount: rupees(125_000),
    derivedAmount: rupees(124_000),
    ...changes,
  };
}

function report(changes: Partial<InformationReport>): InformationReport {
  return { status: "ACTIVE", amount: rupees(125_000), taxWithheld: null, taxDeposited: null, ...changes };
}

function direct(changes: Partial<InformationEntry> & Pick<InformationEntry, "part">): InformationEntry {
  return { amount: rupees(20_000), derivedAmount: null, reportedOn, ...changes };
}

const inSection = (section: object) => readAisJson({ partB: { sections: [{ sectionKey: "sft", ...section }] } });
const entriesOf = (...elements: unknown[]) => inSection({ elements })?.entries;
const summary = (cells: unknown[], columnLabel?: unknown[]) => ({ l2: { columnLabel, columnData: [cells] } });
const dividend = summary(["Dividend", "SFT-015", "Dividend", "X LTD", "2", "1,25,000", "DIV", "", ""]);

describe("an information statement", () => {
  it("reads back from its own file", () => {
    const file: unknown = JSON.parse(JSON.stringify(writeAisJson(statement, person)));
    expect(readAisJson(file)).toEqual({ ...statement, pans: [person.pan, person.pan], unreadCount: 0 });
  });

  it.each([null, 7, [], {}, { partB: {} }, { partB: { sections: {} } }, { partB: { sections: [] } }, { ITR: {} }])(
    "is not seen in %j",
    (json) => {
      expect(readAisJson(json)).toBeUndefined();
    },
  );

  it("is not recognised when no section is known", () => {
    expect(inSection({ sectionKey: "sections", elements: [dividend] })).toBeUndefined();
  });

  it.each([{}, { elements: null }, { elements: [] }, { elements: [null] }, { subSections: [null, {}] }])(
    "has no entries in a section that holds %j",
    (section) => {
      expect(inSection(section)).toMatchObject({ entries: [], unreadCount: 0 });
    },
  );

  it.each([
    { l1: null, l2: null },
    { l1: null, l2: {} },
    { l1: null, l2: { columnData: null } },
    { l2: { columnData: [] } },
  ])("has no entries in %j, which the portal prints for no information", (element) => {
    expect(inSection({ elements: [element] })).toMatchObject({ entries: [], unreadCount: 0 });
  });

  it.each([
    7,
    {},
    { rows: [] },
    { l2: "?" },
    { l2: { columnData: {} } },
    { l2: { columnData: ["row"] } },
    { l1: { columnLabel: ["amtPaid"], columnData: [["5"]] } },
    { columnLabel: ["Somebody"], columnData: [["new"]] },
    { columnData: [["5"]] },
  ])("counts %j as unread and reads the rest", (element) => {
    expect(inSection({ elements: [element, dividend] })).toMatchObject({
      entries: [{ code: "SFT-015" }],
      unreadCount: 1,
    });
  });

  it.each(["many", "12,5000", "1.005"])("is refused for the invalid amount %j", (amount) => {
    const l1 = { columnLabel: [{ field: "amtPaid" }], columnData: [[amount]] };
    expect(entriesOf(summary([amount], ["Amount"]))).toBeUndefined();
    expect(entriesOf({ ...dividend, l1 })).toBeUndefined();
    expect(entriesOf({ columnLabel: ["Refund Amount"], columnData: [[amount]] })).toBeUndefined();
  });

  it("finds its columns by their names", () => {
    expect(entriesOf(summary(["5", "TDS-194A"], ["Amount", "Information Code"]))).toMatchObject([
      { code: "TDS-194A", amount: rupees(5) },
    ]);
  });

  it.each(["ABCDE1234F", "HDFC0001.AB123"])("does not keep the number %s of who reported", (number) => {
    const [read] = entriesOf(
      summary([`INVENTED (INDIA) LIMITED (${number})`, "x"], ["Information Source", "Information Code"]),
    )!;
    expect(read).toMatchObject({ reportedBy: "INVENTED (INDIA) LIMITED" });
    expect(JSON.stringify(read)).not.toContain(number);
  });

  it("reads an unknown section as other information", () => {
    const sections = [{ sectionKey: "sft" }, { sectionKey: "proceedings", elements: [dividend] }];
    expect(readAisJson({ partB: { sections } })?.entries).toMatchObject([{ part: "OTHER" }]);
  });

  it.each(["2025-03-14", "14/03/2025", "14-Mar-2025"])("reads the day of a deposit from %s", (date) => {
    const element = { columnLabel: ["Minor Head", "Tax (A)", "Date Of Deposit"], columnData: [["Advance", "9", date]] };
    expect(entriesOf(element)).toMatchObject([{ amount: rupees(9), reportedOn: "2025-03-14" }]);
  });

  it.each([
    [["Tax (A)", "Total (A+B+C+D)"], ["9", "1,010"], 1010],
    [["Amount"], ["1,010"], 1010],
  ])("reads what was paid from the columns %j", (columnLabel, cells, amount) => {
    expect(entriesOf({ columnLabel, columnData: [cells] })).toMatchObject([{ amount: rupees(amount) }]);
  });

  it.each([
    ["1,234", 1234],
    [2, 2],
    ["many", undefined],
    ["", undefined],
    [-1, undefined],
  ])("reads the count %j as %j", (printed, count) => {
    expect(entriesOf(summary([printed, "x"], ["Count", "Information Code"]))).toMatchObject([{ count }]);
  });

  it("has the last reporting day of its transactions", () => {
    const l1 = { columnLabel: [{ field: "reportedOn" }], columnData: [["2025-05-01"], ["2025-06-01"], ["2025-04-01"]] };
    expect(entriesOf({ ...dividend, l1 })).toMatchObject([{ reportedOn: "2025-06-01" }]);
  });
});

describe("the file as the portal prints it", () => {
  const read = readAisJson(portalFile())!;

  it("names its owner in two places", () => {
    expect(read.pans).toEqual([portalPan, portalPan]);
  });

  it("names its year", () => {
    expect(read.incomeYear).toBe(2025);
  });

  it.each([
    [{ columnLabel: ["Financial Year "], columnData: ["2019-20"] }, 2019],
    [{ columnLabel: ["Assessment Year"], columnData: [["2020-21"]] }, 2019],
    [{ columnLabel: ["Tax Year"], columnData: ["2026-27"] }, 2026],
    [{ columnLabel: ["Financial Year "], columnData: ["soon"] }, null],
    [{ columnLabel: ["Financial Year "], columnData: [""] }, undefined],
    [undefined, undefined],
  ])("with the head %j is of %p", (header, of) => {
    expect(readAisJson({ ...portalFile(), header })?.incomeYear).toBe(of);
  });

  it("is read whole", () => {
    expect(read.unreadCount).toBe(0);
  });

  it("has each payment of a salary with the tax withheld and deposited", () => {
    expect(read.entries[0]).toEqual({
      part: "TAX_DEDUCTED_OR_COLLECTED",
      code: "TDS-192",
      description: "Salary received (Section 192)",
      category: "Salary",
      reportedBy: "INVENTED SYSTEMS PRIVATE LIMITED",
      tan: "BLRI12345D",
      reportedOn: undefined,
      count: 2,
      amount: rupees(23_55_054),
      derivedAmount: null,
      reports: [
        {
          status: "ACTIVE",
          transactedOn: "2026-01-07",
          reportedOn: undefined,
          amount: rupees(21_03_820),
          taxWithheld: rupees(3_04_294),
          taxDeposited: rupees(3_04_294),
        },
        expect.objectContaining({ status: "ACTIVE", transactedOn: "2025-12-05", taxDeposited: rupees(40_000) }),
        expect.objectContaining({ status: "INACTIVE", transactedOn: "2025-12-05", taxDeposited: rupees(40_035) }),
      ],
    });
  });

  it("has the collections of a bank", () => {
    expect(read.entries[1]).toMatchObject({
      code: "TCS-206CQ",
      tan: "MUMI03189E",
      reports: [{ amount: rupees(4_19_000), taxWithheld: rupees(20_950), taxDeposited: rupees(20_950) }],
    });
  });

  it("has transactions in the columns of their kind", () => {
    const transactions = read.entries.filter(({ part }) => part === "FINANCIAL_TRANSACTION");
    expect(transactions).toMatchObject([
      { code: "SFT-015", reportedOn: "2026-05-28", reports: [{ amount: rupees(12) }] },
      { code: "SFT-17-LES(M)", reports: [{ transactedOn: "2025-10-08", amount: 13_761_90 }] },
    ]);
  });

  it("has the year of each challan", () => {
    expect(read.entries.filter(({ part }) => part === "TAX_PAYMENT")).toMatchObject([
      { incomeYear: 2024, description: "Self Assessment", amount: rupees(6_050), reportedOn: "2025-07-28" },
      { incomeYear: 2025, description: "Advance Tax", amount: rupees(50_000), reportedOn: "2026-03-14" },
    ]);
  });

  it("has the years of refunds, and of demands", () => {
    expect(read.entries.filter(({ part }) => part === "DEMAND_OR_REFUND")).toMatchObject([
      { code: "demand", category: "Demand", incomeYear: 2021, amount: rupees(8_600), reportedOn: "2025-06-02" },
      {
        code: "refund",
        category: "Refund",
        description: "ECS (direct credit to bank account)",
        incomeYear: 2024,
        amount: rupees(790),
        reportedOn: "2025-10-31",
      },
    ]);
  });
});
