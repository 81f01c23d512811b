import { Arg, Ctx, Directive, Field, FieldResolver, ID, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Found } from "../domain/answer";
import { holderTypeOf, maskPan, type HolderType } from "../domain/identifiers";
import { Fault } from "../kernel/fault";
import type { ComplianceStatus as DomainComplianceStatus } from "../domain/compliance";
import type { Question, Told } from "../sources/question";
import type { KeptTaxpayer } from "../sources/taxpayerStore";
import { requireScope } from "./access";
import { ComplianceStatus, toComplianceStatus } from "./complianceStatus";
import type { GraphContext } from "./context";
import { HolderTypeEnum } from "./enums";
import { Node } from "./node";
import { SourceReport, toSourceReport } from "./sourceReport";

/** What was told of one document. */
export interface Gathered extends Omit<Question, "taxpayer"> {
  readonly told: Told;
}

/** A taxpayer whose wanted documents have been gathered already, so that its fields are there to be read. */
@Directive('@key(fields: "id")')
@ObjectType({ implements: Node, description: "The person or entity whose tax matters these are." })
export class Taxpayer implements Node {
  readonly __typename = "Taxpayer";

  @Field(() => ID, { description: "Opaque, and this tenant's own: it holds no PAN." })
  readonly id: string;

  @Field(() => HolderTypeEnum)
  readonly holderType: HolderType;

  constructor(
    readonly kept: KeptTaxpayer,
    readonly gathered: readonly Gathered[],
  ) {
    this.id = kept.id;
    this.holderType = holderTypeOf(kept.pan);
  }
}

@Resolver(() => Taxpayer)
export class TaxpayerResolver {
  @FieldResolver(() => String, { description: 'Masked, "ABCDE****F"; whole only with the scope pii:reveal.' })
  pan(
    @Root() { kept }: Taxpayer,
    @Ctx() { access, events, requestId }: GraphContext,
    @Arg("reveal", () => Boolean, { nullable: true, defaultValue: false }) reveal: boolean,
  ): string {
    if (!reveal) return maskPan(kept.pan);
    requireScope(access, "pii:reveal");
    events.emit("pii revealed", { requestId, tenant: access.tenant, caller: access.subject, field: "Taxpayer.pan" });
    return kept.pan;
  }

  @FieldResolver(() => ComplianceStatus, {
    nullable: true,
    description: "Whether returns were filed as the law asks. It needs the PAN only: no login.",
  })
  compliance(
    @Root() taxpayer: Taxpayer,
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
    const [answer] = taxpayer.gathered.find(({ document }) => document === "COMPLIANCE")?.told ?? [];
    if (answer?.outcome === "FAILED") throw answer.fault;
    return answer?.outcome === "FOUND" ? toComplianceStatus(answer as Found<DomainComplianceStatus>) : undefined;
  }

  @FieldResolver(() => [SourceReport], {
    description: "What was asked of whom for the fields selected beside this one, and why a gap is a gap.",
  })
  sources(@Root() { gathered }: Taxpayer): SourceReport[] {
    return gathered.flatMap(({ document, incomeYear, told }) =>
      told.map((telling) => toSourceReport(document, incomeYear, telling)),
    );
  }
}
