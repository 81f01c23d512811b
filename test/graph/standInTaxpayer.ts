import "reflect-metadata";
import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, Int, ObjectType, Query, Resolver } from "type-graphql";
import type { Access } from "../../src/graph/access";
import { ComplianceStatus } from "../../src/graph/taxpayer/complianceStatus";
import { Demand } from "../../src/graph/taxpayer/demand";
import { Disagreement } from "../../src/graph/types/provenance";
import { Filing } from "../../src/graph/filing/filing";
import { FilingConnection, toFilingConnection } from "../../src/graph/filing/filingConnection";
import type { AnsweredDocument } from "../../src/graph/selection/gathered";
import { InformationStatement } from "../../src/graph/taxpayer/informationStatement";
import { Node } from "../../src/graph/types/node";
import { Plan } from "../../src/graph/providers/plan";
import { Profile } from "../../src/graph/taxpayer/profile";
import { AssessmentYearScalar } from "../../src/graph/types/scalars";
import { TaxCreditStatement } from "../../src/graph/taxpayer/taxCredits";
import { taxpayerDocuments, type TaxpayerDocuments } from "../../src/graph/taxpayer/taxpayerDocuments";
import { yearsAsked } from "../../src/graph/types/taxPeriod";
import { incomeYearFromAssessmentYear, type IncomeYear } from "../../src/domain/taxPeriod";
import type { Events } from "../../src/kernel/events";
import type { CallerAudit } from "../../src/reading/audit";
import { taxpayerId, year } from "./gathering";

/** What the stand-in reads: what was gathered, for whom. */
export interface StandInContext {
  readonly requestId: string;
  readonly gathered: readonly AnsweredDocument[];
  readonly access: Access;
  readonly events: Events;
  readonly trail: Pick<CallerAudit, "record">;
}

const usualYears = [year(2025), year(2024), year(2023)];

@ObjectType("Taxpayer", { implements: Node })
class StandInTaxpayer implements Node {
  readonly __typename = "Taxpayer";
  id = taxpayerId;
}

@ArgsType()
class FilingsArgs {
  @Field(() => [AssessmentYearScalar], { nullable: true })
  assessmentYears?: string[] | null;

  @Field(() => Int, { nullable: true, defaultValue: 10 })
  first?: number | null;

  @Field(() => String, { nullable: true })
  after?: string | null;
}

/** A taxpayer of the agreed shape, who hands out what is under test and does nothing else. */
@Resolver(() => StandInTaxpayer)
export class StandInResolver {
  @Query(() => StandInTaxpayer)
  taxpayer(): StandInTaxpayer {
    return new StandInTaxpayer();
  }

  @Query(() => Plan, { nullable: true })
  plan(): undefined {
    return undefined;
  }

  @FieldResolver(() => Profile, { nullable: true })
  profile(@Ctx() context: StandInContext) {
    return documentsOf(context).profile();
  }

  @FieldResolver(() => ComplianceStatus, { nullable: true })
  compliance(
    @Arg("maxAgeSeconds", () => Int, { nullable: true }) _maxAgeSeconds: number | undefined,
    @Ctx() context: StandInContext,
  ) {
    return documentsOf(context).compliance();
  }

  @FieldResolver(() => FilingConnection)
  filings(@Ctx() context: StandInContext, @Args(() => FilingsArgs) { assessmentYears, ...page }: FilingsArgs) {
    return toFilingConnection(documentsOf(context).filings(yearsAsked(assessmentYears, usualYears)), page);
  }

  @FieldResolver(() => Filing, { nullable: true })
  filing(@Ctx() context: StandInContext, @Arg("assessmentYear", () => AssessmentYearScalar) assessmentYear: string) {
    return documentsOf(context).filing(yearOf(assessmentYear));
  }

  @FieldResolver(() => TaxCreditStatement, { nullable: true })
  taxCredits(
    @Ctx() context: StandInContext,
    @Arg("assessmentYear", () => AssessmentYearScalar) assessmentYear: string,
  ) {
    return documentsOf(context).taxCredits(yearOf(assessmentYear));
  }

  @FieldResolver(() => InformationStatement, { nullable: true })
  informationStatement(
    @Ctx() context: StandInContext,
    @Arg("assessmentYear", () => AssessmentYearScalar) assessmentYear: string,
  ) {
    return documentsOf(context).informationStatement(yearOf(assessmentYear));
  }

  @FieldResolver(() => [Demand], { nullable: true })
  demands(@Ctx() context: StandInContext) {
    return documentsOf(context).demands();
  }

  @FieldResolver(() => [Disagreement])
  disagreements(@Ctx() context: StandInContext) {
    return documentsOf(context).disagreements();
  }
}

function documentsOf({ gathered }: StandInContext): TaxpayerDocuments {
  return taxpayerDocuments(taxpayerId, gathered);
}

function yearOf(assessmentYear: string): IncomeYear {
  return incomeYearFromAssessmentYear(assessmentYear)!;
}
