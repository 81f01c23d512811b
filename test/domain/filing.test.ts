import { vocabulary } from "../../src/domain";
import { readCalendarDate } from "../../src/domain/calendarDate";
import { returnFormFromLabel, timelinessOf } from "../../src/domain/filing/filing";

describe("a return form", () => {
  it.each([
    ["ITR-2", "ITR_2"],
    ["itr_3", "ITR_3"],
    ["ITR4", "ITR_4"],
    ["ITR 5", "ITR_5"],
    ["Form ITR-1 (Sahaj)", "ITR_1"],
  ])("is read from %s", (label, form) => {
    expect(returnFormFromLabel(label)).toBe(form);
  });

  it.each(["", "ITR", "ITR-0", "ITR-8", "ITR-12", "2", "XITR-2"])("is unknown from %j", (label) => {
    expect(returnFormFromLabel(label)).toBe("UNKNOWN");
  });

  it("reads back from its own name", () => {
    expect(vocabulary.ReturnForm.map(returnFormFromLabel)).toEqual(vocabulary.ReturnForm);
  });
});

describe("the timeliness of a filing", () => {
  const dueOn = readCalendarDate("2025-09-15")!;

  it("is on time on the due day itself", () => {
    expect(timelinessOf(dueOn, dueOn)).toBe("ON_TIME");
  });

  it("is late a day after", () => {
    expect(timelinessOf(readCalendarDate("2025-09-16"), dueOn)).toBe("LATE");
  });

  it("is unknown without a due day", () => {
    expect(timelinessOf(dueOn, undefined)).toBe("UNKNOWN");
  });

  it("is unknown without a filing day", () => {
    expect(timelinessOf(undefined, dueOn)).toBe("UNKNOWN");
  });
});
