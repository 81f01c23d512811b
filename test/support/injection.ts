import fc from "./fuzz";

/** What is private, in the forms in which vendors write it. None of it belongs to a person of the sandbox. */
export const canaries = {
  aadhaar: "7364 5198 2036",
  account: "50100247813396",
  email: "canary.k7@example.org",
  phone: "9876012345",
  pan: "ZZZPQ7351K",
} as const;

export interface Injection {
  readonly canary: string;
  readonly manner: "FIELD" | "TEXT" | "WORDS" | "ENTRY" | "NUMBER" | "KEY";
  /** Which of the places that suit the manner, as a part of all of them. */
  readonly where: number;
}

export const injection: fc.Arbitrary<Injection> = fc.record({
  canary: fc.constantFrom(...Object.values(canaries)),
  manner: fc.constantFrom("FIELD", "TEXT", "WORDS", "ENTRY", "NUMBER", "KEY"),
  where: fc.integer({ min: 0, max: 9_999 }).map((place) => place / 10_000),
});

type Container = Record<string, unknown> | unknown[];
type Place = readonly [container: Container, key: string];

function placesIn(json: unknown): Place[] {
  if (typeof json !== "object" || json === null) return [];
  const container = json as Container;
  return Object.keys(container).flatMap((key): Place[] => [
    [container, key],
    ...placesIn((container as Record<string, unknown>)[key]),
  ]);
}

/** A copy of the JSON that holds the canary somewhere; the same where no place suits. */
export function inject(json: unknown, { canary, manner, where }: Injection): unknown {
  const copy = structuredClone(json);
  const suits = ([container, key]: Place): boolean => {
    const value = (container as Record<string, unknown>)[key];
    if (manner === "TEXT" || manner === "WORDS") return typeof value === "string";
    if (manner === "NUMBER") return typeof value === "number";
    return manner === "ENTRY"
      ? Array.isArray(value)
      : typeof value === "object" && value !== null && !Array.isArray(value);
  };
  const places = placesIn(copy).filter(suits);
  const place = places[Math.floor(where * places.length)];
  if (place === undefined) return copy;
  const [container, key] = place as readonly [Record<string, unknown>, string];
  const value = container[key];
  const digits = Number(canary.replaceAll(/\D/g, ""));
  if (manner === "TEXT") container[key] = canary;
  else if (manner === "WORDS") container[key] = `see ${canary} (${String(value)})`;
  else if (manner === "NUMBER") container[key] = digits;
  else if (manner === "ENTRY") (value as unknown[]).push(canary);
  else if (manner === "KEY") (value as Record<string, unknown>)[canary] = canary;
  else Object.assign(value as object, { remarks: canary, nested: { deeper: [{ remarks: canary }] } });
  return copy;
}
