import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from "type-graphql";
import { instantAt, type Instant } from "../../domain";
import type * as ports from "../../sessions/ports";
import { type GraphContext, forget } from "../context";
import { Requires } from "../access";
import { panArgument, Problem, problemIn, DateTimeScalar, PanScalar } from "../types";
import { Sensitive } from "../authorization";

@InputType({ description: "A taxpayer who is to be forgotten." })
class EraseTaxpayerInput {
  @Field(() => PanScalar, { description: 'Who: "ABCDE1234F".' })
  @Sensitive("PERSONAL")
  pan!: string;

  @Field(() => String, {
    description: "Why, for your own records: nobody knows what it holds, so it is not kept here.",
  })
  @Sensitive("PERSONAL")
  reason!: string;
}

@ObjectType({ description: "How much was destroyed." })
class Destroyed {
  @Field(() => Int, { description: "Keys, without which all that is left anywhere is noise." })
  keys!: number;

  @Field(() => Int, { description: "Answers of providers." })
  answers!: number;

  @Field(() => Int, { description: "Consents that can no longer be read." })
  consents!: number;

  @Field(() => Int, { description: "Sessions that can no longer be used." })
  sessions!: number;
}

@ObjectType({ description: "What was destroyed, and when." })
class ErasureReceipt {
  @Field(() => ID, { description: "To be kept: the same receipt comes back when the same taxpayer is erased again." })
  id!: string;

  @Field(() => ID, { description: "The id under which this tenant knew the taxpayer." })
  taxpayer!: string;

  @Field(() => DateTimeScalar, { description: "When it was destroyed: the first time counts." })
  erasedAt!: Instant;

  @Field(() => Destroyed, { description: "What was destroyed." })
  destroyed!: Destroyed;
}

@ObjectType({ description: "The receipt, or what stood in the way." })
class ErasePayload {
  @Field(() => ErasureReceipt, { nullable: true, description: "Proof that it is done." })
  receipt?: ErasureReceipt | undefined;

  @Field(() => Problem, { nullable: true, description: "What stood in the way, and whose doing it is." })
  problem?: Problem | undefined;
}

@Resolver()
export class ErasureResolver {
  @Requires("subject:erase")
  @Mutation(() => ErasePayload, {
    description:
      "Forgets a taxpayer: their sessions end, their key is destroyed, and reads answer ERASED. A new consent starts afresh under a new key.",
  })
  async eraseTaxpayer(
    @Arg("input", () => EraseTaxpayerInput, { description: "Whom to forget." }) input: EraseTaxpayerInput,
    @Ctx() context: GraphContext,
  ): Promise<ErasePayload> {
    const { access, by, sessions } = context;
    const pan = panArgument(context, "pan", input.pan);
    try {
      return { receipt: toErasureReceipt(await sessions.erase(access.tenant, pan, by)) };
    } catch (thrown) {
      return { problem: problemIn(thrown) };
    } finally {
      forget(context);
    }
  }
}

function toErasureReceipt({ id, taxpayerId, erasedAtMs, destroyed }: ports.ErasureReceipt): ErasureReceipt {
  return { id, taxpayer: taxpayerId, erasedAt: instantAt(erasedAtMs), destroyed };
}
