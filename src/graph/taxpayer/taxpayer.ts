import { Arg, Ctx, Directive, Field, FieldResolver, ID, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Documents, ReportFormat } from "../../reading";
import {
  type Word,
  holderTypeOf,
  maskPan,
  type Locale,
  incomeYearFromAssessmentYear,
  type IncomeYear,
} from "../../domain";
import { Fault } from "../../kernel";
import type { StoredTaxpayer } from "../../reading/ports";
import type { GraphContext } from "../context";
import { enums, Disagreement, Node, AssessmentYearScalar, yearsAsked } from "../types";
import { fileOfReport, IncomeInsights, IncomePolicyInput, toPolicy } from "../insights";
import { Filing, FilingConnection, FilingDocument, toFilingConnection } from "../filing";
import type { AnsweredDocument } from "../selection";
import { Requires } from "../access";
import { reveal as revealed, Sensitive } from "../authorization";
import { ComplianceStatus } from "./complianceStatus";
import { Demand } from "./demand";
import { InformationStatement } from "./informationStatement";
import { Profile } from "./profile";
import { SourceReport, toSourceReport } from "./sourceReport";
import { TaxCreditStatement } from "./taxCredits";
import { documentsIn, type TaxpayerDocuments } from "./taxpayerDocuments";

/** A taxpayer whose wanted documents are already gathered. */
@Directive('@key(fields: "id")')
@Requires("income:read", "compliance:read", "session:write")
@ObjectType({ implements: Node, description: "The person or entity whose tax matters these are." })
export class Taxpayer implements Node {
  readonly __typename = "Taxpayer";

  @Field(() => ID, { description: "Opaque, and this tenant's own: it holds no PAN." })
  readonly id: string;

  @Field(() => enums.HolderType, { description: "Who holds this PAN: a person, a company, a family, a firm …" })
  readonly holderType: Word<"HolderType">;

  readonly documents: TaxpayerDocuments;

  readonly stored: StoredTaxpayer;

  readonly answered: readonly AnsweredDocument[];

  constructor(
    documents: Documents,
    /** The years that are used if the caller names none. */
    readonly usualYears: readonly IncomeYear[],
  ) {
    this.stored = documents.taxpayer;
    this.answered = documents.answered;
    this.id = this.stored.id;
    this.holderType = holderTypeOf(this.stored.pan);
    this.documents = documentsIn(documents);
  }
}

const yearDescription = 'The year in which the income is assessed: "2025-26".';

@Resolver(() => Taxpayer)
export class TaxpayerResolver {
  @Sensitive("PERSONAL")
  @FieldResolver(() => String, { description: 'Masked, "ABCDE****F"; whole only with the scope pii:reveal.' })
  pan(
    @Root() { stored }: Taxpayer,
    @Ctx() context: GraphContext,
    @Arg("reveal", () => Boolean, { nullable: true, defaultValue: false }) reveal: boolean,
  ): string | Promise<string> {
    if (reveal) return revealed(stored.pan, { field: "Taxpayer.pan", taxpayerId: stored.id }, context);
    return maskPan(stored.pan);
  }

  @Requires("income:read")
  @FieldResolver(() => Profile, { nullable: true, description: "Who the taxpayer is, as the Department knows them." })
  profile(@Root() { documents }: Taxpayer): Profile | undefined {
    return documents.profile();
  }

  @Requires("compliance:read")
  @FieldResolver(() => ComplianceStatus, {
    nullable: true,
    description: "Whether returns were filed as the law asks. It needs the PAN only: no login.",
  })
  compliance(
    @Root() { documents }: Taxpayer,
    @Arg("maxAgeSeconds", () => Int, {
      nullable: true,
      description:
        "Ask the provider again when what is held is older than this. Left out: when its time to live is over.",
    })
    maxAgeSeconds: number | undefined,
  ): ComplianceStatus | undefined {
    // Checked by hand: a validated class of arguments would make a promise of every such field.
    if (maxAgeSeconds !== undefined && maxAgeSeconds < 0) throw new Fault("BAD_INPUT", { field: "maxAgeSeconds" });
    return documents.compliance();
  }

  @Requires("income:read")
  @FieldResolver(() => FilingConnection, { description: "The returns that were filed, newest year first." })
  filings(
    @Root() { documents, usualYears }: Taxpayer,
    // Single arguments: a class of arguments would make a promise of every such field.
    @Arg("after", () => String, {
      nullable: true,
      description: "The cursor after which to go on: pageInfo.endCursor.",
    })
    after: string | undefined,
    @Arg("first", () => Int, { nullable: true, defaultValue: 10, description: "How many at most: 1 to 100." })
    first: number | undefined,
    @Arg("assessmentYears", () => [AssessmentYearScalar], {
      nullable: true,
      description: "Only these years. Left out: those that the taxpayer has agreed to.",
    })
    assessmentYears: string[] | undefined,
  ): FilingConnection {
    const years = yearsAsked(assessmentYears, usualYears);
    return toFilingConnection(documents.filings(years), { first, after });
  }

  @Requires("income:read")
  @FieldResolver(() => Filing, {
    nullable: true,
    description: "The return of the year that counts: the last valid one.",
  })
  filing(
    @Root() { documents }: Taxpayer,
    @Arg("assessmentYear", () => AssessmentYearScalar, { description: yearDescription }) year: string,
  ): Filing | undefined {
    return documents.filing(yearOf(year));
  }

  @Requires("income:read")
  @FieldResolver(() => TaxCreditStatement, {
    nullable: true,
    description: "What others have paid to the treasury on the taxpayer's behalf (the statement called Form 26AS).",
  })
  taxCredits(
    @Root() { documents }: Taxpayer,
    @Arg("assessmentYear", () => AssessmentYearScalar, { description: yearDescription }) year: string,
  ): TaxCreditStatement | undefined {
    return documents.taxCredits(yearOf(year));
  }

  @Requires("income:read")
  @FieldResolver(() => InformationStatement, {
    nullable: true,
    description: "What third parties have reported about the taxpayer (the statement called AIS).",
  })
  informationStatement(
    @Root() { documents }: Taxpayer,
    @Arg("assessmentYear", () => AssessmentYearScalar, { description: yearDescription }) year: string,
  ): InformationStatement | undefined {
    return documents.informationStatement(yearOf(year));
  }

  @Requires("income:read")
  @FieldResolver(() => [Demand], {
    nullable: true,
    description: "Tax that the Department says is still owed. Empty: there is none; null: nobody could tell.",
  })
  demands(@Root() { documents }: Taxpayer): readonly Demand[] | undefined {
    return documents.demands();
  }

  @Requires("income:read")
  @FieldResolver(() => IncomeInsights, {
    nullable: true,
    description:
      "What an underwriter works out from the returns, the tax credits and the information statements of these years, under the lender's own policy. Figures, and never a verdict.",
  })
  incomeInsights(
    @Root() { documents, usualYears }: Taxpayer,
    @Ctx() { today }: GraphContext,
    @Arg("policy", () => IncomePolicyInput, { nullable: true, description: "Left out: the standard policy." })
    policy: IncomePolicyInput | undefined,
    @Arg("assessmentYears", () => [AssessmentYearScalar], {
      nullable: true,
      description: "Only these years. Left out: those that the taxpayer has agreed to.",
    })
    assessmentYears: string[] | undefined,
    @Arg("locale", () => enums.Locale, { defaultValue: "EN", description: "The language of messages and formulas." })
    locale: Locale,
  ): IncomeInsights | undefined {
    const years = yearsAsked(assessmentYears, usualYears);
    const asked = { years, areNamed: Boolean(assessmentYears), today: today(), locale };
    return documents.incomeInsights(toPolicy(policy), asked);
  }

  @Requires("income:read")
  @FieldResolver(() => FilingDocument, {
    description:
      "The same insights as a file by our own link. It is made when the link is used, from what may be read then; its text is English.",
  })
  incomeReport(
    @Root() { id, usualYears }: Taxpayer,
    @Arg("policy", () => IncomePolicyInput, { nullable: true, description: "Left out: the standard policy." })
    policy: IncomePolicyInput | undefined,
    @Arg("assessmentYears", () => [AssessmentYearScalar], {
      nullable: true,
      description: "Only these years. Left out: those that the taxpayer has agreed to.",
    })
    assessmentYears: string[] | undefined,
    @Arg("format", () => enums.ReportFormat, { defaultValue: "PDF" }) format: ReportFormat,
  ): FilingDocument {
    const incomeYears = yearsAsked(assessmentYears, usualYears);
    const place = { taxpayerId: id, format, incomeYears, areNamed: Boolean(assessmentYears), policy: toPolicy(policy) };
    return { kind: "INCOME_REPORT", ...fileOfReport(format), place };
  }

  @FieldResolver(() => [SourceReport], {
    description: "What was asked of whom for the fields selected beside this one, and why a gap is a gap.",
  })
  sources(@Root() { answered }: Taxpayer): SourceReport[] {
    return answered.flatMap(({ document, incomeYear, answers }) =>
      answers.map((answer) => toSourceReport(document, incomeYear, answer)),
    );
  }

  @Requires("income:read")
  @FieldResolver(() => [Disagreement], {
    description: "Where two providers differ on one fact, in the fields selected beside this one.",
  })
  disagreements(@Root() { documents }: Taxpayer): readonly Disagreement[] {
    return documents.disagreements();
  }
}

function yearOf(assessmentYear: string): IncomeYear {
  const year = incomeYearFromAssessmentYear(assessmentYear);
  if (year === undefined) throw new Fault("BAD_INPUT", { field: "assessmentYear" });
  return year;
}
