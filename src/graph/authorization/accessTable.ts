import { type GraphQLSchema, getNamedType, isAbstractType, type GraphQLObjectType } from "graphql";
import { allows, scopes as allScopes, type Scope, type Access } from "../access";
import {
  introspectionScope,
  fieldsOf,
  markOf,
  meets,
  requirementsOf,
  rootTypesIn,
  typesBehind,
  type Field,
} from "./enforceScopes";

type Scopes = Pick<Access, "scopes">;

/**
 * Every field that a caller can reach from the roots: "Taxpayer.pan", and "Taxpayer.pan(reveal: true)". A field of an
 * abstract type is listed for each possible type: "Query.node → Filing".
 */
function fieldsOpenTo(access: Scopes, schema: GraphQLSchema): ReadonlySet<string> {
  const open = new Set<string>();
  const seen = new Set<GraphQLObjectType>();

  function visit(type: GraphQLObjectType): void {
    if (seen.has(type)) return;
    seen.add(type);
    for (const field of fieldsOf(type).filter((each) => meets(access, requirementsOf(each)))) {
      const place = `${type.name}.${field.name}`;
      const behind = typesBehind(field, schema).filter((each) => meets(access, markOf(each)));
      if (isAbstractType(getNamedType(field.type))) for (const { name } of behind) open.add(`${place} → ${name}`);
      else open.add(place);
      if (canReveal(field) && allows(access, "pii:reveal")) open.add(`${place}(reveal: true)`);
      for (const each of behind) visit(each);
    }
  }

  for (const root of rootTypesIn(schema)) visit(root);
  return open;
}

function canReveal({ args }: Field): boolean {
  return args.some(({ name }) => name === "reveal");
}

/** The callers that a lender usually has, each with the fewest scopes that its work needs. */
export const roles: Readonly<Record<string, readonly Scope[]>> = {
  underwriter: ["income:read", "compliance:read", "session:write"],
  "case officer": ["income:read", "pii:reveal"],
  KYC: ["compliance:read"],
  "service desk": ["session:write"],
  "privacy officer": ["subject:erase", "audit:read"],
  operations: ["ops:read"],
  backend: ["events:read", "webhooks:write"],
};

/** HTTP routes beside the graph, and the scopes of which each needs one. */
export const scopesByRoute = {
  "GET /documents/…": ["income:read", "compliance:read"],
  "GET /metrics": ["ops:read"],
  "POST /runs/uploads": ["compliance:read"],
} as const satisfies Record<string, readonly Scope[]>;

/** What a document link leads to, and the scope that it needs. */
export const scopeByLink = { TAXPAYER: "income:read", RUN: "compliance:read" } as const satisfies Record<string, Scope>;

/** The page of who may read what. It is made from the schema's marks, which are enforced. */
export function printAccessTable(schema: GraphQLSchema): string {
  const names = Object.keys(roles);
  const openByRole = Object.values(roles).map((scopes) => openTo(scopes, schema));
  const rows = [...openTo(allScopes, schema)].toSorted().map((place) => {
    const cells = openByRole.map((open) => (open.has(place) ? "yes" : ""));
    return `| \`${place}\` | ${cells.join(" | ")} |`;
  });
  return [
    "# Who may have what",
    "",
    "Printed from the schema's marks (`@requiresScopes`) by `npm run schema`. A role is a token with these scopes:",
    "",
    ...Object.entries(roles).map(([name, scopes]) => `- ${name}: ${scopes.map((scope) => `\`${scope}\``).join(", ")}`),
    "",
    "A field that a caller may not have is null, or takes what cannot be null along, with `FORBIDDEN` at its path and in",
    "`extensions.scopes` those of which any one would do. Nothing is asked or read for it. With `AAY_INTROSPECTION=off`,",
    `\`__schema\`, \`__type\` and \`_service\` need \`${introspectionScope}\`.`,
    "",
    `| field | ${names.join(" | ")} |`,
    `| --- | ${names.map(() => "---").join(" | ")} |`,
    ...rows,
    "",
  ].join("\n");
}

function openTo(scopes: readonly Scope[], schema: GraphQLSchema): ReadonlySet<string> {
  const access = { scopes: new Set<string>(scopes) };
  const open = Object.entries(scopesByRoute).flatMap(([route, anyOf]) => (allows(access, ...anyOf) ? [route] : []));
  return new Set([...fieldsOpenTo(access, schema), ...open]);
}
