import {
  DirectiveLocation,
  getDirectiveValues,
  GraphQLDirective,
  GraphQLEnumType,
  GraphQLNonNull,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLSchema,
} from "graphql";
import { Directive } from "type-graphql";

/** SECRET lets its holder act and is never kept. PERSONAL identifies a person, or is free text that may. */
type Sensitivity = "SECRET" | "PERSONAL";

/** Printed with the schema, so that clients know what to keep out of their logs. */
export const sensitiveDirective = new GraphQLDirective({
  name: "sensitive",
  description: "What must stay out of logs, traces and caches.",
  locations: [
    DirectiveLocation.ARGUMENT_DEFINITION,
    DirectiveLocation.INPUT_FIELD_DEFINITION,
    DirectiveLocation.FIELD_DEFINITION,
  ],
  args: {
    kind: {
      type: new GraphQLNonNull(
        new GraphQLEnumType({
          name: "Sensitivity",
          description:
            "SECRET: lets its holder act, and may be sent as a variable only. PERSONAL: tells who somebody is, or is free text that may.",
          values: { SECRET: {}, PERSONAL: {} } satisfies Record<Sensitivity, object>,
        }),
      ),
    },
  },
});

/** Marks a field, an argument or a field of an input. */
export function Sensitive(kind: Sensitivity): ReturnType<typeof Directive> {
  return Directive(`@sensitive(kind: ${kind})`);
}

interface SensitivePlace {
  readonly kind: Sensitivity;
  /** "SubmitOtpInput.otp", "Query.taxpayer.pan". */
  readonly path: string;
  readonly name: string;
  /** IN: an argument or a field of an input. OUT: a field of a result. */
  readonly direction: "in" | "out";
}

/** Every mark in the schema. */
export function sensitivePlaces(schema: GraphQLSchema): SensitivePlace[] {
  const places: SensitivePlace[] = [];
  const look = (path: string, direction: SensitivePlace["direction"], { name, astNode }: Marked) => {
    const kind = astNode ? getDirectiveValues(sensitiveDirective, astNode)?.kind : undefined;
    if (kind !== undefined) places.push({ kind: kind as Sensitivity, path, name, direction });
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) look(`${type.name}.${field.name}`, "in", field);
    } else if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        look(`${type.name}.${field.name}`, "out", field);
        for (const argument of field.args) look(`${type.name}.${field.name}.${argument.name}`, "in", argument);
      }
    }
  }
  return places;
}

interface Marked {
  readonly name: string;
  readonly astNode?: Parameters<typeof getDirectiveValues>[1] | null | undefined;
}

/** The names of sensitive inputs. They count at any place: a misplaced password is still a password. */
export interface SensitiveNames {
  readonly secret: ReadonlySet<string>;
  readonly personal: ReadonlySet<string>;
}

export function sensitiveNames(schema: GraphQLSchema): SensitiveNames {
  const goingIn = sensitivePlaces(schema).filter(({ direction }) => direction === "in");
  const namesOf = (kind: Sensitivity) =>
    new Set(goingIn.filter((place) => place.kind === kind).map(({ name }) => name.toLowerCase()));
  return { secret: namesOf("SECRET"), personal: namesOf("PERSONAL") };
}
