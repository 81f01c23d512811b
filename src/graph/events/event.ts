import type { GraphQLResolveInfo } from "graphql";
import { IsNotEmpty, Max, Min } from "class-validator";
import {
  Args,
  ArgsType,
  Ctx,
  Directive,
  Field,
  FieldResolver,
  ID,
  Info,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { instantAt, type Instant, type Word } from "../../domain";
import { asFault, Fault } from "../../kernel";
import type { StoredEvent } from "../../webhooks/ports";
import { Requires } from "../access";
import type { GraphContext } from "../context";
import { Link, toLink } from "../link";
import { Consent, Session, toConsent, toSession } from "../session";
import { ComplianceRun, runById } from "../runs";
import { Taxpayer, taxpayerById } from "../taxpayer";
import { type Connection, connectionOf, DateTimeScalar, enums, Node, toConnection } from "../types";

@Directive('@key(fields: "id")')
@Requires("events:read")
@ObjectType({
  implements: Node,
  description:
    "Something that has happened at this tenant. It names what it is about, which is read as it is now; an erased taxpayer is null.",
})
export class Event implements Node {
  readonly __typename!: "Event";
  readonly kept!: StoredEvent;

  @Field(() => ID, { description: "The webhook-id of its deliveries, and its cursor." })
  id!: string;

  @Field(() => enums.EventKind, { description: "What has happened." })
  kind!: Word<"EventKind">;

  @Field(() => Int, { description: "Ascends within the tenant, without holes for a reader of all kinds." })
  sequence!: number;

  @Field(() => DateTimeScalar, { description: "When it happened." })
  at!: Instant;
}

export function toEvent(kept: StoredEvent): Event {
  const { id, kind, sequence, atMs } = kept;
  return { __typename: "Event", kept, id, kind, sequence, at: instantAt(atMs) };
}

/** Another tenant's event and an unknown id get the same answer. */
export async function eventById(id: string, { access, feed }: GraphContext): Promise<Event> {
  const kept = await feed.byId(access.tenant, id);
  if (kept === undefined) throw new Fault("NOT_FOUND", { field: "id" });
  return toEvent(kept);
}

const EventConnection = connectionOf("Event", Event, "oldest first");

const mostEvents = 100;

@ArgsType()
class EventsArgs {
  @Field(() => Int, { nullable: true, defaultValue: mostEvents, description: "How many at most: 1 to 100." })
  @Min(1)
  @Max(mostEvents)
  first?: number | null;

  @Field(() => String, {
    nullable: true,
    description: "The cursor after which to go on. It holds as long as the events after it are kept.",
  })
  @IsNotEmpty()
  after?: string | null;

  @Field(() => [enums.EventKind], { nullable: true, description: "Only events of these kinds." })
  kinds?: Word<"EventKind">[] | null;
}

@Resolver(() => Event)
export class EventResolver {
  @Requires("events:read")
  @Query(() => EventConnection, {
    description:
      "What has happened at this tenant, oldest first. A reader that goes on from its cursor loses nothing and gets nothing twice.",
  })
  async events(
    @Args(() => EventsArgs) { first, after, kinds }: EventsArgs,
    @Ctx() { access, feed }: GraphContext,
  ): Promise<Connection<Event>> {
    const asked = { first: first ?? mostEvents, after: after ?? undefined, kinds: kinds ?? undefined };
    const { events, hasNext } = await feed.page(access.tenant, asked);
    return toConnection(events.map(toEvent), { hasNext, after: asked.after });
  }

  @FieldResolver(() => Taxpayer, { nullable: true, description: "Whom it is about; null once they are erased." })
  async taxpayer(
    @Root() { kept: { taxpayerId } }: Event,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Taxpayer | undefined> {
    if (taxpayerId === undefined) return undefined;
    const taxpayer = await context.loaders.taxpayerById.load(taxpayerId);
    return taxpayer === null || taxpayer === "ERASED" ? undefined : taxpayerById(taxpayerId, context, info);
  }

  @FieldResolver(() => Link, {
    nullable: true,
    description: "The link that it is about. One that ended a day ago is gone.",
  })
  async link(@Root() { kept: { linkId } }: Event, @Ctx() { sessionLoaders }: GraphContext): Promise<Link | undefined> {
    const link = linkId === undefined ? null : await sessionLoaders.linkById.load(linkId);
    return link === null ? undefined : toLink(link);
  }

  @FieldResolver(() => Session, { nullable: true, description: "The session that it is about." })
  async session(
    @Root() { kept: { sessionId } }: Event,
    @Ctx() { sessionLoaders }: GraphContext,
  ): Promise<Session | undefined> {
    const session = sessionId === undefined ? null : await sessionLoaders.sessionById.load(sessionId);
    return session === null ? undefined : toSession(session);
  }

  @FieldResolver(() => ComplianceRun, {
    nullable: true,
    description: "The run that it is about, as long as it is kept.",
  })
  async run(@Root() { kept: { runId } }: Event, @Ctx() context: GraphContext): Promise<ComplianceRun | undefined> {
    if (runId === undefined) return undefined;
    try {
      return await runById(runId, context);
    } catch (thrown) {
      if (asFault(thrown).code === "NOT_FOUND") return undefined;
      throw thrown;
    }
  }

  @Requires("session:write")
  @FieldResolver(() => Consent, { nullable: true, description: "The consent that it is about." })
  async consent(
    @Root() { kept: { consentId } }: Event,
    @Ctx() { sessionLoaders, clock }: GraphContext,
  ): Promise<Consent | undefined> {
    const consent = consentId === undefined ? null : await sessionLoaders.consentById.load(consentId);
    return consent === null ? undefined : toConsent(consent, clock.now());
  }
}
