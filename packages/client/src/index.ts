/** A small typed client of the graph: `createClient`, and a document for each operation of `schema/operations`. */
export { createClient, type Answer, type Client, type ClientOptions, type Cost } from "./client.ts";
export { GraphQLProblem, Unreachable } from "./problem.ts";
export * from "./operations.ts";
