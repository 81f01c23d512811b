import { Args, ArgsType, Ctx, Field, ID, ObjectType, Query, Resolver } from "type-graphql";
import {
  type Word,
  type DocumentKind,
  type ProviderId,
  instantAt,
  type Instant,
  assessmentYearLabel,
} from "../../domain";
import type { FaultCode } from "../../kernel";
import type { KeptConsentRecord } from "../../sessions/ports";
import {
  enums,
  type Connection,
  connectionOf,
  PageArgs,
  pageOf,
  toConnection,
  panArgument,
  AssessmentYearScalar,
  DateTimeScalar,
  PanScalar,
} from "../types";
import type { GraphContext } from "../context";
import { Requires } from "../access";
import { Sensitive } from "../authorization";

@ObjectType({
  description:
    "One line of what was done under a consent, or refused for want of one. Records are only ever added, and hold no personal data.",
})
class ConsentRecord {
  @Field(() => ID, { description: "Its place in the list." })
  id!: string;

  @Field(() => enums.ConsentRecordKind, { description: "What was done." })
  kind!: Word<"ConsentRecordKind">;

  @Field(() => DateTimeScalar, { description: "When it was done." })
  at!: Instant;

  @Field(() => ID, { nullable: true, description: "The taxpayer's id; it says nothing once they have been erased." })
  taxpayer?: string | undefined;

  @Field(() => ID, { nullable: true, description: "The consent's id, where there was one." })
  consent?: string | undefined;

  @Field(() => ID, { nullable: true, description: "The session's id, where one was at work." })
  session?: string | undefined;

  @Field(() => enums.ProviderId, { nullable: true, description: "Who was asked, where somebody was." })
  provider?: ProviderId | undefined;

  @Field(() => [enums.DocumentKind], { description: "The documents it was about." })
  documents!: readonly DocumentKind[];

  @Field(() => [AssessmentYearScalar], { description: "The years it was about." })
  assessmentYears!: readonly string[];

  @Field(() => enums.ProblemCode, { nullable: true, description: "Why it was refused." })
  code?: FaultCode | undefined;
}

function toConsentRecord(kept: KeptConsentRecord): ConsentRecord {
  const { id, kind, atMs, taxpayerId, consentId, sessionId, provider, documents, incomeYears, code } = kept;
  return {
    id,
    kind,
    at: instantAt(atMs),
    taxpayer: taxpayerId,
    consent: consentId,
    session: sessionId,
    provider,
    documents: documents ?? [],
    assessmentYears: incomeYears?.map(assessmentYearLabel) ?? [],
    code,
  };
}

const ConsentRecordConnection = connectionOf("ConsentRecord", ConsentRecord);

@ArgsType()
class ConsentRecordsArgs extends PageArgs {
  @Field(() => PanScalar, { nullable: true, description: "Only what concerns this person." })
  @Sensitive("PERSONAL")
  pan?: string | null;
}

@Resolver()
export class ConsentRecordResolver {
  @Requires("audit:read")
  @Query(() => ConsentRecordConnection, {
    description: "What this tenant has done under its taxpayers' consents, newest first.",
  })
  async consentRecords(
    @Args(() => ConsentRecordsArgs) { pan, ...args }: ConsentRecordsArgs,
    @Ctx() context: GraphContext,
  ): Promise<Connection<ConsentRecord>> {
    const { access, loaders, consentStore, trail } = context;
    const { first, after } = pageOf(args);
    const taxpayer =
      typeof pan === "string" ? await loaders.taxpayerByPan.load(panArgument(context, "pan", pan)) : undefined;
    const page = await consentStore.records(access.tenant, { taxpayerId: taxpayer?.id, first, after });
    // Not beside the reading: where that is refused, the answer would not wait for the record.
    await trail.record({
      kind: "AUDIT_READ",
      taxpayerIds: taxpayer ? [taxpayer.id] : [],
      fields: ["Query.consentRecords"],
    });
    return toConnection(page.records.map(toConsentRecord), { hasNext: page.hasNext, after });
  }
}
