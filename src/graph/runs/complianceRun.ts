import { IsNotEmpty, Max, Min } from "class-validator";
import type { GraphQLResolveInfo } from "graphql";
import { Args, ArgsType, Ctx, Field, FieldResolver, ID, Info, Int, ObjectType, Resolver, Root } from "type-graphql";
import { fromPaise, instantAt, type Instant, type Rupees } from "../../domain";
import { Fault } from "../../kernel";
import { estimatedFinishOf, isOver, type LineResult, type Run, type RunState } from "../../runs";
import { faultOf } from "../../sessions";
import { Requires } from "../access";
import type { GraphContext } from "../context";
import { FilingDocument } from "../filing";
import { ComplianceStatus, Taxpayer, taxpayerById, toComplianceStatus } from "../taxpayer";
import {
  type Connection,
  connectionOf,
  DateTimeScalar,
  enums,
  Node,
  pageInfoOf,
  Problem,
  RupeesScalar,
  toProblem,
} from "../types";

@ObjectType({ description: "What the provider says about one line of a run." })
class ComplianceResult {
  readonly taxpayerId!: string;

  @Field(() => Int, { description: "Its place in the list, from 1 on. Lines that were rejected do not count." })
  position!: number;

  @Field(() => enums.Outcome)
  outcome!: keyof typeof enums.Outcome;

  @Field(() => ComplianceStatus, {
    nullable: true,
    description: "As the provider answered then. It is not compared with filings here.",
  })
  compliance?: ComplianceStatus | undefined;

  @Field(() => Problem, { nullable: true, description: "Why there is no answer." })
  problem?: Problem | undefined;
}

function toComplianceResult({ position, taxpayerId, answer }: LineResult): ComplianceResult {
  const fault = "fault" in answer ? answer.fault : undefined;
  return {
    ...{ position, taxpayerId },
    outcome: answer.outcome,
    compliance: answer.outcome === "FOUND" ? toComplianceStatus(answer) : undefined,
    problem: fault && toProblem(fault),
  };
}

const ComplianceResultConnection = connectionOf("ComplianceResult", ComplianceResult, "in the order given");

const usualResults = 100;
const mostResults = 1_000;

@ArgsType()
class ResultsArgs {
  @Field(() => Int, { nullable: true, defaultValue: usualResults, description: "How many at most: 1 to 1000." })
  @Min(1)
  @Max(mostResults)
  first?: number | null | undefined;

  @Field(() => String, { nullable: true, description: "The cursor after which to go on: pageInfo.endCursor." })
  @IsNotEmpty()
  after?: string | null | undefined;
}

@Requires("compliance:read")
@ObjectType({
  implements: Node,
  description: "A compliance check of many PANs. A person who is given twice is asked about once and answered twice.",
})
export class ComplianceRun implements Node {
  readonly __typename!: "ComplianceRun";
  readonly kept!: Run;

  @Field(() => ID, { description: "Opaque, and this tenant's own." })
  id!: string;

  @Field(() => enums.RunState, { description: "How far it has come." })
  state!: RunState;

  @Field(() => String, { nullable: true, description: "Your own name for it." })
  reference?: string | undefined;

  @Field(() => Int, { description: "How many lines it has. Erased people are taken out." })
  total!: number;

  @Field(() => Int, { description: "How many lines have their result." })
  done!: number;

  @Field(() => Int, { description: "How many of them are FOUND." })
  found!: number;

  @Field(() => Int, { description: "How many of them are ABSENT: nothing on record." })
  absent!: number;

  @Field(() => Int, { description: "How many of them have no answer: see their problem." })
  failed!: number;

  @Field(() => RupeesScalar, { description: "What its calls have cost so far. Stored answers cost nothing." })
  rupees!: Rupees;

  @Field(() => DateTimeScalar, { description: "When it was started." })
  startedAt!: Instant;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was finished or cancelled." })
  finishedAt?: Instant | undefined;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When it will be finished, by its pace so far. Null while nothing moves.",
  })
  estimatedFinishAt?: Instant | undefined;

  @Field(() => Problem, { nullable: true, description: "Why it is paused." })
  problem?: Problem | undefined;
}

export function toComplianceRun(kept: Run, nowMs: number): ComplianceRun {
  const { id, state, reference, total, done, found, absent, failed, paise, startedAtMs, finishedAtMs, problem } = kept;
  const estimatedMs = estimatedFinishOf(kept, nowMs);
  return {
    __typename: "ComplianceRun",
    kept,
    ...{ id, state, reference, total, done, found, absent, failed },
    rupees: fromPaise(paise),
    startedAt: instantAt(startedAtMs),
    finishedAt: finishedAtMs === undefined ? undefined : instantAt(finishedAtMs),
    estimatedFinishAt: estimatedMs === undefined ? undefined : instantAt(estimatedMs),
    problem: problem && toProblem(faultOf(problem)),
  };
}

/** Another tenant's run and an unknown id get the same answer. */
export async function runById(id: string, { runs, access, clock }: GraphContext): Promise<ComplianceRun> {
  return toComplianceRun(await runs.find(access.tenant, id), clock.now());
}

function positionOf(cursor: string): number {
  if (!/^[1-9]\d{0,8}$/.test(cursor)) throw new Fault("BAD_INPUT", { field: "after" });
  return Number(cursor);
}

@Resolver(() => ComplianceRun)
export class ComplianceRunResolver {
  @FieldResolver(() => ComplianceResultConnection, {
    description: "Results in the order given. While it runs, lines without a result are left out.",
  })
  async results(
    @Root() { kept }: ComplianceRun,
    @Args(() => ResultsArgs) { first, after }: ResultsArgs,
    @Ctx() { runs, by }: GraphContext,
  ): Promise<Connection<ComplianceResult>> {
    const most = first ?? usualResults;
    const from = typeof after === "string" ? positionOf(after) : undefined;
    const reader = { by, field: "ComplianceRun.results" };
    const { lines, last } = await runs.results(kept, { first: most, after: from }, reader);
    const nodes = lines.map(toComplianceResult);
    const edges = nodes.map((node) => ({ cursor: String(node.position), node }));
    return { edges, nodes, pageInfo: pageInfoOf(edges, from !== undefined, last !== undefined) };
  }

  @FieldResolver(() => FilingDocument, {
    nullable: true,
    description:
      "All results as one CSV by our own link, once it is over. PANs are masked without the scope pii:reveal.",
  })
  file(@Root() { kept }: ComplianceRun): FilingDocument | undefined {
    if (!isOver(kept)) return undefined;
    const place = { runId: kept.id };
    return { kind: "COMPLIANCE_RUN", fileName: "Compliance-run.csv", contentType: "text/csv", place };
  }
}

@Resolver(() => ComplianceResult)
export class ComplianceResultResolver {
  @FieldResolver(() => Taxpayer, { description: "Whose line it is." })
  taxpayer(
    @Root() { taxpayerId }: ComplianceResult,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Taxpayer> {
    return taxpayerById(taxpayerId, context, info);
  }
}
