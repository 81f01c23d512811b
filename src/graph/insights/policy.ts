import { hash } from "node:crypto";
import { Field, Float, InputType, Int, ObjectType } from "type-graphql";
import type * as domain from "../../domain";
import { canonicalPolicy, flawOfPolicy, standardPolicy, type Averaging, type BusinessBasis } from "../../domain";
import { Fault } from "../../kernel";
import { enums } from "../types";

const { name, version, years, businessBasis, grossProfitShare, rentShare, agriculturalShare, averaging } =
  standardPolicy;

@InputType({ description: "A lender's own rules about what income counts." })
export class IncomePolicyInput {
  @Field(() => String, { defaultValue: name, description: "The lender's own name for it, up to 100 letters." })
  name!: string;

  @Field(() => String, { defaultValue: version, description: "Change it with every rule." })
  version!: string;

  @Field(() => Int, { defaultValue: years, description: "How many of the newest returns count: 1 to 7." })
  years!: number;

  @Field(() => enums.BusinessBasis, { defaultValue: businessBasis, description: "What counts of a business." })
  businessBasis!: BusinessBasis;

  @Field(() => Float, {
    defaultValue: grossProfitShare,
    description: "GROSS_PROFIT: the lower of gross profit and this share of turnover, 0 to 1.",
  })
  grossProfitShare!: number;

  @Field(() => Float, {
    nullable: true,
    description: "RECEIPTS: turnover × this. Required then, since lenders differ.",
  })
  receiptsMultiple?: number | null;

  @Field(() => Float, { defaultValue: rentShare, description: "The share of rents that counts, 0 to 1." })
  rentShare!: number;

  @Field(() => Float, {
    defaultValue: agriculturalShare,
    description: "The share of agricultural income that counts, 0 to 1.",
  })
  agriculturalShare!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Other income counts up to this multiple of a positive business income.",
  })
  otherIncomeCap?: number | null;

  @Field(() => enums.Averaging, { defaultValue: averaging, description: "How one amount is made of several years." })
  averaging!: Averaging;

  @Field(() => Float, {
    nullable: true,
    description: "The latest year counts up to this multiple of the return before it.",
  })
  growthCap?: number | null;
}

@ObjectType({ description: "The policy as it was applied." })
export class IncomePolicy implements domain.IncomePolicy {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  version!: string;

  @Field(() => Int)
  years!: number;

  @Field(() => enums.BusinessBasis)
  businessBasis!: BusinessBasis;

  @Field(() => Float)
  grossProfitShare!: number;

  @Field(() => Float, { nullable: true })
  receiptsMultiple?: number | undefined;

  @Field(() => Float)
  rentShare!: number;

  @Field(() => Float)
  agriculturalShare!: number;

  @Field(() => Float, { nullable: true })
  otherIncomeCap?: number | undefined;

  @Field(() => enums.Averaging)
  averaging!: Averaging;

  @Field(() => Float, { nullable: true })
  growthCap?: number | undefined;

  @Field(() => String, {
    description: "SHA-256, in hex, of its JSON without this member: unset members left out, keys sorted, no blanks.",
  })
  digest!: string;
}

type GivenPolicy = Partial<IncomePolicyInput> | null | undefined;

/** What is left out is as in the standard policy. A policy that makes no sense is refused by the name of its field. */
export function toPolicy(input: GivenPolicy): domain.IncomePolicy {
  const policy = completed(input);
  const flaw = flawOfPolicy(policy);
  if (flaw) throw new Fault("BAD_INPUT", { field: `policy.${flaw.field}`, hint: flaw.hint });
  return policy;
}

/** Nothing is read or spent for one that will be refused. */
export function isPolicy(input: GivenPolicy): boolean {
  return flawOfPolicy(completed(input)) === undefined;
}

function completed(input: GivenPolicy): domain.IncomePolicy {
  const given = Object.entries(input ?? {}).filter(([, value]) => (value ?? null) !== null);
  return { ...standardPolicy, ...Object.fromEntries(given) };
}

export function withDigest(policy: domain.IncomePolicy): IncomePolicy {
  return { ...policy, digest: hash("sha256", canonicalPolicy(policy)) };
}
