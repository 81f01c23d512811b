import { Field, ID, Int, ObjectType } from "type-graphql";
import type { DocumentKind } from "../domain/answer";
import { instantAt, type Instant } from "../domain/calendarDate";
import { lapseOf, type ConsentPurpose } from "../domain/consent";
import { assessmentYearLabel } from "../domain/taxPeriod";
import type { FaultCode } from "../kernel/fault";
import type { KeptConsent } from "../sessions/ports";
import { ConsentPurposeEnum, ConsentStandingEnum, type consentStandings, DocumentKindEnum } from "./enums";
import { AssessmentYearScalar, DateTimeScalar } from "./scalars";

type ConsentStanding = (typeof consentStandings)[number];

@ObjectType({
  description: "What a taxpayer agreed to: which documents of which years, for what, until when, and how often.",
})
export class Consent {
  @Field(() => ID, { description: "To be named in revokeConsent." })
  id!: string;

  @Field(() => ConsentPurposeEnum, { description: "What the data may be used for." })
  purpose!: ConsentPurpose;

  @Field(() => String, { nullable: true, description: "The caller's own name for it." })
  reference?: string | undefined;

  @Field(() => ConsentStandingEnum, { description: "Whether it holds at this moment." })
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

  @Field(() => [DocumentKindEnum], { description: "The documents it is about." })
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

/** A consent that does not hold, but has neither ended nor been withdrawn, has not begun. */
const standingByLapse: Readonly<Partial<Record<FaultCode, ConsentStanding>>> = {
  CONSENT_REVOKED: "REVOKED",
  CONSENT_EXPIRED: "EXPIRED",
};

function standingOf(consent: KeptConsent, nowMs: number): ConsentStanding {
  const lapse = lapseOf(consent, nowMs);
  return lapse ? (standingByLapse[lapse.code] ?? "NOT_STARTED") : "LIVE";
}
