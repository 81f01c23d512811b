import { Arg, Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from "type-graphql";
import { type CalendarDate, type MaskedAadhaar, beliefsOf, type Reconciled } from "../../domain";
import type * as domain from "../../domain";
import type { GraphContext } from "../context";
import { Belief, Disagreement, Provenance, DateScalar } from "../types";
import { reveal as revealed, Sensitive } from "../authorization";

@ObjectType({ description: "Whether this PAN is linked with an Aadhaar number, as the law asks of most individuals." })
class AadhaarLink implements domain.AadhaarLink {
  @Field(() => Boolean, { nullable: true, description: "Null where no provider knows: that is not a missing link." })
  linked!: boolean | null;

  @Field(() => String, { nullable: true, description: "The provider's own words." })
  label?: string | undefined;
}

@ObjectType({ description: "The assessing officer, and the office of the Department that the taxpayer belongs to." })
class Jurisdiction implements domain.Jurisdiction {
  @Field(() => String, { nullable: true, description: 'The name of the ward or circle: "WARD 3(1), PUNE".' })
  name?: string | undefined;

  @Field(() => String, { nullable: true, description: 'The code of the area: "PNE".' })
  areaCode?: string | undefined;

  @Field(() => String, { nullable: true, description: 'W for a ward, C for a circle: "W".' })
  officerKind?: string | undefined;

  @Field(() => String, { nullable: true, description: 'The code of the range: "103".' })
  rangeCode?: string | undefined;

  @Field(() => String, { nullable: true, description: 'The number of the assessing officer: "1".' })
  officerNumber?: string | undefined;

  @Field(() => String, { nullable: true, description: "The building or the place where the office is." })
  office?: string | undefined;

  @Field(() => String, { nullable: true, description: "The office's own address, not the taxpayer's." })
  email?: string | undefined;
}

/** "a***@example.com": enough for its owner to know it again. */
export function maskEmail(text: string): string {
  const [, local = "", domain] = /^([^@]*)@([^@]+)$/.exec(text.trim()) ?? [];
  // In a name of one or two letters, one visible letter would be too much.
  const first = local.length > 2 ? local.charAt(0) : "";
  return domain === undefined ? "***" : `${first}***@${domain}`;
}

/** "XXXXXX0001", for any spelling of the number. */
export function maskMobile(text: string): string {
  const digits = text.replace(/[^0-9X*]/gi, "");
  return digits.length >= 8 ? `XXXXXX${digits.slice(-4)}` : "XXXXXX";
}

/**
 * "***", "Pune", "Maharashtra", "411***": the city but not the house, which is enough for a decision. The last three
 * digits of a postal code name the post office.
 */
export function maskAddress({ lines, locality, postalCode, ...around }: domain.Address): domain.Address {
  return {
    ...around,
    lines: lines.length > 0 ? ["***"] : [],
    locality: locality && "***",
    postalCode: postalCode && `${postalCode.slice(0, -3)}***`,
  };
}

@ObjectType({ description: "Where a taxpayer lives or has their office, as one provider tells it." })
class Address implements domain.Address {
  @Field(() => [String], { description: 'House, building and street, in the order they are written: "12 Lake Road".' })
  lines!: readonly string[];

  @Field(() => String, { nullable: true, description: 'The part of the city: "Karve Nagar".' })
  locality?: string | undefined;

  @Field(() => String, { nullable: true, description: 'City, town or village: "Pune".' })
  city?: string | undefined;

  @Field(() => String, { nullable: true, description: 'State or territory: "Maharashtra".' })
  state?: string | undefined;

  @Field(() => String, { nullable: true, description: 'In India six digits: "411001". Abroad it may hold letters.' })
  postalCode?: string | undefined;

  @Field(() => String, { nullable: true, description: "Null where nobody tells it, which mostly means India." })
  country?: string | undefined;
}

@ObjectType({ description: "Who the taxpayer is, as the Department knows them." })
export class Profile implements domain.Profile {
  /** Not masked here. Only the resolver below returns it, masked. */
  readonly email?: string | undefined;
  readonly mobile?: string | undefined;
  readonly taxpayerId!: string;
  readonly address?: Address | undefined;

  @Field(() => String, { nullable: true, description: 'As it stands in the Department\'s records: "ASHA PATIL".' })
  @Sensitive("PERSONAL")
  name?: string | undefined;

  @Field(() => DateScalar, { nullable: true, description: "Of a company or a firm: the day it was founded." })
  @Sensitive("PERSONAL")
  dateOfBirth?: CalendarDate | undefined;

  @Field(() => String, { nullable: true, description: 'The provider\'s own word: "FEMALE".' })
  gender?: string | undefined;

  @Field(() => String, {
    nullable: true,
    description: 'What kind of taxpayer, in the provider\'s words: "Individual".',
  })
  category?: string | undefined;

  @Field(() => String, {
    nullable: true,
    description: 'Whether the PAN is in use, in the provider\'s words: "Active".',
  })
  status?: string | undefined;

  @Field(() => String, {
    nullable: true,
    description: 'Always masked, "XXXX XXXX 5678": a full Aadhaar number never enters the service.',
  })
  @Sensitive("PERSONAL")
  aadhaar?: MaskedAadhaar | undefined;

  @Field(() => AadhaarLink, { description: "Whether PAN and Aadhaar number are linked." })
  aadhaarLink!: AadhaarLink;

  @Field(() => Jurisdiction, { nullable: true, description: "Which office of the Department is in charge." })
  jurisdiction?: Jurisdiction | undefined;

  @Field(() => [Provenance], { description: "Who said so, the most believed first." })
  provenance!: readonly Provenance[];

  @Field(() => [Belief], {
    description: "Whose word each fact of it is, and why theirs.",
  })
  beliefs!: readonly Belief[];

  @Field(() => [Disagreement], { description: "Where two providers tell one fact in different ways." })
  disagreements!: readonly Disagreement[];
}

export function toProfile(taxpayerId: string, reconciled: Reconciled<domain.Profile>): Profile {
  const { value, provenance, disagreements } = reconciled;
  return {
    ...value,
    taxpayerId,
    provenance,
    get beliefs() {
      return beliefsOf(reconciled);
    },
    disagreements,
  };
}

@Resolver(() => Profile)
export class ProfileResolver {
  @Sensitive("PERSONAL")
  @FieldResolver(() => String, {
    nullable: true,
    description: 'Masked, "a***@example.com"; whole only with the scope pii:reveal, and then on record.',
  })
  email(
    @Root() { email, taxpayerId }: Profile,
    @Ctx() context: GraphContext,
    @Arg("reveal", () => Boolean, { nullable: true, defaultValue: false }) reveal: boolean,
  ): string | Promise<string | undefined> | undefined {
    if (reveal) return revealed(email, { field: "Profile.email", taxpayerId }, context);
    return email && maskEmail(email);
  }

  @Sensitive("PERSONAL")
  @FieldResolver(() => String, {
    nullable: true,
    description: 'Masked, "XXXXXX0001"; whole only with the scope pii:reveal, and then on record.',
  })
  mobile(
    @Root() { mobile, taxpayerId }: Profile,
    @Ctx() context: GraphContext,
    @Arg("reveal", () => Boolean, { nullable: true, defaultValue: false }) reveal: boolean,
  ): string | Promise<string | undefined> | undefined {
    if (reveal) return revealed(mobile, { field: "Profile.mobile", taxpayerId }, context);
    return mobile && maskMobile(mobile);
  }

  @Sensitive("PERSONAL")
  @FieldResolver(() => Address, {
    nullable: true,
    description:
      "Taken from one provider. Masked to the city and what lies around it; whole only with the scope pii:reveal, and then on " +
      "record.",
  })
  address(
    @Root() { address, taxpayerId }: Profile,
    @Ctx() context: GraphContext,
    @Arg("reveal", () => Boolean, { nullable: true, defaultValue: false }) reveal: boolean,
  ): Address | Promise<Address | undefined> | undefined {
    if (reveal) return revealed(address, { field: "Profile.address", taxpayerId }, context);
    return address && maskAddress(address);
  }
}
