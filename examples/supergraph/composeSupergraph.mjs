import { composeServices } from "@theguild/federation-composition";
import { parse } from "graphql";
import { ask } from "./ask.mjs";

/** Asks each subgraph for its schema, as a router does, and joins them. */
export async function composeSupergraph(subgraphs, authorization) {
  const services = await Promise.all(
    subgraphs.map(async ({ name, url }) => {
      const { _service } = await ask(url, "{ _service { sdl } }", { authorization });
      return { name, url, typeDefs: parse(_service.sdl) };
    }),
  );
  const { supergraphSdl, errors } = composeServices(services);
  if (errors) throw new Error(errors.map(({ message }) => message).join("\n"));
  return supergraphSdl;
}
