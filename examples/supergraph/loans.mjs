// The lender's own subgraph. It knows taxpayers by AayGraph's ids alone, and adds a field to them.
import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginInlineTraceDisabled } from "@apollo/server/plugin/disabled";
import { startStandaloneServer } from "@apollo/server/standalone";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse } from "graphql";

const typeDefs = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])

  type Query {
    loans: [Loan!]!
  }

  type Loan {
    id: ID!
    "Whole rupees."
    amount: Int!
    applicant: Taxpayer!
  }

  type Taxpayer @key(fields: "id") {
    id: ID!
    loans: [Loan!]!
  }
`);

/** Serves loans of the shape { id, amount, applicantId }. */
export async function openLoans(loans, port) {
  const resolvers = {
    Query: { loans: () => loans },
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
