import {
  type DocumentNode,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLSchema,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import type { Fault } from "../../kernel";
import { type Access, allows, forbidden } from "../access";
import { type Field, markOf, requirementsOf } from "./enforceScopes";

/** The refusal of a valid document that selects, anywhere in it, what these scopes do not allow. */
export function refusalOfFields(
  document: DocumentNode,
  schema: GraphQLSchema,
  access: Pick<Access, "scopes">,
): Fault | undefined {
  let refusal: Fault | undefined;
  const types = new TypeInfo(schema);

  function require(requirements: ReturnType<typeof requirementsOf>): void {
    const missing = requirements.find((anyOf) => !allows(access, ...anyOf));
    if (missing) refusal ??= forbidden(...missing);
  }

  function requireType(type: GraphQLNamedType | null | undefined): void {
    if (type) require(markOf(type));
  }

  visit(
    document,
    visitWithTypeInfo(types, {
      [Kind.FIELD]({ arguments: given = [] }) {
        const field = types.getFieldDef() as Field | null | undefined;
        if (!field) return;
        require(requirementsOf(field));
        const reveals = given.some(
          ({ name, value }) => name.value === "reveal" && !(value.kind === Kind.BOOLEAN && !value.value),
        );
        if (reveals) require([["pii:reveal"]]);
      },
      // A fragment names a type behind an interface, which the field around it does not.
      [Kind.INLINE_FRAGMENT]: () => {
        requireType(getNamedType(types.getType()) as GraphQLNamedType | null);
      },
      [Kind.FRAGMENT_DEFINITION]: () => {
        requireType(getNamedType(types.getType()) as GraphQLNamedType | null);
      },
    }),
  );
  return refusal;
}
