import { maskAadhaar, type AadhaarLink, type Address, type Jurisdiction, type Profile } from "../../../domain";
import { asObject, textOf, type JsonObject } from "../../replies";
import { dateOf } from "./values";

export function toProfile(told: JsonObject): Profile {
  const address = asObject(told.address);
  const jurisdiction = asObject(told.jurisdiction);
  return {
    name: textOf(told.name),
    dateOfBirth: dateOf(told.dob),
    gender: textOf(told.gender),
    category: textOf(told.category),
    status: textOf(told.status),
    email: textOf(told.email),
    mobile: textOf(told.mobile),
    address: address && toAddress(address),
    aadhaar: maskAadhaar(textOf(told.aadhaar_number) ?? ""),
    aadhaarLink: toAadhaarLink(told) ?? { linked: null },
    jurisdiction: jurisdiction && toJurisdiction(jurisdiction),
  };
}

/** Undefined where the vendor says nothing about it. */
export function toAadhaarLink(told: JsonObject): AadhaarLink | undefined {
  const label = textOf(told.aadhaar_status);
  if (label === undefined) return undefined;
  const word = label.toLowerCase().replace(/[^a-z]/g, "");
  return { linked: word === "linked" ? true : /^(not|un)linked$/.test(word) ? false : null, label };
}

function toAddress(told: JsonObject): Address {
  return {
    lines: [told.door_number, told.street].map(textOf).filter((line) => line !== undefined),
    locality: textOf(told.locality),
    city: textOf(told.city),
    state: textOf(told.state),
    postalCode: textOf(told.pin_code) ?? textOf(told.zip_code),
    country: textOf(told.country),
  };
}

function toJurisdiction(told: JsonObject): Jurisdiction {
  return {
    name: textOf(told.jurisdiction),
    areaCode: textOf(told.area_code),
    officerKind: textOf(told.ao_type),
    rangeCode: textOf(told.range_code),
    officerNumber: textOf(told.ao_number),
    office: textOf(told.building_name),
    email: textOf(told.email_id),
  };
}
