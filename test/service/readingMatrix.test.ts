import { indianDayAt } from "../../src/domain/indianDay";
import { latestIncomeYears } from "../../src/domain/taxPeriod";
import { systemClock } from "../../src/kernel/clock";
import { jumpingClock } from "../../src/sandbox/clock";
import { personaOn, personasOn } from "../../src/sandbox/personas";
import { WholeTaxpayerDocument, type ProviderId, type WholeTaxpayerQuery } from "../generated/operations";
import { bringAll, closeAll } from "../support/manySessions";
import { startTestService, type TestService } from "../support/service";
import { factsOf, placeOf, truthOf, type Facts } from "../support/truth";

type Answer = WholeTaxpayerQuery["taxpayer"];

const clock = jumpingClock(systemClock);
clock.jumpTo(Date.parse("2026-11-10T06:00:00Z"));
const today = indianDayAt(clock.now());
const years = latestIncomeYears(3, today);
const people = personasOn(today).filter(({ portal, compliance }) => portal === "OPEN" && compliance !== undefined);
const vendors: readonly ProviderId[] = ["KWIKID", "DEEPVUE", "TUTELAR", "FINPASS"];

let service: TestService;
const sessionsByVendor = new Map<ProviderId, ReadonlyMap<string, string>>();

/** One tenant for each vendor, who knows what that vendor tells; and one who has asked them all. */
beforeAll(async () => {
  service = await startTestService({ TUTELAR_POLL_MS: "20", FINPASS_POLL_MS: "20" }, clock);
  for (const provider of vendors) {
    const sessions = await bringAll(service, { provider, people, caller: { tenant: provider } });
    sessionsByVendor.set(provider, sessions);
    // A provider that knows logins by their PAN has room for the other tenant now.
    await closeAll(service, sessions.values(), { tenant: provider });
    await bringAll(service, { provider, people, caller: { tenant: "everybody's" } });
  }
}, 120_000);

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

async function read(pan: string, tenant: string): Promise<Answer> {
  const { data, errors } = await service.ask(WholeTaxpayerDocument, { pan }, { tenant });
  expect(errors).toBeUndefined();
  return data!.taxpayer;
}

function toldIn({ profile, filings, demands }: Answer): Facts {
  const filed = (filings.nodes ?? []).map((filing) => {
    const facts = { ...filing, assessmentYear: null, provenance: null, effective: null };
    return [placeOf(filing.assessmentYear, filing.kind), facts] as const;
  });
  return factsOf({ profile, filings: Object.fromEntries(filed), demands });
}

/** Vendors have words of their own for some facts. */
function isSpelledAsKnown(place: string, told: unknown, truth: unknown): boolean {
  if (told === truth) return true;
  const [one, other] = [told, truth].map((fact) => String(fact).toLowerCase());
  if (/^profile\.(address\.(state|country)|aadhaarLink\.label)$/.test(place)) return one === other;
  if (place === "profile.gender") return one?.[0] === other?.[0];
  return place === "profile.category" && one === "hindu undivided family" && other === "huf";
}

/** What is told beyond the truth, because the vendor's own way of telling makes it so. */
function isOfItsOwnMaking(provider: ProviderId, place: string, told: unknown, truth: Facts): boolean {
  // That a return was filed is all that its acknowledgement form proves.
  if (provider === "TUTELAR") return place.endsWith(".status") && told === "FILED";
  // No refund is told as one of nothing; and the day of one whose figures are not told stands among the events.
  if (provider === "FINPASS" && !truth.has(place)) {
    return (place.endsWith(".refund.claimed") && told === 0) || place.endsWith(".refund.issuedOn");
  }
  return false;
}

describe.each(vendors)("what %s tells", (provider) => {
  it.each(people)("is true: $title", async ({ pan }) => {
    const truth = truthOf(personaOn(pan, today, provider)!, years);
    const told = [...toldIn(await read(pan, provider))];
    const untrue = told.filter(
      ([place, fact]) =>
        !isSpelledAsKnown(place, fact, truth.get(place)) && !isOfItsOwnMaking(provider, place, fact, truth),
    );
    expect(untrue).toEqual([]);
  });

  it("is its own word, brought by the session it was brought in", async () => {
    const { filings } = await read(people[0]!.pan, provider);
    const method = { KWIKID: "PARSED", DEEPVUE: "PARSED", TUTELAR: "DERIVED", FINPASS: "PARSED" }[provider as string];
    const session = sessionsByVendor.get(provider)!.get(people[0]!.pan);
    expect(filings.nodes?.map(({ provenance }) => provenance)).toEqual(
      years.map(() => [{ provider, method, session }]),
    );
  });

  it("has no disagreements with itself", async () => {
    const answers = await Promise.all(people.map(({ pan }) => read(pan, provider)));
    expect(answers.flatMap(({ disagreements }) => disagreements)).toEqual([]);
  });
});

describe("what each vendor leaves untold", () => {
  const placesOf = (facts: readonly Facts[]) =>
    new Set(
      facts.flatMap((each) =>
        [...each.keys()].map((place) => place.replace(/^filings\.[^.]+\./, "filing.").replace(/\.\d+/, "")),
      ),
    );

  /** Places of which nothing at all is told are named by what they have in common. */
  function summary(untold: readonly string[], all: readonly string[]): readonly string[] {
    const names = untold.map((place) => {
      const parts = place.split(".");
      const prefixes = parts.map((_, index) => parts.slice(0, index + 1).join("."));
      const isWhole = (prefix: string) =>
        all.every((each) => !`${each}.`.startsWith(`${prefix}.`) || untold.includes(each));
      return prefixes.find(isWhole) ?? place;
    });
    return [...new Set(names)].toSorted();
  }

  const byWhom: readonly (readonly [ProviderId, string])[] = [
    [
      "KWIKID",
      "demands filing.dueOn filing.refund.issuedOn filing.statusHistory profile.aadhaarLink profile.gender " +
        "profile.jurisdiction profile.status",
    ],
    ["DEEPVUE", "demands filing.dueOn filing.refund.issuedOn profile.aadhaarLink profile.jurisdiction profile.status"],
    [
      "TUTELAR",
      "demands filing.bankAccounts filing.deductions filing.dueOn filing.filedOn filing.form filing.grossTotalIncome " +
        "filing.incomeHeads filing.refund filing.regime filing.section filing.statusHistory filing.tax " +
        "filing.taxesPaid filing.timeliness filing.totalIncome profile",
    ],
    ["FINPASS", "filing.dueOn"],
  ];

  it.each(byWhom)("is nothing else for %s", async (provider, untold) => {
    const truths = placesOf(people.map(({ pan }) => truthOf(personaOn(pan, today, provider)!, years)));
    const told = placesOf(await Promise.all(people.map(async ({ pan }) => toldIn(await read(pan, provider)))));
    const silent = [...truths].filter((place) => !told.has(place));
    expect(summary(silent, [...truths])).toEqual(untold.split(" "));
  });
});

describe("what all vendors together tell", () => {
  // That Tutelar has not noticed a processing cannot be seen: it tells of no status.
  const planted: Partial<Record<string, object>> = {
    ZZZPH8001A: { path: "filings.2026-27.totalIncome", sides: ["DEEPVUE KWIKID", "FINPASS"] },
    ZZZPH8003C: { path: "filings.2025-26.status", sides: ["DEEPVUE", "FINPASS"] },
  };

  it.each(people)("disagrees as planted: $title", async ({ pan }) => {
    const { disagreements } = await read(pan, "everybody's");
    const told = disagreements.map(({ path, claims }) => {
      const sides = [...Map.groupBy(claims, ({ value }) => value).values()];
      const names = sides.map((side) => side.map(({ provider }) => provider).toSorted());
      return { path, sides: names.map((each) => each.join(" ")).toSorted() };
    });
    expect(told).toEqual(planted[pan] ? [planted[pan]] : []);
  });

  it.each(people)("is each return once: $title", async ({ pan }) => {
    const { filings } = await read(pan, "everybody's");
    const truth = personaOn(pan, today)!.filings.filter(({ incomeYear }) => years.includes(incomeYear));
    expect(filings.nodes?.map(({ acknowledgementNumber }) => acknowledgementNumber).toSorted()).toEqual(
      truth.map(({ acknowledgementNumber }) => acknowledgementNumber).toSorted(),
    );
  });
});
