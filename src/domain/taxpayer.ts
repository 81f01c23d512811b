import type { CalendarDate } from "./calendarDate";
import type { MaskedAadhaar } from "./masks";

/** Who the taxpayer is, as one provider reports it. An unknown fact is left out. */
export interface Profile {
  readonly name?: string | undefined;
  readonly dateOfBirth?: CalendarDate | undefined;
  readonly gender?: string | undefined;
  readonly category?: string | undefined;
  readonly status?: string | undefined;
  readonly email?: string | undefined;
  readonly mobile?: string | undefined;
  readonly address?: Address | undefined;
  readonly aadhaar?: MaskedAadhaar | undefined;
  readonly aadhaarLink: AadhaarLink;
  readonly jurisdiction?: Jurisdiction | undefined;
}

export interface Address {
  /** House, building and street, in the order they are written. */
  readonly lines: readonly string[];
  readonly locality?: string | undefined;
  readonly city?: string | undefined;
  readonly state?: string | undefined;
  /** Text, since an address abroad may hold letters here. */
  readonly postalCode?: string | undefined;
  readonly country?: string | undefined;
}

export interface AadhaarLink {
  /** Null where no provider knows. Null does not mean "not linked". */
  readonly linked: boolean | null;
  /** The provider's own words. */
  readonly label?: string | undefined;
}

/** The assessing officer and the office the taxpayer belongs to. */
export interface Jurisdiction {
  readonly name?: string | undefined;
  readonly areaCode?: string | undefined;
  readonly officerKind?: string | undefined;
  readonly rangeCode?: string | undefined;
  readonly officerNumber?: string | undefined;
  readonly office?: string | undefined;
  readonly email?: string | undefined;
}
