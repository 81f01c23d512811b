import { Length, ValidateNested } from "class-validator";
import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from "type-graphql";
import { readAadhaar } from "../../domain";
import { Fault } from "../../kernel";
import type { AadhaarLinkRequest } from "../../reading";
import { Requires } from "../access";
import { Sensitive } from "../authorization";
import { forget, type GraphContext } from "../context";
import { panArgument, PanScalar, Problem, problemIn } from "../types";
import { ConsentInput, toConsentTerms } from "./sessionInputs";

@InputType({ description: "A PAN and an Aadhaar number, to be checked against each other." })
class AadhaarLinkInput {
  @Field(() => PanScalar, { description: 'The PAN: "ABCDE1234F".' })
  @Sensitive("PERSONAL")
  pan!: string;

  @Field(() => String, {
    description:
      "The Aadhaar number: 12 digits, the last of which checks the others. It is never kept. Send it as a variable only.",
  })
  @Sensitive("SECRET")
  aadhaar!: string;

  @Field(() => ConsentInput, { description: "What the taxpayer agreed to. Without it nothing is asked." })
  @ValidateNested()
  consent!: ConsentInput;

  @Field(() => String, {
    description:
      "A name of your own for this request, new for each, up to 200 letters. The same name with the same input brings the same result and makes no second call; with other input it is a CONFLICT. It is remembered for a day.",
  })
  @Sensitive("PERSONAL")
  @Length(1, 200)
  idempotencyKey!: string;
}

@ObjectType({ description: "Whether the pair is linked, or what stood in the way." })
class AadhaarLinkPayload {
  @Field(() => Boolean, {
    nullable: true,
    description:
      "Whether the Income Tax Department has this PAN linked with this number; null where that is not known.",
  })
  linked?: boolean | null | undefined;

  @Field(() => String, { nullable: true, description: "The provider's own words." })
  label?: string | undefined;

  @Field(() => Problem, { nullable: true, description: "What stood in the way, and whose doing it is." })
  problem?: Problem | undefined;

  @Field(() => Boolean, { description: "Whether this key was used before, so that no call was made." })
  replayed!: boolean;
}

@Resolver()
export class AadhaarLinkResolver {
  @Requires("session:write")
  @Mutation(() => AadhaarLinkPayload, {
    description:
      "Checks a PAN against an Aadhaar number: one call to a provider, and no login. The result is kept under the consent as the profile's aadhaarLink; the number is not kept.",
  })
  async checkAadhaarLink(
    @Arg("input", () => AadhaarLinkInput, { description: "The pair, and what the taxpayer agreed to." })
    input: AadhaarLinkInput,
    @Ctx() context: GraphContext,
  ): Promise<AadhaarLinkPayload> {
    const request = toRequest(input, context);
    try {
      const { link, problem, replayed } = await context.checkAadhaarLink(request);
      return { linked: link?.linked, label: link?.label, problem: problem && problemIn(problem), replayed };
    } catch (thrown) {
      return { problem: problemIn(thrown), replayed: false };
    } finally {
      forget(context);
    }
  }
}

function toRequest(
  { pan, aadhaar, consent, idempotencyKey }: AadhaarLinkInput,
  context: GraphContext,
): AadhaarLinkRequest {
  const number = readAadhaar(aadhaar);
  if (number === undefined) {
    const hint = "An Aadhaar number has 12 digits, and the last of them fits the others.";
    throw new Fault("BAD_INPUT", { field: "aadhaar", hint });
  }
  return { pan: panArgument(context, "pan", pan), aadhaar: number, consent: toConsentTerms(consent), idempotencyKey };
}
