import type { DocumentKind } from "../../src/domain/answer";
import type { ConnectedProvider } from "../../src/providers/provider";
import { chooseLogin } from "../../src/sessions/chooseLogin";
import { everybody } from "../support/connectedVendors";

const chosenFor = (connected: ConnectedProvider[], documents: DocumentKind[] | undefined, years = 3) =>
  chooseLogin(connected, { provider: undefined, documents, years }).chosen.provider.id;

describe("left without a provider", () => {
  it.each<[string, DocumentKind[] | undefined]>([
    ["DEEPVUE", ["PROFILE", "FILINGS", "INFORMATION_STATEMENT"]],
    ["FINPASS", ["FILINGS", "DEMANDS"]],
    ["TUTELAR", ["VERIFICATION_FORM"]],
    ["FINPASS", undefined],
  ])("%s is chosen, who brings the wanted in one login: %p", (id, documents) => {
    expect(chosenFor(everybody(), documents)).toBe(id);
  });

  it("the one that takes the fewest calls is chosen", () => {
    expect(chosenFor(everybody(), ["FILINGS"])).toBe("FINPASS");
  });

  it("the one that sends no one-time password is chosen among those that take as many calls", () => {
    expect(chosenFor(everybody({ off: ["FINPASS"] }), ["FILINGS"], 1)).toBe("DEEPVUE");
  });

  it("one that only concludes the document is passed over", () => {
    expect(chosenFor(everybody({ off: ["FINPASS", "DEEPVUE"] }), ["FILINGS"])).toBe("KWIKID");
  });

  it("one that is ill is passed over", () => {
    expect(chosenFor(everybody({ ill: ["FINPASS"] }), ["FILINGS"])).toBe("DEEPVUE");
  });

  it("one that is ill is taken when nobody else carries the document", () => {
    expect(chosenFor(everybody({ ill: ["TUTELAR"] }), ["VERIFICATION_FORM"])).toBe("TUTELAR");
  });

  it("one that is off is passed over", () => {
    expect(chosenFor(everybody({ off: ["FINPASS"] }), ["FILINGS"], 1)).toBe("DEEPVUE");
  });

  it("nobody is chosen when all who carry it are off", () => {
    expect(() => chosenFor(everybody({ off: ["TUTELAR"] }), ["VERIFICATION_FORM"])).toThrow(
      expect.objectContaining({ code: "PROVIDER_NOT_CONFIGURED" }) as Error,
    );
  });

  it("no login is made for what needs none", () => {
    expect(() => chosenFor(everybody(), ["COMPLIANCE"])).toThrow(
      expect.objectContaining({ code: "BAD_INPUT" }) as Error,
    );
  });
});

describe("a provider that is named", () => {
  it("brings what it carries of the wanted", () => {
    const wish = { provider: "KWIKID", documents: ["FILINGS", "TAX_CREDITS"], years: 3 } as const;
    expect(chooseLogin(everybody(), wish).documents).toEqual(["FILINGS"]);
  });

  it("brings all it carries when nothing is named", () => {
    expect(chooseLogin(everybody(), { provider: "TUTELAR", documents: undefined, years: 3 }).documents).toEqual([
      "VERIFICATION_FORM",
      "FILINGS",
    ]);
  });

  it.each([
    ["needs no session", "EKO", undefined, "BAD_INPUT"],
    ["carries none of the wanted", "KWIKID", ["TAX_CREDITS"] as const, "BAD_INPUT"],
    ["is unknown", "NOBODY", undefined, "PROVIDER_NOT_CONFIGURED"],
  ])("is refused when it %s", (_why, provider, documents, code) => {
    expect(() => chooseLogin(everybody(), { provider, documents, years: 3 })).toThrow(
      expect.objectContaining({ code }) as Error,
    );
  });

  it("is refused when it is off", () => {
    const connected = everybody({ off: ["KWIKID"] });
    expect(() => chooseLogin(connected, { provider: "KWIKID", documents: undefined, years: 3 })).toThrow(
      expect.objectContaining({ code: "PROVIDER_NOT_CONFIGURED" }) as Error,
    );
  });
});
