import { Arg, Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from "type-graphql";
import type { CalendarDate } from "../domain/calendarDate";
import type { MaskedAadhaar } from "../domain/masks";
import type { Reconciled } from "../domain/reconcile";
import type * as domain from "../domain/taxpayer";
import { AadhaarLink } from "./aadhaarLink";
import { Address } from "./address";
import { maskEmail, maskMobile } from "./contactMasks";
import type { GraphContext } from "./context";
import { Disagreement } from "./disagreement";
import { Jurisdiction } from "./jurisdiction";
import { Provenance } from "./provenance";
import { reveal as revealed } from "./reveal";
import { DateScalar } from "./scalars";

@ObjectType({ description: "Who the taxpayer is, as the Department knows them." })
export class Profile implements domain.Profile {
  /** Whole: only the resolver below hands it out, masked. */
  readonly email?: string | undefined;
  readonly mobile?: string | undefined;

  @Field(() => String, { nullable: true, description: 'As it stands in the Department\'s records: "ASHA PATIL".' })
  name?: string | undefined;

  @Field(() => DateScalar, { nullable: true, description: "Of a company or a firm: the day it was founded." })
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

  @Field(() => Address, { nullable: true, description: "Taken whole from one provider." })
  address?: Address | undefined;

  @Field(() => String, {
    nullable: true,
    description: 'Always masked, "XXXX XXXX 5678": a full Aadhaar number never enters the service.',
  })
  aadhaar?: MaskedAadhaar | undefined;

  @Field(() => AadhaarLink, { description: "Whether PAN and Aadhaar number are linked." })
  aadhaarLink!: AadhaarLink;

  @Field(() => Jurisdiction, { nullable: true, description: "Which office of the Department is in charge." })
  jurisdiction?: Jurisdiction | undefined;

  @Field(() => [Provenance], { description: "Who said so, the most believed first." })
  provenance!: readonly Provenance[];

  @Field(() => [Disagreement], { description: "Where two providers tell one fact in different ways." })
  disagreements!: readonly Disagreement[];
}

export function toProfile({ value, provenance, disagreements }: Reconciled<domain.Profile>): Profile {
  return { ...value, provenance, disagreements };
}

@Resolver(() => Profile)
export class ProfileResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: 'Masked, "a***@example.com"; whole only with the scope pii:reveal, and then on record.',
  })
  email(
    @Root() { email }: Profile,
    @Ctx() context: GraphContext,
    @Arg("reveal", () => Boolean, { nullable: true, defaultValue: false }) reveal: boolean,
  ): string | undefined {
    if (reveal) return revealed(email, "Profile.email", context);
    return email && maskEmail(email);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Masked, "XXXXXX0001"; whole only with the scope pii:reveal, and then on record.',
  })
  mobile(
    @Root() { mobile }: Profile,
    @Ctx() context: GraphContext,
    @Arg("reveal", () => Boolean, { nullable: true, defaultValue: false }) reveal: boolean,
  ): string | undefined {
    if (reveal) return revealed(mobile, "Profile.mobile", context);
    return mobile && maskMobile(mobile);
  }
}
