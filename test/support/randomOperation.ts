import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";

/** Numbers from 0 to 1 that are the same for the same seed. */
export type Random = () => number;

export function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Values to choose from: by the name of the argument, or else by the name of its type. */
export type Values = Readonly<Record<string, readonly unknown[]>>;

export interface RandomOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const deepest = 5;

/** A valid query over the whole schema; only the values of its variables may be wrong. */
export function randomOperation(schema: GraphQLSchema, values: Values, random: Random): RandomOperation {
  const variables: Record<string, unknown> = {};
  const definitions = new Map<string, string>();
  const fragments: { readonly name: string; readonly type: string; readonly text: string }[] = [];
  let fieldsLeft = 3 + Math.floor(random() * 10);

  const chance = (share: number) => random() < share;
  const oneOf = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

  function selectionOf(type: GraphQLCompositeType, depth: number): string {
    const parts = Array.from({ length: 1 + Math.floor(random() * (depth > 1 ? 2 : 4)) }, () => partOf(type, depth));
    return `{ ${parts.join(" ")} }`;
  }

  function partOf(type: GraphQLCompositeType, depth: number): string {
    if (isAbstractType(type)) {
      if (chance(0.15)) return "__typename";
      const member = oneOf(schema.getPossibleTypes(type));
      return `... on ${member.name} ${selectionOf(member, depth)}`;
    }
    const known = fragments.filter((fragment) => fragment.type === type.name);
    if (known.length > 0 && chance(0.15)) return `...${oneOf(known).name}${directive()}`;
    if (chance(0.1)) return `... on ${type.name}${directive()} ${selectionOf(type, depth)}`;
    if (chance(0.05)) return `...${directive()} ${selectionOf(type, depth)}`;
    if (chance(0.1)) {
      const text = selectionOf(type, depth);
      const name = `F${fragments.length}`;
      fragments.push({ name, type: type.name, text });
      return `...${name}${directive()}`;
    }
    return fieldIn(type, depth);
  }

  function fieldIn(type: GraphQLObjectType, depth: number): string {
    fieldsLeft -= 1;
    const all = Object.values(type.getFields()).filter(({ name }) => name !== "_service");
    const leaves = all.filter((field) => !isCompositeType(getNamedType(field.type)));
    const fields = depth < deepest && fieldsLeft > 0 && chance(0.8) ? all : leaves;
    if (fields.length === 0 || chance(0.05)) return `__typename${directive()}`;
    // Entities of several types in one list are where one answer is most easily taken for another.
    const entities = chance(0.3) ? fields.find(({ name }) => name === "_entities") : undefined;
    const field = entities ?? oneOf(fields);
    const given = argumentsOf(field);
    const below = getNamedType(field.type);
    const selection = isCompositeType(below) ? ` ${selectionOf(below, depth + 1)}` : "";
    // One key stands for one field of one type with the same arguments, so that no two selections contradict each other.
    const key = `${type.name}_${field.name}${given === "" ? "" : `_${hashOf(given)}`}`;
    return `${given === "" && chance(0.3) && isAlone(type) ? "" : `${key}: `}${field.name}${given}${directive()}${selection}`;
  }

  function argumentsOf({ args }: GraphQLField<unknown, unknown>): string {
    const given = args.flatMap((argument) => {
      const isRequired = isNonNullType(argument.type) && argument.defaultValue === undefined;
      return isRequired || chance(0.4) ? [`${argument.name}: ${argumentValue(argument)}`] : [];
    });
    return given.length > 0 ? `(${given.join(", ")})` : "";
  }

  function argumentValue(argument: GraphQLArgument): string {
    const { type, name } = argument;
    if (chance(0.5) && name !== "representations") return literalOf(valueFor(type, name), type);
    return variableFor(type, name);
  }

  function variableFor(type: GraphQLInputType, name: string): string {
    const variable = `v${definitions.size}`;
    const isRequired = isNonNullType(type);
    const fallback = name !== "representations" && chance(0.4) ? valueFor(getNullableType(type), name) : undefined;
    const hasFallback = fallback !== undefined && (fallback !== null || !isRequired);
    // A type that may be null stands where null may not, if its default is not null.
    const declared = isRequired && hasFallback && chance(0.5) ? getNullableType(type) : type;
    definitions.set(
      variable,
      `$${variable}: ${String(declared)}${hasFallback ? ` = ${literalOf(fallback, declared)}` : ""}`,
    );
    const isLeftOut = hasFallback || !isNonNullType(declared) ? chance(0.4) : chance(0.03);
    if (!isLeftOut) variables[variable] = chance(0.04) ? oneOf(wrongValues) : valueFor(declared, name);
    return `$${variable}`;
  }

  function valueFor(type: GraphQLInputType, name: string): unknown {
    if (!isNonNullType(type) && chance(0.15)) return null;
    const nullable = getNullableType(type);
    if (isListType(nullable)) {
      if (chance(0.1)) return valueFor(nullable.ofType, name);
      const length = Math.floor(random() * (name === "representations" ? 8 : 4));
      return Array.from({ length }, () => valueFor(nullable.ofType, name));
    }
    if (isEnumType(nullable)) return oneOf(nullable.getValues()).name;
    if (isInputObjectType(nullable)) {
      const fields = Object.values(nullable.getFields()).filter(() => chance(0.4));
      return Object.fromEntries(fields.map((field) => [field.name, valueFor(field.type, field.name)]));
    }
    return oneOf(values[name] ?? values[String(nullable)] ?? []);
  }

  function directive(): string {
    if (chance(0.85)) return "";
    const name = oneOf(["skip", "include"]);
    return ` @${name}(if: ${chance(0.5) ? String(chance(0.5)) : variableFor(schema.getDirective("skip")!.args[0]!.type, "if")})`;
  }

  const body = selectionOf(schema.getQueryType()!, 0);
  const declared = definitions.size > 0 ? `(${[...definitions.values()].join(", ")})` : "";
  const spread = fragments.map(({ name, type, text }) => `fragment ${name} on ${type} ${text}`);
  return { query: [`query Random${declared} ${body}`, ...usedIn(body, spread)].join("\n"), variables };
}

const wrongValues: readonly unknown[] = [{}, [], "wrong", -1, 1.5, true, { id: null }, [null], [[1]]];

/** Fields of a type that shares no place with another. */
function isAlone({ name }: GraphQLObjectType): boolean {
  return !["Taxpayer", "Filing", "Session"].includes(name);
}

function hashOf(text: string): string {
  let hash = 7;
  for (const letter of text) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0;
  return (hash >>> 0).toString(36);
}

/** A fragment that is not spread makes a document invalid: those that only skipped parts have made are left out. */
function usedIn(body: string, fragments: readonly string[]): readonly string[] {
  const used = new Set<string>();
  const look = (text: string) => {
    for (const [, name = ""] of text.matchAll(/\.\.\.(F\d+)/g)) {
      if (used.has(name)) continue;
      used.add(name);
      look(fragments.find((fragment) => fragment.startsWith(`fragment ${name} `))!);
    }
  };
  look(body);
  return fragments.filter((fragment) => used.has(/^fragment (F\d+)/.exec(fragment)![1]!));
}

function literalOf(value: unknown, type: GraphQLInputType): string {
  if (value === null) return "null";
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const members = Array.isArray(value) ? value : [value];
    return `[${members.map((member) => literalOf(member, nullable.ofType)).join(", ")}]`;
  }
  if (isInputObjectType(nullable)) {
    const fields = nullable.getFields();
    const given = Object.entries(value as object);
    return `{ ${given.map(([name, member]) => `${name}: ${literalOf(member, fields[name]!.type)}`).join(", ")} }`;
  }
  return isEnumType(nullable) ? (value as string) : JSON.stringify(value);
}
