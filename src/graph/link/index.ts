// Links to the taxpayer's own page: queries, mutations and the subscription.
export { linkById, LinkResolver } from "./link";
export { LinkMutationResolver, LinkQueryResolver, LinkSubscriptionResolver } from "./linkOperations";
