import type { Address, Profile } from "../../../domain";
import type { ReturnDetails } from "../contract";
import { readVendorDate } from "./vendorDates";

/** What the vendor tells of the person beside a return, completed by what the return itself holds. */
export function toProfile(details: ReturnDetails, parsed: Profile | undefined): Profile | undefined {
  const facts = {
    ...parsed,
    name: details.name ?? parsed?.name,
    dateOfBirth: readVendorDate(details.dob) ?? parsed?.dateOfBirth,
    gender: details.gender ?? parsed?.gender,
    email: details.email ?? parsed?.email,
    mobile: details.mobile_no ?? parsed?.mobile,
    address: parsed?.address ?? addressOf(details),
    aadhaar: details.aadhaar ?? parsed?.aadhaar,
  };
  if (Object.values(facts).every((fact) => fact === undefined)) return undefined;
  // An Aadhaar number in a return is no word about its link with the PAN.
  return { ...facts, aadhaarLink: parsed?.aadhaarLink ?? { linked: null } };
}

function addressOf({ address, pincode }: ReturnDetails): Address | undefined {
  if (address === undefined && pincode === undefined) return undefined;
  return { lines: address === undefined ? [] : [address], postalCode: pincode };
}
