import fc from "../support/fuzz";
import {
  filingDateHint,
  holderTypeOf,
  maskPan,
  readAcknowledgementNumber,
  readPan,
  readTan,
  type Pan,
} from "../../src/domain/identifiers";

const lenient = { strictHolder: false };
const strict = { strictHolder: true };

const anyPan = fc.stringMatching(/^[A-Z]{5}[0-9]{4}[A-Z]$/).map((text) => text as Pan);

describe("a PAN", () => {
  it("reads back whatever has its shape", () => {
    fc.assert(
      fc.property(anyPan, (pan) => {
        expect(readPan(pan, lenient)).toBe(pan);
      }),
    );
  });

  it("is trimmed", () => {
    expect(readPan("  ZZZPA1234C\t", strict)).toBe("ZZZPA1234C");
  });

  it("is upper-cased", () => {
    expect(readPan("zzzpa1234c", strict)).toBe("ZZZPA1234C");
  });

  it.each(["", "ZZZPA1234", "ZZZPA12345", "ZZZPA1234CC", "ZZZP1234CA", "ZZZ PA1234C", "ZZZPA１234C", "ZZZPA1234C\nX"])(
    "refuses %j",
    (text) => {
      expect(readPan(text, lenient)).toBeUndefined();
    },
  );

  it("needs a fourth letter that names a holder type when the caller is strict", () => {
    expect(readPan("ABCDE1234F", strict)).toBeUndefined();
  });

  it("may have any fourth letter when the caller is lenient", () => {
    expect(readPan("ABCDE1234F", lenient)).toBe("ABCDE1234F");
  });

  it.each(["AABPM5678K", "EVXPD2019C"])("reads the vendors' sample %s strictly", (sample) => {
    expect(readPan(sample, strict)).toBe(sample);
  });

  it.each([
    ["P", "INDIVIDUAL"],
    ["C", "COMPANY"],
    ["H", "HINDU_UNDIVIDED_FAMILY"],
    ["F", "FIRM"],
    ["A", "ASSOCIATION_OF_PERSONS"],
    ["B", "BODY_OF_INDIVIDUALS"],
    ["T", "TRUST"],
    ["L", "LOCAL_AUTHORITY"],
    ["J", "ARTIFICIAL_JURIDICAL_PERSON"],
    ["G", "GOVERNMENT"],
    ["D", "UNKNOWN"],
  ])("with %s in the fourth place belongs to: %s", (letter, holderType) => {
    expect(holderTypeOf(`ZZZ${letter}A1234C` as Pan)).toBe(holderType);
  });

  it("is printed with its four digits hidden", () => {
    expect(maskPan("ABCDE1234F" as Pan)).toBe("ABCDE****F");
  });

  it("prints alike whatever its hidden digits are", () => {
    fc.assert(
      fc.property(anyPan, fc.stringMatching(/^[0-9]{4}$/), (pan, otherDigits) => {
        const other = (pan.slice(0, 5) + otherDigits + pan.slice(-1)) as Pan;
        expect(maskPan(pan)).toBe(maskPan(other));
      }),
    );
  });
});

describe("a TAN", () => {
  it("reads back whatever has its shape", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z]{4}[0-9]{5}[A-Z]$/), (text) => {
        expect(readTan(` ${text.toLowerCase()} `)).toBe(text);
      }),
    );
  });

  it("is never a PAN", () => {
    fc.assert(
      fc.property(anyPan, (pan) => {
        expect(readTan(pan)).toBeUndefined();
      }),
    );
  });
});

describe("an acknowledgement number", () => {
  it("has fifteen digits", () => {
    expect(readAcknowledgementNumber(" 219853550300625 ")).toBe("219853550300625");
  });

  it.each(["21985355030062", "2198535503006255", "21985355030062A", ""])("is not %j", (text) => {
    expect(readAcknowledgementNumber(text)).toBeUndefined();
  });

  it("hints at the filing date in its tail", () => {
    expect(filingDateHint(readAcknowledgementNumber("219853550300625")!)).toBe("2025-06-30");
  });

  it("gives no hint where its tail is no date", () => {
    expect(filingDateHint(readAcknowledgementNumber("123456789012345")!)).toBeUndefined();
  });
});

describe("the readers of identifiers", () => {
  it("answer any text at all without throwing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const read = [readPan(text, lenient), readTan(text), readAcknowledgementNumber(text)];
        expect(read.every((each) => each === undefined)).toBe(true);
      }),
    );
  });
});
