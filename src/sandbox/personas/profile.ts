import type { CalendarDate, Profile } from "../../domain";
import { addressIn, jurisdictionIn } from "./cities";
import type { Facts } from "./facts";
import { digitsFrom, mobileOf } from "./identity";

const categoryByHolder = { INDIVIDUAL: "Individual", FAMILY: "HUF", FIRM: "Firm", COMPANY: "Company" } as const;

export function profileOf(facts: Facts): Profile {
  const { pan, name, bornOn, gender, city, holder = "INDIVIDUAL", residence } = facts;
  const isPerson = holder === "INDIVIDUAL";
  return {
    name,
    dateOfBirth: bornOn as CalendarDate,
    ...(gender && { gender }),
    category: categoryByHolder[holder],
    status: residence === "NRI" ? "Non-resident" : "Resident",
    email: `${name.toLowerCase().replace(/[^a-z]+/g, ".")}@example.com`,
    mobile: mobileOf(pan),
    address: addressIn(city, 1 + Number(digitsFrom(`${pan} house`, 2))),
    aadhaarLink: facts.aadhaarLink ?? (isPerson ? { linked: true, label: "Linked" } : { linked: null }),
    jurisdiction: jurisdictionIn(city),
  };
}
