import type { DocumentKind } from "../../src/domain/answer";
import type { ConnectedProvider } from "../../src/providers/connectedProvider";
import type { LoginClient } from "../../src/providers/loginClient";
import type { OperationHealth } from "../../src/providers/provider";
import { providers } from "../../src/providers/registry";
import { chooseLogin } from "../../src/sessions/choice";

const open: OperationHealth = {
  operation: "login",
  breaker: "OPEN",
  calls: 9,
  successRate: 0,
  p50Ms: undefined,
  p95Ms: undefined,
};

function everybody({ off = [], ill = [] }: { off?: string[]; ill?: string[] } = {}): ConnectedProvider[] {
  return providers.map((provider) => ({
    provider,
    mode: off.includes(provider.id) ? "OFF" : "SANDBOX",
    client: off.includes(provider.id)
      ? undefined
      : ({ needs: provider.login === "NONE" ? "PAN" : "LOGIN" } as LoginClient),
    pollMs: undefined,
    health: () => (ill.includes(provider.id) ? [open] : []),
  }));
}

const chosenFor = (connected: ConnectedProvider[], documents: DocumentKind[] | undefined) =>
  chooseLogin(connected, { provider: undefined, documents }).chosen.provider.id;

describe("left without a provider", () => {
  it.each<[string, DocumentKind[] | undefined]>([
    ["DEEPVUE", ["PROFILE", "FILINGS", "INFORMATION_STATEMENT"]],
    ["FINPASS", ["FILINGS", "DEMANDS"]],
    ["TUTELAR", ["VERIFICATION_FORM"]],
    ["FINPASS", undefined],
  ])("%s is chosen, who brings the wanted in one login: %p", (id, documents) => {
    expect(chosenFor(everybody(), documents)).toBe(id);
  });

  it("the first of the registry is chosen among equals", () => {
    expect(chosenFor(everybody(), ["FILINGS"])).toBe("KWIKID");
  });

  it("one that is ill is passed over", () => {
    expect(chosenFor(everybody({ ill: ["KWIKID"] }), ["FILINGS"])).toBe("DEEPVUE");
  });

  it("one that is ill is taken when nobody else carries the document", () => {
    expect(chosenFor(everybody({ ill: ["TUTELAR"] }), ["VERIFICATION_FORM"])).toBe("TUTELAR");
  });

  it("one that is off is passed over", () => {
    expect(chosenFor(everybody({ off: ["KWIKID"] }), ["FILINGS"])).toBe("DEEPVUE");
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
    const wish = { provider: "KWIKID", documents: ["FILINGS", "TAX_CREDITS"] as const };
    expect(chooseLogin(everybody(), wish).documents).toEqual(["FILINGS"]);
  });

  it("brings all it carries when nothing is named", () => {
    expect(chooseLogin(everybody(), { provider: "TUTELAR", documents: undefined }).documents).toEqual([
      "VERIFICATION_FORM",
      "FILINGS",
    ]);
  });

  it.each([
    ["needs no session", "EKO", undefined, "BAD_INPUT"],
    ["carries none of the wanted", "KWIKID", ["TAX_CREDITS"] as const, "BAD_INPUT"],
    ["is unknown", "NOBODY", undefined, "PROVIDER_NOT_CONFIGURED"],
  ])("is refused when it %s", (_why, provider, documents, code) => {
    expect(() => chooseLogin(everybody(), { provider, documents })).toThrow(expect.objectContaining({ code }) as Error);
  });

  it("is refused when it is off", () => {
    const connected = everybody({ off: ["KWIKID"] });
    expect(() => chooseLogin(connected, { provider: "KWIKID", documents: undefined })).toThrow(
      expect.objectContaining({ code: "PROVIDER_NOT_CONFIGURED" }) as Error,
    );
  });
});
