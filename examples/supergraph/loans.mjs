// The lender's own subgraph. It knows taxpayers by AayGraph's ids alone, and adds a field to them.
import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginInlineTraceDisabled } from "@apollo/server/plugin/disabled";
import { startStandaloneServer } from "@apollo/server/standalone";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse } from "graphql";

export const typeDefs = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])

  type Query {
    loans: [Loan!]!
    loan(id: ID!): Loan
  }

  type Loan {
    id: ID!
    "Whole rupees."
    amount: Int!
    applicant: Taxpayer!
    "What the lender has put on file, in its own order; null where a page was taken out."
    evidence: [Evidence]!
  }

  union Evidence = Taxpayer | Filing | Session

  type Filing @key(fields: "id", resolvable: false) {
    id: ID!
  }

  type Session @key(fields: "id", resolvable: false) {
    id: ID!
  }

  type Taxpayer @key(fields: "id") {
    id: ID!
    loans: [Loan!]!
  }
`);

/** Serves loans of the shape { id, amount, applicantId, evidence: [{ __typename, id }] }. */
export async function openLoans(loans, port) {
  const resolvers = {
    Query: { loans: () => loans, loan: (_root, { id }) => loans.find((loan) => loan.id === id) },
    Evidence: { __resolveType: ({ __typename }) => __typename },
    Loan: { applicant: ({ applicantId }) => ({ id: applicantId }) },
    Taxpayer: { loans: ({ id }) => loans.filter(({ applicantId }) => applicantId === id) },
  };
  const server = new ApolloServer({
    schema: buildSubgraphSchema([{ typeDefs, resolvers }]),
    plugins: [ApolloServerPluginInlineTraceDisabled()],
  });
  const { url } = await startStandaloneServer(server, { listen: { host: "127.0.0.1", port } });
  return url;
}
