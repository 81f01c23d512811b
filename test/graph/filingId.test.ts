import fc from "../support/fuzz";
import type { CalendarDate } from "../../src/domain/calendarDate";
import type { AcknowledgementNumber } from "../../src/domain/identifiers";
import { filingIdOf, readFilingId } from "../../src/graph/filing/filingId";
import { testFiling } from "../support/persona";
import { taxpayerId } from "./gathering";

const acknowledgementNumber = "123456789100725" as AcknowledgementNumber;
const numbered = testFiling(2024, { acknowledgementNumber });

const anyTaxpayerId = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .map((bytes) => `tp_${Buffer.from(bytes).toString("base64url")}`);

describe("the id of a filing", () => {
  it("says where the filing is to be found again", () => {
    fc.assert(
      fc.property(anyTaxpayerId, fc.integer({ min: 2000, max: 2099 }), (whose, incomeYear) => {
        const id = filingIdOf(whose, testFiling(incomeYear));
        expect(readFilingId(id)).toEqual({ taxpayerId: whose, incomeYear });
      }),
    );
  });

  it("holds no acknowledgement number", () => {
    const bytes = Buffer.from(filingIdOf(taxpayerId, numbered).slice(3), "base64url");
    expect(bytes.toString("latin1")).not.toContain(acknowledgementNumber);
  });

  it("stays the same while a numbered return goes on", () => {
    const later = { ...numbered, status: "REFUND_ISSUED", form: "ITR_2", totalIncome: null } as const;
    expect(filingIdOf(taxpayerId, later)).toBe(filingIdOf(taxpayerId, numbered));
  });

  it.each([
    ["another taxpayer", filingIdOf("tp_AQECAwQFBgcICQoLDA0ODw", numbered)],
    ["another year", filingIdOf(taxpayerId, testFiling(2023, { acknowledgementNumber }))],
    [
      "another number",
      filingIdOf(taxpayerId, { ...numbered, acknowledgementNumber: "123456789100726" as AcknowledgementNumber }),
    ],
  ])("is another one for %s", (_what, id) => {
    expect(id).not.toBe(filingIdOf(taxpayerId, numbered));
  });

  it.each([
    ["another kind", { kind: "REVISED" }],
    ["another day", { filedOn: "2025-07-11" as CalendarDate }],
  ] as const)("is another one, where no number is told, for %s", (_what, change) => {
    expect(filingIdOf(taxpayerId, testFiling(2024, change))).not.toBe(filingIdOf(taxpayerId, testFiling(2024)));
  });
});

describe("a text that is no id of a filing", () => {
  const id = filingIdOf(taxpayerId, numbered);
  const yearless = `fl_${Buffer.alloc(27, 255).toString("base64url")}`;

  it.each([
    ["empty", ""],
    ["a taxpayer's", taxpayerId],
    ["cut off", id.slice(0, -1)],
    ["too long", `${id}A`],
    ["without its beginning", id.slice(3)],
    ["in another alphabet", `fl_${"+".repeat(36)}`],
    ["of a year that there is none of", yearless],
  ])("leads nowhere: %s", (_what, text) => {
    expect(readFilingId(text)).toBeUndefined();
  });

  it("leads nowhere, whatever it is", () => {
    fc.assert(fc.property(fc.string(), (text) => readFilingId(`fl_${text}`) === undefined));
  });
});
