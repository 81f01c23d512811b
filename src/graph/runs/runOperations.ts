import { ArrayMaxSize, ArrayNotEmpty, IsNotEmpty, Length, Min } from "class-validator";
import {
  Arg,
  Ctx,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
  Subscription,
  type SubscribeResolverData,
} from "type-graphql";
import { Fault } from "../../kernel";
import type { Run, RunOutcome, RunRequest } from "../../runs";
import { Requires } from "../access";
import { Sensitive } from "../authorization";
import type { GraphContext } from "../context";
import { panArgument, PanScalar, Problem, problemIn, RupeesScalar, toRupees } from "../types";
import { ComplianceRun, runById, toComplianceRun } from "./complianceRun";

const mostInline = 1_000;

@InputType({ description: "A list of PANs to check, and what it may cost." })
class ComplianceRunInput {
  @Field(() => [PanScalar], {
    nullable: true,
    description: "At most 1000 PANs; one may be given twice. More come by POST /runs/uploads.",
  })
  @Sensitive("PERSONAL")
  @ArrayNotEmpty()
  @ArrayMaxSize(mostInline)
  pans?: string[] | null;

  @Field(() => ID, { nullable: true, description: "Instead of pans: a list as POST /runs/uploads has named it." })
  @IsNotEmpty()
  upload?: string | null;

  @Field(() => RupeesScalar, {
    description: "It is paused before its calls would cost more. What is stored costs nothing.",
  })
  maxRupees!: number;

  @Field(() => Int, {
    nullable: true,
    description: "Ask again where what is stored is older than this. Left out: when its time to live is over.",
  })
  @Min(0)
  maxAgeSeconds?: number | null;

  @Field(() => String, { nullable: true, description: "Your own name for it, up to 200 letters. It is kept sealed." })
  @Sensitive("PERSONAL")
  @Length(1, 200)
  reference?: string | null;

  @Field(() => String, {
    description:
      "A name of your own for this request, new for each, up to 200 letters. The same name with the same input brings the same run; with other input it is a CONFLICT. It is remembered as long as the run.",
  })
  @Sensitive("PERSONAL")
  @Length(1, 200)
  idempotencyKey!: string;
}

@InputType({ description: "A run to act on." })
class ComplianceRunIdInput {
  @Field(() => ID, { description: "As startComplianceRun named it." })
  runId!: string;
}

@ObjectType({ description: "What came of it: a run, or a problem." })
class ComplianceRunPayload {
  @Field(() => ComplianceRun, { nullable: true, description: "The run as it is now." })
  run?: ComplianceRun | undefined;

  @Field(() => Problem, { nullable: true, description: "What stood in the way, and whose doing it is." })
  problem?: Problem | undefined;

  @Field(() => Boolean, { description: "Whether nothing was done, because it was done before." })
  replayed!: boolean;
}

function toRequest(input: ComplianceRunInput, context: GraphContext): RunRequest {
  const { pans, upload, maxRupees, maxAgeSeconds, reference, idempotencyKey } = input;
  if (maxRupees < 0) throw new Fault("BAD_INPUT", { field: "maxRupees", hint: "It must not be below zero." });
  const isInline = Array.isArray(pans);
  if (isInline === (typeof upload === "string")) {
    throw new Fault("BAD_INPUT", { field: "pans", hint: "Give either pans or an upload." });
  }
  return {
    tenant: context.access.tenant,
    by: context.by,
    list: isInline ? { pans: pans.map((pan) => panArgument(context, "pans", pan)) } : { upload: upload ?? "" },
    mostPaise: toRupees(maxRupees),
    maxAgeMs: typeof maxAgeSeconds === "number" ? maxAgeSeconds * 1_000 : undefined,
    reference: reference ?? undefined,
    idempotencyKey,
  };
}

async function payloadOf(
  { clock }: Pick<GraphContext, "clock">,
  act: () => Promise<RunOutcome>,
): Promise<ComplianceRunPayload> {
  try {
    const { run, problem, replayed } = await act();
    return { run: run && toComplianceRun(run, clock.now()), problem: problem && problemIn(problem), replayed };
  } catch (thrown) {
    return { problem: problemIn(thrown), replayed: false };
  }
}

@Resolver()
export class RunQueryResolver {
  @Query(() => ComplianceRun, { nullable: true, description: "One run of this tenant." })
  complianceRun(
    @Arg("id", () => ID, { description: "As startComplianceRun named it." }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<ComplianceRun> {
    return runById(id, context);
  }
}

@Resolver()
export class RunMutationResolver {
  @Requires("compliance:read")
  @Mutation(() => ComplianceRunPayload, {
    description:
      "Checks the compliance of many PANs in the background: no login, at the provider's pace, questions of callers first.",
  })
  startComplianceRun(
    @Arg("input", () => ComplianceRunInput, { description: "Whom to check, and what it may cost." })
    input: ComplianceRunInput,
    @Ctx() context: GraphContext,
  ): Promise<ComplianceRunPayload> {
    const request = toRequest(input, context);
    return payloadOf(context, () => context.runs.start(request));
  }

  @Requires("compliance:read")
  @Mutation(() => ComplianceRunPayload, {
    description: "Stops a run: within a second no more PANs are asked about. Its results stay.",
  })
  cancelComplianceRun(
    @Arg("input", () => ComplianceRunIdInput, { description: "Which run." }) { runId }: ComplianceRunIdInput,
    @Ctx() context: GraphContext,
  ): Promise<ComplianceRunPayload> {
    return payloadOf(context, () => context.runs.cancel(context.access.tenant, runId, context.by));
  }
}

function watch({
  args,
  context,
}: SubscribeResolverData<unknown, { id: string }, GraphContext>): Promise<AsyncIterable<Run>> {
  return context.runs.watch(context.access.tenant, args.id);
}

@Resolver()
export class RunSubscriptionResolver {
  @Subscription(() => ComplianceRun, {
    description:
      "The run as it is now, then as it comes further, at most once a second; it completes when the run is over.",
    subscribe: watch,
  })
  complianceRunChanged(
    @Arg("id", () => ID, { description: "A run of this tenant." }) _id: string,
    @Root() changed: Run | undefined,
    @Ctx() { clock }: GraphContext,
  ): ComplianceRun {
    if (changed === undefined) {
      throw new Fault("BAD_INPUT", { hint: "Subscriptions come over WebSocket, by graphql-transport-ws." });
    }
    return toComplianceRun(changed, clock.now());
  }
}
