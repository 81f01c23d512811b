import { Field, ObjectType } from "type-graphql";
import {
  type Found,
  type CalendarDate,
  type Instant,
  type FilingStatus,
  type AcknowledgementNumber,
  assessmentYearLabel,
} from "../../domain";
import type * as domain from "../../domain";
import { enums, Provenance, AssessmentYearScalar, DateScalar, DateTimeScalar } from "../types";

@ObjectType({
  description: "Whether this taxpayer has filed as the law asks, for the latest year the provider looks at.",
})
export class ComplianceStatus implements Omit<domain.ComplianceStatus, "incomeYear"> {
  @Field(() => Boolean, { description: "Whether a return was filed for this year." })
  itrFiled!: boolean;

  @Field(() => enums.ComplianceStanding)
  standing!: domain.Word<"ComplianceStanding">;

  @Field(() => String, { description: "The provider's own word for the standing." })
  standingLabel!: string;

  @Field(() => enums.FilingStatus)
  filingStatus!: FilingStatus;

  @Field(() => String, { nullable: true, description: "The provider's own word for the filing status." })
  filingStatusLabel?: string | undefined;

  @Field(() => AssessmentYearScalar, {
    nullable: true,
    description: "The year that the provider looked at: it chooses.",
  })
  assessmentYear?: string | undefined;

  @Field(() => DateScalar, { nullable: true })
  filedOn?: CalendarDate | undefined;

  @Field(() => String, { nullable: true, description: "The receipt number of the filed return: 15 digits." })
  acknowledgementNumber?: AcknowledgementNumber | undefined;

  @Field(() => DateTimeScalar, { description: "When the provider was asked." })
  checkedAt!: Instant;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether the filings held here say the same; null when no filing of that year is held.",
  })
  agreesWithFilings?: boolean | undefined;

  @Field(() => Provenance)
  provenance!: Provenance;
}

export function toComplianceStatus({ value, provenance }: Found<domain.ComplianceStatus>): ComplianceStatus {
  const { incomeYear, ...status } = value;
  return { ...status, assessmentYear: incomeYear && assessmentYearLabel(incomeYear), provenance };
}
