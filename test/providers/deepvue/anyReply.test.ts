import { parseAisFile } from "../../../src/department/statement/aisFile";
import fc, { runs } from "../../support/fuzz";
import type { Pan } from "../../../src/domain/identifiers";
import type { IncomeYear } from "../../../src/domain/taxPeriod";
import { Fault } from "../../../src/kernel/fault";
import { readReply } from "../../../src/providers/deepvue/contract";
import {
  mapReturn,
  placeReturns,
  toFilings,
  toInformation,
  toProfileAnswer,
  toTaxCreditsAnswer,
} from "../../../src/providers/deepvue/mapper";
import type { UpstreamReply } from "../../../src/providers/provider";
import { documented, reply } from "./replies";

const pan = "ZZZPA1234C";
const incomeYear = 2024 as IncomeYear;
const uncounted = () => undefined;

/** Long enough never to stand in our own words by chance. */
const canary = "canary-0cc175b9";
const aadhaar = "234567890124";

const value = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(null, "null", "", 0, -1, 1e21, "1,25,000.50", "-500.00", canary, aadhaar, pan, [], {}),
  fc.constantFrom<unknown>("2024-2025", "2025-26", "2025", "139(1)", "Revised", "2025-07-10", "10-Jul-2025", "F"),
);
const members = (names: readonly string[]) =>
  fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] });
const orAny = (arbitrary: fc.Arbitrary<unknown>) => fc.oneof({ weight: 4, arbitrary }, value);

const step = members(["status", "date"]);
const filedReturn = fc
  .tuple(
    members(["itr_id", "pan_no", "filing_year", "acknowledgement_no", "itr_form", "filing_section", "filing_date"]),
    orAny(fc.array(orAny(step))),
  )
  .map(([entry, itr_status]) => ({ ...entry, itr_status }));
const rawReturn = fc
  .tuple(fc.constantFrom("ITR1", "ITR2", "ITR9"), orAny(members(["AssessmentYear"])), fc.dictionary(fc.string(), value))
  .map(([form, block, rest]) => ({ ITR: { [form]: { ...rest, [`Form_${form}`]: block } } }));
const body = fc
  .record(
    {
      itr_client_id: value,
      filed_itrs: orAny(fc.array(orAny(filedReturn))),
      tds: orAny(fc.array(orAny(members(["tds_id", "assessment_year", "financial_year"])))),
      assessment_year: value,
      tds_data: orAny(fc.array(orAny(members(Object.keys(documented.taxCredits.tds_data[0]))))),
      raw_itr: orAny(
        fc.oneof(
          rawReturn,
          rawReturn.map((raw) => JSON.stringify(raw)),
        ),
      ),
    },
    { requiredKeys: [] },
  )
  .chain((lists) => members(Object.keys(documented.itrDetails).slice(0, -1)).map((rest) => ({ ...rest, ...lists })));
const envelopeOf = fc.record(
  {
    code: fc.oneof({ weight: 8, arbitrary: fc.constant(200) }, value),
    sub_code: fc.oneof({ weight: 8, arbitrary: fc.constant("SUCCESS") }, value),
    message: value,
    data: orAny(body),
    detail: value,
  },
  { requiredKeys: ["code", "data"] },
);
const json = fc.oneof({ weight: 8, arbitrary: envelopeOf }, { weight: 1, arbitrary: fc.jsonValue() });
const status = fc.oneof({ weight: 4, arbitrary: fc.constant(200) }, fc.integer({ min: 100, max: 599 }));

const paths: readonly ((answered: UpstreamReply) => unknown)[] = [
  (answered) => readReply.token(answered, 0),
  readReply.clientId,
  (answered) => {
    const returns = placeReturns(readReply.filedReturns(answered, pan, uncounted));
    const mapped = returns.map((one) => mapReturn(one, undefined));
    return toFilings(mapped, incomeYear, 0).answer;
  },
  (answered) => {
    const told = readReply.returnDetails(answered, pan, uncounted);
    const returns = placeReturns([{ ...emptyReturn, filing_year: "2024-2025" }]).map((one) => mapReturn(one, told));
    return [toProfileAnswer(told, 0), toFilings(returns, incomeYear, 0).answer];
  },
  (answered) => {
    const entries = readReply.statementEntries(answered, pan, uncounted);
    const rows = readReply.creditRows(answered, pan, uncounted);
    return toTaxCreditsAnswer(
      entries.map((entry) => ({ entry, rows })),
      incomeYear,
      0,
    );
  },
  (answered) => readReply.statementFile(answered, pan, uncounted) ?? null,
  (answered) => toInformation(parseAisFile(Buffer.from(answered.text)), { pan: pan as Pan, incomeYear }, 0),
];

const emptyReturn = {
  itr_id: undefined,
  pan_no: undefined,
  filing_year: undefined,
  acknowledgement_no: undefined,
  itr_form: undefined,
  filing_type: undefined,
  filing_section: undefined,
  filing_date: undefined,
  steps: [],
};

function endOf(path: (answered: UpstreamReply) => unknown, answered: UpstreamReply): unknown {
  try {
    return path(answered);
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown;
    throw thrown;
  }
}

describe("whatever Deepvue replies", () => {
  it("ends as an answer or a registered fault on every path", () => {
    const ends = new Set<string>();
    fc.assert(
      fc.property(json, status, (anything, httpStatus) => {
        for (const path of paths) {
          const end = endOf(path, reply(JSON.stringify(anything), httpStatus));
          const outcomes = [end].flat().map((each) => (each as { outcome?: string } | null)?.outcome ?? "READ");
          for (const outcome of end instanceof Fault ? [end.code] : outcomes) ends.add(outcome);
        }
      }),
      { numRuns: 400 },
    );
    // The property has seen every kind of end, and so did not pass for want of answers.
    expect([...ends]).toEqual(
      expect.arrayContaining(["FOUND", "ABSENT", "FAILED", "READ", "PROVIDER_BAD_RESPONSE", "PROVIDER_UNAVAILABLE"]),
    );
  });

  it("is a fault when it is no JSON", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }).filter(isNoJson), status, (text, httpStatus) => {
        for (const path of paths.slice(0, -1)) expect(endOf(path, reply(text, httpStatus))).toBeInstanceOf(Fault);
      }),
    );
  });

  it("shows no words of its own in a fault", () => {
    fc.assert(
      fc.property(json, status, (anything, httpStatus) => {
        for (const path of paths) {
          const end = endOf(path, reply(JSON.stringify(anything), httpStatus));
          if (end instanceof Fault) expect(JSON.stringify([end.message, end.context])).not.toContain(canary);
        }
      }),
      { numRuns: runs(400) },
    );
  });

  it("shows no Aadhaar number in an answer", () => {
    // A token and a client's id are the vendor's own, and opaque.
    const [, , ...answers] = paths;
    fc.assert(
      fc.property(json, (anything) => {
        for (const path of answers) {
          expect(JSON.stringify(endOf(path, reply(JSON.stringify(anything))))).not.toContain(aadhaar);
        }
      }),
      { numRuns: runs(400) },
    );
  });

  it("may be nested deeper than the stack", () => {
    const deep = `${'{"a":['.repeat(10_000)}1${"]}".repeat(10_000)}`;
    const text = `{"code":200,"message":"","data":{"raw_itr":${deep},"filed_itrs":[${deep}],"tds_data":[${deep}]}}`;
    for (const path of paths) expect(() => endOf(path, reply(text))).not.toThrow();
  });

  it("may hold thousands of rows", () => {
    const tds_data = Array.from({ length: 5_000 }, (_, index) => ({ tan_of_deductor: index, tds_deposited: "1" }));
    const text = JSON.stringify({
      code: 200,
      message: "",
      data: { tds: [{ tds_id: 1 }], assessment_year: "2025-26", tds_data },
    });
    for (const path of paths) expect(() => endOf(path, reply(text))).not.toThrow();
  });
});

function isNoJson(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch {
    return true;
  }
}
