import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Directive,
  Field,
  FieldResolver,
  ID,
  Int,
  ObjectType,
  Resolver,
  Root,
} from "type-graphql";
import { holderTypeOf, maskPan, type HolderType } from "../domain/identifiers";
import { incomeYearFromAssessmentYear, type IncomeYear } from "../domain/taxPeriod";
import { Fault } from "../kernel/fault";
import type { KeptTaxpayer } from "../sources/taxpayerStore";
import { requireScope } from "./access";
import { ComplianceStatus } from "./complianceStatus";
import type { GraphContext } from "./context";
import { Demand } from "./demand";
import { Disagreement } from "./disagreement";
import type { HrefOf } from "./documentHref";
import { HolderTypeEnum } from "./enums";
import { Filing } from "./filing";
import { FilingConnection, toFilingConnection } from "./filingConnection";
import type { Gathered } from "./gathered";
import { InformationStatement } from "./informationStatement";
import { Node } from "./node";
import { Profile } from "./profile";
import { reveal as revealed } from "./reveal";
import { AssessmentYearScalar } from "./scalars";
import { SourceReport, toSourceReport } from "./sourceReport";
import { TaxCreditStatement } from "./taxCreditStatement";
import { taxpayerDocuments, type TaxpayerDocuments } from "./taxpayerDocuments";
import { yearsAsked } from "./wants";

/** A taxpayer whose wanted documents have been gathered already, so that its fields are there to be read. */
@Directive('@key(fields: "id")')
@ObjectType({ implements: Node, description: "The person or entity whose tax matters these are." })
export class Taxpayer implements Node {
  readonly __typename = "Taxpayer";

  @Field(() => ID, { description: "Opaque, and this tenant's own: it holds no PAN." })
  readonly id: string;

  @Field(() => HolderTypeEnum, { description: "Who holds this PAN: a person, a company, a family, a firm …" })
  readonly holderType: HolderType;

  readonly documents: TaxpayerDocuments;

  constructor(
    readonly kept: KeptTaxpayer,
    /** The years that are meant where none are named. */
    readonly usualYears: readonly IncomeYear[],
    readonly gathered: readonly Gathered[],
    hrefOf: HrefOf,
  ) {
    this.id = kept.id;
    this.holderType = holderTypeOf(kept.pan);
    this.documents = taxpayerDocuments(kept.id, gathered, hrefOf);
  }
}

@ArgsType()
class FilingsArgs {
  @Field(() => [AssessmentYearScalar], {
    nullable: true,
    description: "Only these years. Left out: those that the taxpayer has agreed to.",
  })
  assessmentYears?: string[] | null;

  @Field(() => Int, { nullable: true, defaultValue: 10, description: "How many at most: 1 to 100." })
  first?: number | null;

  @Field(() => String, { nullable: true, description: "The cursor after which to go on: pageInfo.endCursor." })
  after?: string | null;
}

const yearDescription = 'The year in which the income is assessed: "2025-26".';

@Resolver(() => Taxpayer)
export class TaxpayerResolver {
  @FieldResolver(() => String, { description: 'Masked, "ABCDE****F"; whole only with the scope pii:reveal.' })
  pan(
    @Root() { kept }: Taxpayer,
    @Ctx() context: GraphContext,
    @Arg("reveal", () => Boolean, { nullable: true, defaultValue: false }) reveal: boolean,
  ): string {
    return reveal ? revealed(kept.pan, "Taxpayer.pan", context) : maskPan(kept.pan);
  }

  @FieldResolver(() => Profile, { nullable: true, description: "Who the taxpayer is, as the Department knows them." })
  profile(@Root() taxpayer: Taxpayer, @Ctx() context: GraphContext): Profile | undefined {
    return documentsOf(taxpayer, context).profile();
  }

  @FieldResolver(() => ComplianceStatus, {
    nullable: true,
    description: "Whether returns were filed as the law asks. It needs the PAN only: no login.",
  })
  compliance(
    @Root() { documents }: Taxpayer,
    @Ctx() { access }: GraphContext,
    @Arg("maxAgeSeconds", () => Int, {
      nullable: true,
      description:
        "Ask the provider again when what is held is older than this. Left out: when its time to live is over.",
    })
    maxAgeSeconds: number | undefined,
  ): ComplianceStatus | undefined {
    requireScope(access, "compliance:read");
    // By hand: a validated class of arguments would make a promise of every such field.
    if (maxAgeSeconds !== undefined && maxAgeSeconds < 0) throw new Fault("BAD_INPUT", { field: "maxAgeSeconds" });
    return documents.compliance();
  }

  @FieldResolver(() => FilingConnection, { description: "The returns that were filed, newest year first." })
  filings(
    @Root() taxpayer: Taxpayer,
    @Ctx() context: GraphContext,
    @Args(() => FilingsArgs) { assessmentYears, ...page }: FilingsArgs,
  ): FilingConnection {
    const years = yearsAsked(assessmentYears, taxpayer.usualYears);
    return toFilingConnection(documentsOf(taxpayer, context).filings(years), page);
  }

  @FieldResolver(() => Filing, {
    nullable: true,
    description: "The return of the year that counts: the last valid one.",
  })
  filing(
    @Root() taxpayer: Taxpayer,
    @Ctx() context: GraphContext,
    @Arg("assessmentYear", () => AssessmentYearScalar, { description: yearDescription }) year: string,
  ): Filing | undefined {
    return documentsOf(taxpayer, context).filing(yearOf(year));
  }

  @FieldResolver(() => TaxCreditStatement, {
    nullable: true,
    description: "What others have paid to the treasury on the taxpayer's behalf (the statement called Form 26AS).",
  })
  taxCredits(
    @Root() taxpayer: Taxpayer,
    @Ctx() context: GraphContext,
    @Arg("assessmentYear", () => AssessmentYearScalar, { description: yearDescription }) year: string,
  ): TaxCreditStatement | undefined {
    return documentsOf(taxpayer, context).taxCredits(yearOf(year));
  }

  @FieldResolver(() => InformationStatement, {
    nullable: true,
    description: "What third parties have reported about the taxpayer (the statement called AIS).",
  })
  informationStatement(
    @Root() taxpayer: Taxpayer,
    @Ctx() context: GraphContext,
    @Arg("assessmentYear", () => AssessmentYearScalar, { description: yearDescription }) year: string,
  ): InformationStatement | undefined {
    return documentsOf(taxpayer, context).informationStatement(yearOf(year));
  }

  @FieldResolver(() => [Demand], {
    nullable: true,
    description: "Tax that the Department says is still owed. Empty: there is none; null: nobody could tell.",
  })
  demands(@Root() taxpayer: Taxpayer, @Ctx() context: GraphContext): readonly Demand[] | undefined {
    return documentsOf(taxpayer, context).demands();
  }

  @FieldResolver(() => [SourceReport], {
    description: "What was asked of whom for the fields selected beside this one, and why a gap is a gap.",
  })
  sources(@Root() { gathered }: Taxpayer): SourceReport[] {
    return gathered.flatMap(({ document, incomeYear, told }) =>
      told.map((telling) => toSourceReport(document, incomeYear, telling)),
    );
  }

  @FieldResolver(() => [Disagreement], {
    description: "Where two providers differ on one fact, in the fields selected beside this one.",
  })
  disagreements(@Root() taxpayer: Taxpayer, @Ctx() context: GraphContext): readonly Disagreement[] {
    return documentsOf(taxpayer, context).disagreements();
  }
}

function documentsOf({ documents }: Taxpayer, { access }: GraphContext): TaxpayerDocuments {
  requireScope(access, "income:read");
  return documents;
}

function yearOf(assessmentYear: string): IncomeYear {
  const year = incomeYearFromAssessmentYear(assessmentYear);
  if (year === undefined) throw new Fault("BAD_INPUT", { field: "assessmentYear" });
  return year;
}
