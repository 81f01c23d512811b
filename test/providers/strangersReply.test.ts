import { indianDayAt } from "../../src/domain/calendarDate";
import type { Provider } from "../../src/providers/provider";
import { providers } from "../../src/providers/registry";
import { personaOn } from "../../src/sandbox/personas";
import { nowMs, travelAltered, type Journey } from "../support/alteredRoad";

const stranger = "ZZZPS9999S";
/** Returns of the simple and of the full forms, and one that comes as a flat summary. */
const people = ["ZZZPA1001A", "ZZZPA1002B", "ZZZPA1003C", "ZZZPK1003C"].flatMap(
  (pan) => personaOn(pan, indianDayAt(nowMs)) ?? [],
);

type Path = readonly string[];
type Replace = (text: string) => string;

/** A person may sign for another: who verified a return is not whose return it is. */
const namesTheSignatory = /\.verification\./i;

/** Every place in the JSON that a replacement changes, as the keys that lead there. */
function placesOf(json: unknown, replace: Replace, at: Path = []): Path[] {
  if (typeof json === "string") return replace(json) === json ? [] : [at];
  if (typeof json !== "object" || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) => placesOf(value, replace, [...at, key]));
}

function replaceAt(json: unknown, [key, ...rest]: Path, replace: Replace): unknown {
  if (key === undefined) return replace(String(json));
  const copy = (Array.isArray(json) ? [...(json as unknown[])] : { ...(json as object) }) as Record<string, unknown>;
  copy[key] = replaceAt(copy[key], rest, replace);
  return copy;
}

function masked(pan: string): string {
  return `${pan.slice(0, 5)}****${pan.slice(-1)}`;
}

function refusalsOf({ answers, fault }: Journey): readonly string[] {
  const failures = answers.flatMap((answer) => (answer.outcome === "FAILED" ? answer.fault : []));
  return [...failures, ...(fault ? [fault] : [])].map(({ code }) => code);
}

function found({ answers }: Journey): unknown {
  return answers.flatMap((answer) => (answer.outcome === "FOUND" ? [answer.value] : []));
}

interface Case {
  readonly person: (typeof people)[number];
  readonly reply: number;
  readonly path: Path;
}

/** Every single place in which a vendor's simulator says whose or of which year its reply is. */
async function casesOf(provider: Provider, replacing: (pan: string) => Replace): Promise<readonly Case[]> {
  const cases: Case[] = [];
  for (const person of people) {
    await travelAltered(provider, person, (json, reply) => {
      for (const path of placesOf(json, replacing(person.pan))) cases.push({ person, reply, path });
      return json;
    });
  }
  return cases.filter(({ path }) => {
    const place = `.${path.join(".")}.`;
    return !namesTheSignatory.test(place);
  });
}

function named(pan: string): Replace {
  return (text) => (text === pan ? stranger : text === masked(pan) ? masked(stranger) : text);
}

describe.each(providers.map((provider) => [provider.id, provider] as const))("%s", (_id, provider) => {
  it("names the taxpayer in its replies", async () => {
    expect((await casesOf(provider, named)).length).toBeGreaterThan(0);
  });

  it("is refused when any one place of a reply names a stranger", async () => {
    const accepted: string[] = [];
    for (const { person, reply, path } of await casesOf(provider, named)) {
      const journey = await travelAltered(provider, person, (json, nth) =>
        nth === reply ? replaceAt(json, path, named(person.pan)) : json,
      );
      const isRefused = refusalsOf(journey).includes("PROVIDER_BAD_RESPONSE");
      if (!isRefused) accepted.push(`${person.pan}, reply ${reply}: ${path.join(".")}`);
    }
    expect(accepted).toEqual([]);
  });

  it("leaves nothing of a stranger in any answer", async () => {
    const cases = await casesOf(provider, named);
    const replies = new Map(cases.map(({ person, reply }) => [`${person.pan} ${reply}`, { person, reply }]));
    for (const { person, reply } of replies.values()) {
      const ofStranger = (text: string) =>
        named(person.pan)(text)
          .replaceAll(person.profile.name ?? "?", "A STRANGER")
          .replaceAll(person.profile.email ?? "?", "stranger@example.org");
      const journey = await travelAltered(provider, person, (json, nth) => {
        if (nth !== reply) return json;
        return placesOf(json, ofStranger).reduce((altered, path) => replaceAt(altered, path, ofStranger), json);
      });
      expect(refusalsOf(journey)).toContain("PROVIDER_BAD_RESPONSE");
      expect(JSON.stringify([found(journey), journey.fault?.context])).not.toMatch(/stranger|ZZZPS9999S/i);
    }
  });
});

interface YearPlace {
  readonly place: RegExp;
  /** The first such reply answers a question that names no year: the latest return, or the order of a statement. */
  readonly isFirstUnasked?: true;
}

/**
 * Where a reply about one return or one year says of which year it is. A list of all years is no such place: there,
 * another year is another entry.
 */
const placesOfYear: Readonly<Record<string, readonly YearPlace[]>> = {
  KWIKID: [{ place: /^itr_data\.(ITR\..*\.AssessmentYear|assessment_year)$/, isFirstUnasked: true }],
  DEEPVUE: [
    { place: /\.raw_itr\..*\.AssessmentYear$/ },
    { place: /^data\.assessment_year$/ },
    { place: /^data\.financial_year$/, isFirstUnasked: true },
  ],
  TUTELAR: [],
  FINPASS: [{ place: /\.parsed_data\..*\.AssessmentYear$/ }, { place: /\.filing_info\.assessment_year$/ }],
  EKO: [],
};

/** Three years are asked; of others nothing is wanted. The same label four years earlier, however it is printed. */
function fourYearsEarlier(text: string): string {
  if (!/^202[4-6](-(20)?2\d)?$/.test(text)) return text;
  return text.replaceAll(/2(\d)(?=-|$)/g, (_year, digit: string) => String(16 + Number(digit)));
}

describe.each(providers.map((provider) => [provider.id, provider] as const))("a reply of %s", (id, provider) => {
  it("is refused when it is about another year than was asked", async () => {
    const places = placesOfYear[id];
    if (places === undefined) throw new Error(`say in placesOfYear where ${id} names the year of a reply`);
    const all = await casesOf(provider, () => fourYearsEarlier);
    const accepted: string[] = [];
    for (const { place, isFirstUnasked } of places) {
      const told = all.filter(({ path }) => place.test(path.join(".")));
      const first = (of: Case) => Math.min(...told.flatMap(({ person, reply }) => (person === of.person ? reply : [])));
      const cases = told.filter((one) => !isFirstUnasked || one.reply > first(one));
      expect(cases.length).toBeGreaterThan(0);
      for (const { person, reply, path } of cases) {
        const journey = await travelAltered(provider, person, (json, nth) =>
          nth === reply ? replaceAt(json, path, fourYearsEarlier) : json,
        );
        const isRefused = refusalsOf(journey).includes("PROVIDER_BAD_RESPONSE");
        if (!isRefused) accepted.push(`${person.pan}, reply ${reply}: ${path.join(".")}`);
      }
    }
    expect(accepted).toEqual([]);
  });
});
