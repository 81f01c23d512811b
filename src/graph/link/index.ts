// Links to the taxpayer's own page: queries, mutations and the subscription.
export { Link, linkById, LinkResolver, toLink } from "./link";
export { LinkMutationResolver, LinkQueryResolver, LinkSubscriptionResolver } from "./linkOperations";
