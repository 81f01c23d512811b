import type { CalendarDate } from "../../../src/domain/calendarDate";
import { maskAadhaar } from "../../../src/domain/masks";
import { reconcileProfiles } from "../../../src/domain/reconcile";
import type { Profile } from "../../../src/domain/taxpayer";
import { reported } from "./reported";

const asha: Profile = {
  name: "ASHA PATIL",
  dateOfBirth: "1988-05-14" as CalendarDate,
  email: "asha@example.com",
  mobile: "9800000001",
  address: { lines: ["12 Lake Road"], city: "Pune" },
  aadhaar: maskAadhaar("XXXXXXXX0124")!,
  aadhaarLink: { linked: true, label: "Linked" },
};

function disputed(changes: Partial<Profile>) {
  return reconcileProfiles([reported("KWIKID", { ...asha, ...changes }), reported("DEEPVUE", asha)])?.disagreements;
}

describe("the profile of a person", () => {
  it("is nothing where nobody tells one", () => {
    expect(reconcileProfiles([])).toBeUndefined();
  });

  it("is that of the one provider who tells it", () => {
    expect(reconcileProfiles([reported("KWIKID", asha)])).toMatchObject({ value: asha, disagreements: [] });
  });

  it("is completed by those who tell more", () => {
    const reconciled = reconcileProfiles([
      reported("DEEPVUE", { ...asha, mobile: undefined }, { method: "PARSED" }),
      reported("KWIKID", { ...asha, email: undefined }),
    ]);
    expect(reconciled?.value).toEqual(asha);
  });

  it.each<[string, Partial<Profile>]>([
    ["name", { name: "USHA PATIL" }],
    ["dateOfBirth", { dateOfBirth: "1988-05-15" as CalendarDate }],
    ["aadhaar", { aadhaar: maskAadhaar("XXXXXXXX9999")! }],
    ["aadhaarLink.linked", { aadhaarLink: { linked: false } }],
  ])("is disputed at %s", (path, changes) => {
    expect(disputed(changes)?.map((each) => each.path)).toEqual([path]);
  });

  it.each(["Asha Patil", "PATIL ASHA", "Patil,  Asha"])("is not disputed over the spelling %s", (name) => {
    expect(disputed({ name })).toEqual([]);
  });

  it("is not disputed over ways of reaching the person", () => {
    expect(disputed({ email: "other@example.com", mobile: "9800000002", address: { lines: ["1"] } })).toEqual([]);
  });

  it("has an address from one provider alone", () => {
    const reconciled = reconcileProfiles([
      reported("DEEPVUE", { ...asha, address: { lines: ["7 Hill Road"] } }),
      reported("KWIKID", asha),
    ]);
    expect(reconciled?.value.address).toEqual({ lines: ["7 Hill Road"] });
  });

  it("has the word about Aadhaar from the one who knows it", () => {
    const reconciled = reconcileProfiles([
      reported("DEEPVUE", { ...asha, aadhaarLink: { linked: null, label: "Not available" } }),
      reported("KWIKID", asha),
    ]);
    expect(reconciled?.value.aadhaarLink).toEqual({ linked: true, label: "Linked" });
  });
});
