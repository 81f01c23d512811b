import { Field, ID, Int, ObjectType, Arg, Ctx, FieldResolver, InputType, Mutation, Resolver, Root } from "type-graphql";
import {
  type DocumentKind,
  instantAt,
  type Instant,
  lapseOf,
  type ConsentPurpose,
  assessmentYearLabel,
} from "../../domain";
import type { FaultCode } from "../../kernel";
import type { KeptConsent } from "../../sessions/ports";
import { enums, AssessmentYearScalar, DateTimeScalar, Problem, problemIn } from "../types";
import { type GraphContext, forget } from "../context";
import { Requires } from "../access";
import { Sensitive } from "../authorization";

type ConsentStanding = keyof typeof enums.ConsentStanding;

@ObjectType({
  description: "What a taxpayer agreed to: which documents of which years, for what, until when, and how often.",
})
export class Consent {
  @Field(() => ID, { description: "To be named in revokeConsent." })
  id!: string;

  @Field(() => enums.ConsentPurpose, { description: "What the data may be used for." })
  purpose!: ConsentPurpose;

  @Field(() => String, { nullable: true, description: "The caller's own name for it." })
  reference?: string | undefined;

  @Field(() => enums.ConsentStanding, { description: "Whether it holds at this moment." })
  standing!: ConsentStanding;

  @Field(() => DateTimeScalar, { description: "From when on it holds." })
  startsAt!: Instant;

  @Field(() => DateTimeScalar, { description: "From then on nothing is fetched or read under it." })
  expiresAt!: Instant;

  @Field(() => Int, { description: "How many days what was fetched may be kept." })
  dataLifeDays!: number;

  @Field(() => Int, { nullable: true, description: "How often data may be fetched; null when there is no such limit." })
  maxFetches?: number | undefined;

  @Field(() => Int, { description: "How often data has been fetched." })
  fetches!: number;

  @Field(() => [enums.DocumentKind], { description: "The documents it is about." })
  documents!: readonly DocumentKind[];

  @Field(() => [AssessmentYearScalar], { description: "The years it is about, newest first." })
  assessmentYears!: readonly string[];

  @Field(() => DateTimeScalar, { description: "When it was told to this service." })
  grantedAt!: Instant;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the taxpayer withdrew it." })
  revokedAt?: Instant | undefined;
}

export function toConsent(kept: KeptConsent, nowMs: number): Consent {
  const { id, purpose, reference, dataLifeDays, mostFetches, fetches, documents, incomeYears, revokedAtMs } = kept;
  return {
    id,
    purpose,
    reference,
    standing: standingOf(kept, nowMs),
    startsAt: instantAt(kept.startsAtMs),
    expiresAt: instantAt(kept.expiresAtMs),
    dataLifeDays,
    maxFetches: mostFetches,
    fetches,
    documents,
    assessmentYears: incomeYears.map(assessmentYearLabel),
    grantedAt: instantAt(kept.grantedAtMs),
    revokedAt: revokedAtMs === undefined ? undefined : instantAt(revokedAtMs),
  };
}

/** A consent that does not hold and has neither ended nor been revoked has not started. */
const standingByLapse: Readonly<Partial<Record<FaultCode, ConsentStanding>>> = {
  CONSENT_REVOKED: "REVOKED",
  CONSENT_EXPIRED: "EXPIRED",
};

function standingOf(consent: KeptConsent, nowMs: number): ConsentStanding {
  const lapse = lapseOf(consent, nowMs);
  return lapse ? (standingByLapse[lapse.code] ?? "NOT_STARTED") : "LIVE";
}

@ObjectType({ description: "A consent as something one can hold: a signed statement of what was agreed." })
class ConsentReceipt {
  @Field(() => ID, { description: "The taxpayer's page of this consent is named by it." })
  id!: string;

  @Field(() => DateTimeScalar, { description: "When it was made: with the consent, once for ever." })
  issuedAt!: Instant;

  @Field(() => String, {
    description: "SHA-256 of the decoded payload, in hex. Records of the audit trail cite it.",
  })
  digest!: string;

  @Field(() => String, {
    description:
      "The receipt: a compact JWS (EdDSA), verified by the keys at /.well-known/jwks.json. Its code opens the taxpayer's page, so it is theirs and yours only.",
  })
  @Sensitive("PERSONAL")
  jws!: string;

  @Field(() => String, { description: "The words that were agreed to, line by line." })
  notice!: string;
}

@Resolver(() => Consent)
export class ConsentResolver {
  @FieldResolver(() => ConsentReceipt, { description: "The receipt of this consent, the same each time." })
  async receipt(
    @Root() { id }: Consent,
    @Ctx() { access, consentStore, clock }: GraphContext,
  ): Promise<ConsentReceipt> {
    const receipt = await consentStore.receipt(access.tenant, id, clock.now());
    const { id: receiptId, issuedAtMs, digest, jws, notice } = receipt;
    return { id: receiptId, issuedAt: instantAt(issuedAtMs), digest, jws, notice };
  }
}

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
