import { Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, ObjectType, Query, Resolver, Root } from "type-graphql";
import {
  type Word,
  type DocumentKind,
  type ProviderId,
  instantAt,
  type Instant,
  type ConsentPurpose,
  assessmentYearLabel,
} from "../../domain";
import { Fault, type FaultCode } from "../../kernel";
import type { AuditPage, StoredAuditRecord } from "../../reading/ports";
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
import { Taxpayer } from "../taxpayer";

@ObjectType({
  description:
    "One record of the audit trail: who did or saw what, and why. Records are only ever added, each is bound to those before it, and none holds a value.",
})
class AccessEvent {
  @Field(() => ID, { description: "Its place in the tenant's trail, to be passed as after." })
  id!: string;

  @Field(() => Int, { description: "Counts the tenant's records, from 1 on." })
  sequence!: number;

  @Field(() => enums.AuditRecordKind, { description: "What was done." })
  kind!: Word<"AuditRecordKind">;

  @Field(() => DateTimeScalar, { description: "When it was done." })
  at!: Instant;

  @Field(() => String, {
    nullable: true,
    description: "Who did it: the sub of their access token. Null where the service acted by itself.",
  })
  caller?: string | undefined;

  @Field(() => String, { nullable: true, description: "In which request: the x-request-id of its answer." })
  requestId?: string | undefined;

  @Field(() => [ID], {
    description: "The ids of the taxpayers concerned. Taxpayers with identical reads share one record.",
  })
  taxpayers!: readonly string[];

  @Field(() => ID, { nullable: true, description: "The session's id, where it was about one." })
  session?: string | undefined;

  @Field(() => enums.ProviderId, { nullable: true, description: "The provider, where one was involved." })
  provider?: ProviderId | undefined;

  @Field(() => [ID], { description: "The consents under which it was done; none where none is needed." })
  consents!: readonly string[];

  @Field(() => [String], { description: "The digests of those consents' receipts." })
  receipts!: readonly string[];

  @Field(() => [enums.ConsentPurpose], { description: "Why: the purposes of those consents." })
  purposes!: readonly ConsentPurpose[];

  @Field(() => [enums.DocumentKind], { description: "The documents it was about." })
  documents!: readonly DocumentKind[];

  @Field(() => [AssessmentYearScalar], { description: "The years it was about." })
  assessmentYears!: readonly string[];

  @Field(() => [String], { description: 'The fields of this graph that were selected: "Taxpayer.filings".' })
  fields!: readonly string[];

  @Field(() => enums.ProblemCode, { nullable: true, description: "Why it was refused, or what went wrong." })
  code?: FaultCode | undefined;
}

const AccessEventConnection = connectionOf("AccessEvent", AccessEvent);

@ArgsType()
class AuditRecordsArgs extends PageArgs {
  @Field(() => PanScalar, { nullable: true, description: "Only what concerns this person." })
  @Sensitive("PERSONAL")
  pan?: string | null;

  @Field(() => [enums.AuditRecordKind], { nullable: true, description: "Only records of these kinds." })
  kinds?: Word<"AuditRecordKind">[] | null;
}

@Resolver(() => Taxpayer)
export class AccessEventResolver {
  @Requires("audit:read")
  @FieldResolver(() => AccessEventConnection, {
    description: "Who has seen or done what of this taxpayer, newest first. Reading it is on record as well.",
  })
  accessEvents(
    @Root() { id: taxpayerId }: Taxpayer,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: GraphContext,
  ): Promise<Connection<AccessEvent>> {
    return readTrail(context, args, { taxpayerId }, "Taxpayer.accessEvents");
  }

  @Requires("audit:read")
  @Query(() => AccessEventConnection, {
    description: "This tenant's audit trail, newest first. Reading it is on record as well.",
  })
  async auditRecords(
    @Args(() => AuditRecordsArgs) { pan, kinds, ...args }: AuditRecordsArgs,
    @Ctx() context: GraphContext,
  ): Promise<Connection<AccessEvent>> {
    const whole = typeof pan === "string" ? panArgument(context, "pan", pan) : undefined;
    const taxpayer = whole && (await context.loaders.taxpayerByPan.load(whole));
    const wanted = { taxpayerId: taxpayer?.id, kinds: kinds ?? undefined };
    return readTrail(context, args, wanted, "Query.auditRecords");
  }
}

async function readTrail(
  { trail }: GraphContext,
  args: PageArgs,
  wanted: Pick<AuditPage, "taxpayerId" | "kinds">,
  field: string,
): Promise<Connection<AccessEvent>> {
  const { first, after } = pageOf(args);
  const page = { ...wanted, first, after: after === undefined ? undefined : sequenceOf(after) };
  const { records, hasNext } = await trail.read(page, [field]);
  return toConnection(records.map(toAccessEvent), { hasNext, after });
}

const prefix = "ae_";

function sequenceOf(id: string): number {
  const [, digits] = /^ae_([1-9]\d{0,14})$/.exec(id) ?? [];
  if (digits === undefined) throw new Fault("BAD_INPUT", { field: "after" });
  return Number(digits);
}

function toAccessEvent(kept: StoredAuditRecord): AccessEvent {
  const { sequence, kind, atMs, by, taxpayerIds, sessionId, provider, code } = kept;
  return {
    id: `${prefix}${sequence}`,
    sequence,
    kind,
    at: instantAt(atMs),
    caller: by?.subject,
    requestId: by?.requestId,
    taxpayers: taxpayerIds ?? [],
    session: sessionId,
    provider,
    consents: kept.consentIds ?? [],
    receipts: kept.receipts ?? [],
    purposes: kept.purposes ?? [],
    documents: kept.documents ?? [],
    assessmentYears: kept.incomeYears?.map(assessmentYearLabel) ?? [],
    fields: kept.fields ?? [],
    code,
  };
}
