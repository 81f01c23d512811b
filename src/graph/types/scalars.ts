import { Fault } from "../../kernel";
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from "graphql";
import { Field } from "type-graphql";
import {
  instantAt,
  readCalendarDate,
  type Instant,
  readRupees,
  toWireNumber,
  type Rupees,
  assessmentYearLabel,
  incomeYearFromAssessmentYear,
} from "../../domain";

/**
 * Accepts any text. The resolver checks it and refuses it as BAD_INPUT by the name of its argument. The refusal of a
 * scalar would quote the text.
 */
export const PanScalar = textScalar(
  "Pan",
  'A permanent account number, for example "ABCDE1234F". Blanks around it and lower case are forgiven.',
  (text) => text.trim().toUpperCase(),
);

export const AssessmentYearScalar = textScalar(
  "AssessmentYear",
  'The year in which income of the year before is assessed: "2024-25"; "2024-2025" is understood as well.',
  (text) => {
    const incomeYear = incomeYearFromAssessmentYear(text);
    return incomeYear === undefined ? undefined : assessmentYearLabel(incomeYear);
  },
);

/** Dates and instants are kept in the form in which they are sent. */
export const DateScalar = textScalar("Date", 'A calendar date: "2024-07-15".', keep);
export const DateTimeScalar = textScalar(
  "DateTime",
  'An instant, RFC 3339 in UTC: "2024-07-15T10:00:00.000Z". On the way in, other offsets are understood as well.',
  readInstant,
);

function keep(text: string): string {
  return text;
}

/** Without this check 30 February would become a day in March. */
function readInstant(text: string): Instant | undefined {
  const [, day] = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/i.exec(text) ?? [];
  const ms = day !== undefined && readCalendarDate(day) ? Date.parse(text.toUpperCase()) : NaN;
  return Number.isNaN(ms) ? undefined : instantAt(ms);
}

function textScalar(name: string, description: string, read: (text: string) => string | undefined): GraphQLScalarType {
  const parse = (value: unknown): string => {
    const text = typeof value === "string" ? read(value) : undefined;
    if (text === undefined) throw new GraphQLError(`This is not a valid ${name}.`);
    return text;
  };
  return new GraphQLScalarType({
    name,
    description,
    serialize: (value) => value,
    parseValue: parse,
    parseLiteral: (node: ValueNode) => parse(node.kind === Kind.STRING ? node.value : undefined),
  });
}

/**
 * Amounts are whole paise inside and rupees on the wire. On the way in the number stays as it came, for `toRupees`: variables
 * are coerced twice, and must not become a hundred times as much.
 */
export const RupeesScalar = new GraphQLScalarType<number, number>({
  name: "Rupees",
  description: "An amount of money in rupees, with at most two decimals: 125000.5. Below zero where it is a loss.",
  serialize: (value) => toWireNumber(value as Rupees),
  parseValue: (value) => {
    const amount = typeof value === "number" ? readRupees(value) : undefined;
    // A third decimal is refused from a caller, and rounded from a vendor.
    if (amount === undefined || toWireNumber(amount) !== value) throw new GraphQLError("This is not a valid Rupees.");
    return toWireNumber(amount);
  },
});

/** The amount of an argument that the scalar has accepted. */
export function toRupees(argument: number): Rupees {
  const amount = readRupees(argument);
  if (amount === undefined) throw new Fault("INTERNAL", { note: "an amount was accepted that is none" });
  return amount;
}

/** A field that holds an amount, or null if it is unknown. */
export function Amount(description: string): PropertyDecorator {
  return Field(() => RupeesScalar, { nullable: true, description });
}
