import { readReturnIdentity } from "../../src/department";

const pan = "ZZZPA1234C";
const other = "ZZZPS9999S";

describe("the taxpayer that a return file names", () => {
  it.each<[string, unknown]>([
    ["a simple form", { ITR: { ITR1: { PersonalInfo: { PAN: pan } } } }],
    ["a full form", { ITR: { ITR3: { PartA_GEN1: { PersonalInfo: { PAN: pan } } } } }],
    ["a firm's form", { ITR: { ITR5: { PartA_GEN1: { OrgFirmInfo: { PAN: pan } } } } }],
    ["a form whose part is spelt with a hyphen", { ITR: { ITR2: { "PartA-GEN1": { PersonalInfo: { PAN: pan } } } } }],
    ["an updated return", { ITR: { ITR4: { PartA_139_8A: { PAN: pan } } } }],
    ["a file without its outer name", { ITR1: { PersonalInfo: { PAN: pan } } }],
  ])("is found in %s", (_what, file) => {
    expect(readReturnIdentity(file).pans).toEqual([pan]);
  });

  it("is told by every form of the file", () => {
    const file = {
      ITR: { ITR1: { PersonalInfo: { PAN: pan } }, ITR2: { PartA_GEN1: { PersonalInfo: { PAN: other } } } },
    };
    expect(readReturnIdentity(file).pans).toEqual([pan, other]);
  });

  it("is not who signed it", () => {
    const file = { ITR: { ITR5: { Verification: { Declaration: { AssesseeVerPAN: other } } } } };
    expect(readReturnIdentity(file).pans).toEqual([]);
  });
});

describe("the year that a return file names", () => {
  it.each<[string, unknown]>([
    ["its form's block", { ITR: { ITR1: { Form_ITR1: { AssessmentYear: "2025" } } } }],
    ["a whole label", { ITR: { ITR1: { Form_ITR1: { AssessmentYear: "2025-26" } } } }],
    ["an updated return's part", { ITR: { ITR1: { PartA_139_8A: { AssessmentYear: "2025" } } } }],
  ])("is read from %s", (_what, file) => {
    expect(readReturnIdentity(file).incomeYears).toEqual([2024]);
  });

  it.each([null, "text", [], {}, { ITR: [] }, { ITR: { ITR1: { Form_ITR1: { AssessmentYear: {} } } } }])(
    "is none in %j",
    (file) => {
      expect(readReturnIdentity(file)).toEqual({ pans: [], incomeYears: [] });
    },
  );
});
