import * as apollo from "@apollo/composition";
import * as guild from "@theguild/federation-composition";
import { parse } from "graphql";
import { ask } from "./ask.mjs";

/** Those that write a supergraph. WunderGraph's composer writes the settings of its own router instead. */
export const composers = {
  "@theguild/federation-composition": guild.composeServices,
  "@apollo/composition": apollo.composeServices,
};

/** Joins subgraphs of the shape { name, url, typeDefs }. */
export function compose(services, composer = "@theguild/federation-composition") {
  const { supergraphSdl, errors } = composers[composer](services);
  if (errors) throw new Error(errors.map(({ message }) => message).join("\n"));
  return supergraphSdl;
}

/** Asks each subgraph for its schema, as a router does, and joins them. */
export async function composeSupergraph(subgraphs, { authorization, composer }) {
  const services = await Promise.all(
    subgraphs.map(async ({ name, url }) => {
      const { _service } = await ask(url, "{ _service { sdl } }", { authorization });
      return { name, url, typeDefs: parse(_service.sdl) };
    }),
  );
  return compose(services, composer);
}
