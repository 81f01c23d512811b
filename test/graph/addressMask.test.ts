import { maskAddress } from "../../src/graph/taxpayer/profile";

describe("a masked address", () => {
  it("shows the city and what lies around it", () => {
    const address = {
      lines: ["12 Lake Road", "Second floor"],
      locality: "Karve Nagar",
      city: "Pune",
      state: "Maharashtra",
      postalCode: "411001",
      country: "India",
    };
    expect(maskAddress(address)).toEqual({
      lines: ["***"],
      locality: "***",
      city: "Pune",
      state: "Maharashtra",
      postalCode: "411***",
      country: "India",
    });
  });

  it("shows nothing of a postal code that is no longer than what is masked", () => {
    expect(maskAddress({ lines: [], postalCode: "AD1" })).toMatchObject({ postalCode: "***" });
  });

  it("tells nothing where nothing is told", () => {
    expect(maskAddress({ lines: [] })).toEqual({ lines: [] });
  });
});
