import { visit, type DocumentNode } from "graphql";
import { type Fault, memoizeWeak } from "../../kernel";
import { allows, forbidden, type Access, type Scope } from "../access";

/** Where introspection is off, it stays open to those who run the service, and to the router that composes it. */
export const introspectionScope: Scope = "ops:read";

const fieldsOfTheSchemaItself: ReadonlySet<string> = new Set(["__schema", "__type", "_service"]);

/** What is wrong with a document that asks for the schema itself, where the caller may not see it. */
export function refusalOfIntrospection(document: DocumentNode, access: Access): Fault | undefined {
  return asksForSchema(document) && !allows(access, introspectionScope) ? forbidden(introspectionScope) : undefined;
}

const asksForSchema = memoizeWeak((document: DocumentNode) => {
  let isAsked = false;
  visit(document, {
    Field({ name }) {
      isAsked ||= fieldsOfTheSchemaItself.has(name.value);
    },
  });
  return isAsked;
});
