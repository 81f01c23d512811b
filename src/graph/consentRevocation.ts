import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from "type-graphql";
import { Consent, toConsent } from "./consent";
import { type GraphContext, forget } from "./context";
import { Requires } from "./access";
import { Problem, problemIn } from "./problem";
import { Sensitive } from "./authorization/sensitive";

@InputType({ description: "A consent that the taxpayer withdraws." })
class RevokeConsentInput {
  @Field(() => ID, { description: "As Session.consent names it." })
  consentId!: string;

  @Field(() => String, {
    nullable: true,
    description: "For your own records: nobody knows what it holds, so it is not kept here.",
  })
  @Sensitive("PERSONAL")
  reason?: string | null;
}

@ObjectType({ description: "The consent as it stands now, or what stood in the way." })
class RevokeConsentPayload {
  @Field(() => Consent, { nullable: true, description: "The consent, REVOKED." })
  consent?: Consent | undefined;

  @Field(() => Problem, { nullable: true, description: "What stood in the way, and whose doing it is." })
  problem?: Problem | undefined;
}

@Resolver()
export class ConsentRevocationResolver {
  @Requires("session:write")
  @Mutation(() => RevokeConsentPayload, {
    description:
      "Withdraws a consent: its sessions end, what was fetched under it is deleted, and reads answer CONSENT_REVOKED. Revoking it again changes nothing.",
  })
  async revokeConsent(
    @Arg("input", () => RevokeConsentInput, { description: "What is withdrawn." }) { consentId }: RevokeConsentInput,
    @Ctx() context: GraphContext,
  ): Promise<RevokeConsentPayload> {
    const { access, by, sessions, clock } = context;
    try {
      const consent = await sessions.revokeConsent(access.tenant, consentId, by);
      return { consent: toConsent(consent, clock.now()) };
    } catch (thrown) {
      return { problem: problemIn(thrown) };
    } finally {
      forget(context);
    }
  }
}
