import type { Address, CalendarDate, Jurisdiction, Profile } from "../../domain";
import type { Facts } from "./facts";
import { cityByName, type CityName } from "./cities";
import { digitsFrom, mobileOf } from "./identity";

function addressIn(city: CityName, houseNumber: number): Address {
  const { state, locality, postalCode } = cityByName[city];
  return {
    lines: [`FLAT ${houseNumber}`, "SHANTI APARTMENTS", "STATION ROAD"],
    locality,
    city,
    state,
    postalCode,
    country: "INDIA",
  };
}

function jurisdictionIn(city: CityName): Jurisdiction {
  const { areaCode } = cityByName[city];
  return {
    name: `WARD 12(1), ${city}`,
    areaCode,
    officerKind: "W",
    rangeCode: "112",
    officerNumber: "1",
    office: `AAYAKAR BHAVAN, ${city}`,
    email: `${city.toLowerCase()}.ito12.1@example.com`,
  };
}

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
