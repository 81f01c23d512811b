import { IsNotEmpty, MaxLength } from "class-validator";
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { instantAt, type Instant, type Word } from "../../domain";
import type { EndpointOutcome } from "../../webhooks";
import type { Delivery, Endpoint } from "../../webhooks/ports";
import { Requires } from "../access";
import { Sensitive } from "../authorization";
import type { GraphContext } from "../context";
import {
  type Connection,
  connectionOf,
  DateTimeScalar,
  enums,
  PageArgs,
  pageOf,
  Problem,
  problemIn,
  toConnection,
  toProblem,
} from "../types";
import { Event, toEvent } from "./event";

@ObjectType({ description: "One event on its way to one endpoint." })
class WebhookDelivery {
  @Field(() => ID, { description: "Its place in the list, to be passed as after." })
  id!: string;

  @Field(() => Event, { description: "What is delivered; its id is the webhook-id of every attempt." })
  event!: Event;

  @Field(() => enums.DeliveryState, { description: "What has become of it." })
  state!: Delivery["state"];

  @Field(() => Int, { description: "How many attempts have been made, of twelve." })
  attempts!: number;

  @Field(() => Int, {
    nullable: true,
    description: "The HTTP status of the last attempt; null where there was no answer.",
  })
  lastStatus?: number | undefined;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was last tried." })
  lastAttemptAt?: Instant | undefined;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it is tried next; null where it is not." })
  nextAttemptAt?: Instant | undefined;
}

function toDelivery({ event, lastAttemptAtMs, nextAttemptAtMs, ...rest }: Delivery): WebhookDelivery {
  return {
    ...rest,
    event: toEvent(event),
    lastAttemptAt: lastAttemptAtMs === undefined ? undefined : instantAt(lastAttemptAtMs),
    nextAttemptAt: nextAttemptAtMs === undefined ? undefined : instantAt(nextAttemptAtMs),
  };
}

@Requires("webhooks:write")
@ObjectType({ description: "An address to which events are delivered, signed as Standard Webhooks has it." })
class WebhookEndpoint {
  readonly kept!: Endpoint;

  @Field(() => ID, { description: "Opaque, and this tenant's own." })
  id!: string;

  @Field(() => String, { description: "Where events are delivered." })
  url!: string;

  @Field(() => [enums.EventKind], { description: "The kinds of events that are delivered." })
  kinds!: readonly Word<"EventKind">[];

  @Field(() => enums.WebhookState, { description: "Whether events are delivered." })
  state!: "ENABLED" | "DISABLED";

  @Field(() => DateTimeScalar, { description: "When it was made." })
  createdAt!: Instant;
}

function toEndpoint(kept: Endpoint): WebhookEndpoint {
  const { id, url, kinds, createdAtMs, isEnabled } = kept;
  return { kept, id, url, kinds, state: isEnabled ? "ENABLED" : "DISABLED", createdAt: instantAt(createdAtMs) };
}

@InputType({ description: "An address to deliver events to, and what is delivered." })
class WebhookEndpointInput {
  @Field(() => String, { description: "https only, and no private address. A sandbox takes http on its own machine." })
  @MaxLength(2_000)
  url!: string;

  @Field(() => [enums.EventKind], {
    nullable: true,
    description: "Only events of these kinds. Left out: of all kinds.",
  })
  kinds?: Word<"EventKind">[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      "A query with the one variable $event: ID!. It runs at each delivery under the rights of the caller who makes the endpoint, and its answer is the body's data. Left out: ids only.",
  })
  @IsNotEmpty()
  @MaxLength(20_000)
  document?: string | null;

  @Field(() => String, {
    description: "A name of your own for this request. The same name with the same input brings the same endpoint.",
  })
  @Sensitive("PERSONAL")
  @IsNotEmpty()
  @MaxLength(200)
  idempotencyKey!: string;
}

@InputType({ description: "One endpoint of this tenant." })
class WebhookEndpointIdInput {
  @Field(() => ID, { description: "As createWebhookEndpoint named it." })
  endpointId!: string;
}

@InputType({ description: "What is to be delivered again." })
class RedeliverInput {
  @Field(() => ID, { description: "As createWebhookEndpoint named it." })
  endpointId!: string;

  @Field(() => String, {
    nullable: true,
    description: "All events after this one, by its id. Left out: all that are kept.",
  })
  @IsNotEmpty()
  after?: string | null;
}

@ObjectType({ description: "The endpoint, or what stood in the way." })
class WebhookEndpointPayload {
  @Field(() => WebhookEndpoint, { nullable: true, description: "The endpoint as it is now; deleted: as it was." })
  endpoint?: WebhookEndpoint | undefined;

  @Field(() => String, {
    nullable: true,
    description: "Verifies the deliveries. It is given once, with its making, and never again.",
  })
  @Sensitive("SECRET")
  secret?: string | undefined;

  @Field(() => Problem, { nullable: true, description: "What stood in the way, and whose doing it is." })
  problem?: Problem | undefined;

  @Field(() => Boolean, {
    description: "Whether an earlier request with this name has made it. Then there is no secret.",
  })
  replayed!: boolean;
}

@ObjectType({ description: "How much is delivered again." })
class RedeliverPayload {
  @Field(() => Int, { description: "How many events." })
  queued!: number;

  @Field(() => Problem, { nullable: true, description: "What stood in the way, and whose doing it is." })
  problem?: Problem | undefined;
}

async function payloadOf(act: Promise<EndpointOutcome>): Promise<WebhookEndpointPayload> {
  try {
    const { endpoint, secret, problem, replayed } = await act;
    return {
      endpoint: endpoint && toEndpoint(endpoint),
      secret: secret?.reveal(),
      problem: problem && toProblem(problem),
      replayed,
    };
  } catch (thrown) {
    return { problem: problemIn(thrown), replayed: false };
  }
}

@Resolver()
export class WebhookMutationResolver {
  @Requires("webhooks:write")
  @Query(() => [WebhookEndpoint], { description: "Where this tenant's events are delivered, oldest endpoint first." })
  async webhookEndpoints(@Ctx() { access, webhooks }: GraphContext): Promise<WebhookEndpoint[]> {
    return (await webhooks.list(access.tenant)).map(toEndpoint);
  }

  @Requires("webhooks:write")
  @Mutation(() => WebhookEndpointPayload, {
    description: "Has events delivered from now on. A document that asks for what its caller may not see is refused.",
  })
  createWebhookEndpoint(
    @Arg("input", () => WebhookEndpointInput, { description: "Where to, and what." }) input: WebhookEndpointInput,
    @Ctx() { access, by, webhooks }: GraphContext,
  ): Promise<WebhookEndpointPayload> {
    const { url, kinds, document, idempotencyKey } = input;
    const creator = { tenant: access.tenant, subject: access.subject, scopes: [...access.scopes].sort() };
    const request = { url, kinds: kinds ?? undefined, document: document ?? undefined, idempotencyKey };
    return payloadOf(webhooks.create(creator, request, by));
  }

  @Requires("webhooks:write")
  @Mutation(() => WebhookEndpointPayload, {
    description: "Makes a new secret. The earlier one signs beside it for 24 hours.",
  })
  rotateWebhookSecret(
    @Arg("input", () => WebhookEndpointIdInput, { description: "Which endpoint." })
    { endpointId }: WebhookEndpointIdInput,
    @Ctx() { access, by, webhooks }: GraphContext,
  ): Promise<WebhookEndpointPayload> {
    return payloadOf(webhooks.rotateSecret({ tenant: access.tenant, endpointId }, by));
  }

  @Requires("webhooks:write")
  @Mutation(() => WebhookEndpointPayload, { description: "Delivers nothing more there, and forgets the endpoint." })
  deleteWebhookEndpoint(
    @Arg("input", () => WebhookEndpointIdInput, { description: "Which endpoint." })
    { endpointId }: WebhookEndpointIdInput,
    @Ctx() { access, by, webhooks }: GraphContext,
  ): Promise<WebhookEndpointPayload> {
    return payloadOf(webhooks.remove({ tenant: access.tenant, endpointId }, by));
  }

  @Requires("webhooks:write")
  @Mutation(() => RedeliverPayload, {
    description: "Delivers events again, each under its own webhook-id. A disabled endpoint is enabled by it.",
  })
  async redeliver(
    @Arg("input", () => RedeliverInput, { description: "What, and where to." }) { endpointId, after }: RedeliverInput,
    @Ctx() { access, webhooks }: GraphContext,
  ): Promise<RedeliverPayload> {
    try {
      return { queued: await webhooks.redeliver({ tenant: access.tenant, endpointId }, after ?? undefined) };
    } catch (thrown) {
      return { queued: 0, problem: problemIn(thrown) };
    }
  }
}

const WebhookDeliveryConnection = connectionOf("WebhookDelivery", WebhookDelivery);

@Resolver(() => WebhookEndpoint)
export class WebhookEndpointResolver {
  @FieldResolver(() => WebhookDeliveryConnection, { description: "What has been delivered, and what is to be." })
  async deliveries(
    @Root() { id: endpointId }: WebhookEndpoint,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() { access, webhooks }: GraphContext,
  ): Promise<Connection<WebhookDelivery>> {
    const page = pageOf(args);
    const { deliveries, hasNext } = await webhooks.deliveries({ tenant: access.tenant, endpointId }, page);
    return toConnection(deliveries.map(toDelivery), { hasNext, after: page.after });
  }
}
