import { ArrayNotEmpty, Length, Max, Min, ValidateNested } from "class-validator";
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
import type { DocumentKind, Locale, ProviderId } from "../../domain";
import { Fault } from "../../kernel";
import type * as links from "../../links";
import { Requires } from "../access";
import { Sensitive } from "../authorization";
import { forget, type GraphContext } from "../context";
import { ConsentInput, toConsentTerms } from "../session";
import { enums, panArgument, PanScalar, Problem, problemIn, toProblem } from "../types";
import { Link, linkById, toLink } from "./link";

@InputType({ description: "What a taxpayer is to be asked for." })
class CreateLinkInput {
  @Field(() => PanScalar, { nullable: true, description: "Whose login it is. Left out: the taxpayer enters it." })
  @Sensitive("PERSONAL")
  pan?: string | null;

  @Field(() => enums.ProviderId, {
    nullable: true,
    description: "Who is to log in. Left out: the provider that is up and brings most of the documents.",
  })
  provider?: ProviderId | null;

  @Field(() => [enums.DocumentKind], {
    nullable: true,
    description: "What is wanted: [FILINGS, TAX_CREDITS]. Left out: all that the provider has.",
  })
  @ArrayNotEmpty()
  documents?: DocumentKind[] | null;

  @Field(() => Int, { nullable: true, defaultValue: 3, description: "How many of the latest years: 1 to 7." })
  @Min(1)
  @Max(7)
  years?: number | null;

  @Field(() => ConsentInput, { description: "What the taxpayer is asked to agree to." })
  @ValidateNested()
  consent!: ConsentInput;

  @Field(() => String, {
    nullable: true,
    description:
      "Where the page leads at its end, with the parameters link and state: one of the tenant's registered addresses.",
  })
  @Sensitive("PERSONAL")
  @Length(1, 2_000)
  returnUrl?: string | null;

  @Field(() => enums.Locale, {
    nullable: true,
    defaultValue: "EN",
    description: "The page's language. The taxpayer may change it.",
  })
  locale?: Locale | null;

  @Field(() => String, {
    description:
      "A name of your own for this request, new for each, up to 200 letters. The same name with the same input brings the same link, without its url; with other input it is a CONFLICT.",
  })
  @Sensitive("PERSONAL")
  @Length(1, 200)
  idempotencyKey!: string;
}

@InputType({ description: "A link to act on." })
class LinkInput {
  @Field(() => ID, { description: "As createLink named it." })
  linkId!: string;
}

@ObjectType({ description: "What came of it: a link, or a problem." })
class LinkPayload {
  @Field(() => Link, { nullable: true, description: "The link as it is now." })
  link?: Link | undefined;

  @Field(() => Problem, { nullable: true, description: "What stood in the way, and whose doing it is." })
  problem?: Problem | undefined;

  @Field(() => Boolean, { description: "Whether it was so before, so that nothing was done." })
  replayed!: boolean;
}

async function payloadOf(
  context: GraphContext,
  act: (context: GraphContext) => Promise<links.LinkOutcome>,
): Promise<LinkPayload> {
  try {
    const { link, url, problem, replayed } = await act(context);
    return { link: link && toLink(link, url), problem: problem && toProblem(problem), replayed };
  } catch (thrown) {
    return { problem: problemIn(thrown), replayed: false };
  } finally {
    forget(context);
  }
}

const usualYears = 3;

@Resolver()
export class LinkMutationResolver {
  @Requires("session:write")
  @Mutation(() => LinkPayload, {
    description:
      "Makes a page on which a taxpayer agrees and logs in by themselves. Send them its url, and wait for CONNECTED.",
  })
  createLink(
    @Arg("input", () => CreateLinkInput, { description: "What is asked, and of whom." }) input: CreateLinkInput,
    @Ctx() context: GraphContext,
  ): Promise<LinkPayload> {
    const { pan, provider, documents, years, consent, returnUrl, locale, idempotencyKey } = input;
    const request: links.LinkRequest = {
      tenant: context.access.tenant,
      by: context.by,
      pan: typeof pan === "string" ? panArgument(context, "pan", pan) : undefined,
      provider: provider ?? undefined,
      documents: documents ? [...new Set(documents)] : undefined,
      years: years ?? usualYears,
      consent: toConsentTerms(consent),
      returnUrl: returnUrl ?? undefined,
      locale: locale ?? "EN",
      idempotencyKey,
    };
    return payloadOf(context, () => context.links.create(request));
  }

  @Requires("session:write")
  @Mutation(() => LinkPayload, {
    description: "Ends a link, and a login under way with it. A link that is over stays as it is.",
  })
  cancelLink(
    @Arg("input", () => LinkInput, { description: "Which link." }) { linkId }: LinkInput,
    @Ctx() context: GraphContext,
  ): Promise<LinkPayload> {
    const { access, by } = context;
    return payloadOf(context, () => context.links.cancel(access.tenant, linkId, by));
  }
}

@Resolver()
export class LinkQueryResolver {
  @Query(() => Link, { nullable: true, description: "One link of this tenant." })
  link(
    @Arg("id", () => ID, { description: "As createLink named it." }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<Link> {
    return linkById(id, context);
  }
}

function watch({
  args,
  context,
}: SubscribeResolverData<unknown, { id: string }, GraphContext>): Promise<AsyncIterable<links.Link>> {
  return context.links.watch(context.access.tenant, args.id);
}

@Resolver()
export class LinkSubscriptionResolver {
  @Subscription(() => Link, {
    description: "The link as it is now, then every change of it, in order; it completes when the link is over.",
    subscribe: watch,
  })
  linkChanged(
    @Arg("id", () => ID, { description: "A link of this tenant." }) _id: string,
    @Root() changed: links.Link | undefined,
  ): Link {
    if (changed === undefined) {
      throw new Fault("BAD_INPUT", { hint: "Subscriptions come over WebSocket, by graphql-transport-ws." });
    }
    return toLink(changed);
  }
}
