import { Arg, Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from "type-graphql";
import type { CalendarDate } from "../domain/calendarDate";
import type { MaskedAadhaar } from "../domain/masks";
import { beliefsOf, type Reconciled } from "../domain/reconcile";
import type * as domain from "../domain/taxpayer";
import { AadhaarLink } from "./aadhaarLink";
import { Address } from "./address";
import { maskAddress } from "./addressMask";
import { maskEmail, maskMobile } from "./contactMasks";
import type { GraphContext } from "./context";
import { Belief } from "./belief";
import { Disagreement } from "./disagreement";
import { Jurisdiction } from "./jurisdiction";
import { Provenance } from "./provenance";
import { reveal as revealed } from "./authorization/reveal";
import { DateScalar } from "./scalars";
import { Sensitive } from "./authorization/sensitive";

@ObjectType({ description: "Who the taxpayer is, as the Department knows them." })
export class Profile implements domain.Profile {
  /** Whole: only the resolver below hands it out, masked. */
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
