import { Field, ObjectType } from "type-graphql";
import type { Found } from "../../domain/answer";
import type { CalendarDate, Instant } from "../../domain/calendarDate";
import type * as domain from "../../domain/compliance";
import type { FilingStatus } from "../../domain/filingStatus";
import type { AcknowledgementNumber } from "../../domain/identifiers";
import { assessmentYearLabel } from "../../domain/taxPeriod";
import { ComplianceStandingEnum, FilingStatusEnum } from "../types/enums";
import { Provenance } from "../types/provenance";
import { AssessmentYearScalar, DateScalar, DateTimeScalar } from "../types/scalars";

@ObjectType({
  description: "Whether this taxpayer has filed as the law asks, for the latest year the provider looks at.",
})
export class ComplianceStatus implements Omit<domain.ComplianceStatus, "incomeYear"> {
  @Field(() => Boolean, { description: "Whether a return was filed for this year." })
  itrFiled!: boolean;

  @Field(() => ComplianceStandingEnum)
  standing!: domain.ComplianceStanding;

  @Field(() => String, { description: "The provider's own word for the standing." })
  standingLabel!: string;

  @Field(() => FilingStatusEnum)
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
