import type { GraphQLResolveInfo } from "graphql";
import { Ctx, Directive, Field, FieldResolver, ID, Info, ObjectType, Resolver, Root } from "type-graphql";
import { instantAt, type Instant } from "../../domain";
import { Fault } from "../../kernel";
import type * as links from "../../links";
import { faultOf } from "../../sessions";
import { Requires } from "../access";
import type { GraphContext } from "../context";
import { Session, sessionById } from "../session";
import { Taxpayer, taxpayerById } from "../taxpayer";
import { DateTimeScalar, enums, Node, Problem, toProblem } from "../types";
import { Sensitive } from "../authorization";

@Directive('@key(fields: "id")')
@Requires("session:write")
@ObjectType({
  implements: Node,
  description:
    "A page of the taxpayer's own: there they agree and log in, so that no password passes through you. Wait until it is CONNECTED.",
})
export class Link implements Node {
  readonly __typename!: "Link";
  readonly kept!: links.Link;

  @Field(() => ID, { description: "Opaque, and this tenant's own." })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "The page's address, only in the reply that made the link. It is good for one browser and thirty minutes. Keep it out of logs.",
  })
  @Sensitive("SECRET")
  url?: string | undefined;

  @Field(() => enums.LinkState, { description: "How far it has come." })
  state!: links.LinkState;

  @Field(() => Problem, { nullable: true, description: "Why it FAILED, or what the last login came to." })
  problem?: Problem | undefined;

  @Field(() => DateTimeScalar, { description: "When it was made." })
  createdAt!: Instant;

  @Field(() => DateTimeScalar, { description: "When it ends by itself." })
  expiresAt!: Instant;
}

export function toLink(kept: links.Link, url?: string): Link {
  const { id, progress, createdAtMs, expiresAtMs } = kept;
  const { state, problem } = progress;
  return {
    __typename: "Link",
    kept,
    id,
    url,
    state,
    problem: problem && toProblem(faultOf(problem)),
    createdAt: instantAt(createdAtMs),
    expiresAt: instantAt(expiresAtMs),
  };
}

/** Another tenant's link and an unknown id get the same answer. */
export async function linkById(id: string, { sessionLoaders }: GraphContext): Promise<Link> {
  const kept = await sessionLoaders.linkById.load(id);
  if (kept === null) throw new Fault("NOT_FOUND", { field: "id" });
  return toLink(kept);
}

@Resolver(() => Link)
export class LinkResolver {
  @FieldResolver(() => Session, {
    nullable: true,
    description: "The session behind it: of the last login. Null until the taxpayer has logged in.",
  })
  async session(@Root() { kept }: Link, @Ctx() context: GraphContext): Promise<Session | null> {
    const { sessionId } = kept.progress;
    return sessionId === undefined ? null : sessionById(sessionId, context);
  }

  @FieldResolver(() => Taxpayer, {
    nullable: true,
    description: "Whose link it is. Null until they are known. What is told of them needs its own scopes.",
  })
  async taxpayer(
    @Root() { kept }: Link,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Taxpayer | null> {
    return kept.taxpayerId === undefined ? null : taxpayerById(kept.taxpayerId, context, info);
  }
}
