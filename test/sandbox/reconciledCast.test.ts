import type { ProviderId } from "../../src/domain/answer";
import { type CalendarDate, type Instant, indianDayAt } from "../../src/domain/calendarDate";
import { checksOf } from "../../src/domain/checks";
import { agreesWithFilings, reconcileFilings, type ReportedFilings } from "../../src/domain/reconcile";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import type { Persona } from "../../src/providers/persona";
import { providers } from "../../src/providers/registry";
import { cast, personaOn } from "../../src/sandbox/personas";
import { openVendors, providerOf, type Vendors } from "../support/vendors";

const loginProviders = providers.filter(({ login }) => login !== "NONE").map(({ id }) => id);
const people = cast.map(({ facts }) => ({ pan: facts.pan, title: facts.title }));

/** The providers that differ from the chosen one, the topic, and the year, counted back from the latest. */
interface Dissent {
  readonly yearsAgo: number;
  readonly path: string;
  readonly between: readonly string[];
}

function dissentsIn(reported: readonly ReportedFilings[], latest: IncomeYear | undefined): readonly Dissent[] {
  return reconcileFilings(reported).flatMap(({ filing, disagreements }) =>
    disagreements.map(({ path, claims }) => ({
      yearsAgo: (latest ?? 0) - filing.incomeYear,
      path,
      between: [...new Set(claims.map(({ value }) => value))].map((value) =>
        claims.flatMap((claim) => (claim.value === value ? [claim.provider] : [])).join(" "),
      ),
    })),
  );
}

describe("reconciling everything that the vendors see", () => {
  const today = "2026-11-10" as CalendarDate;
  const fetchedAt = `${today}T09:00:00.000Z` as Instant;

  function everythingOf(pan: string, provider: ProviderId, years: readonly IncomeYear[]): readonly ReportedFilings[] {
    const filings = personaOn(pan, today, provider)?.filings ?? [];
    return years.map((incomeYear) => ({
      provenance: { provider, method: "REPORTED", fetchedAt },
      incomeYear,
      filings: filings.filter((filing) => filing.incomeYear === incomeYear),
    }));
  }

  const planted: Partial<Record<string, readonly Dissent[]>> = {
    ZZZPH8001A: [{ yearsAgo: 0, path: "totalIncome", between: ["DEEPVUE KWIKID TUTELAR", "FINPASS"] }],
    ZZZPH8002B: [{ yearsAgo: 0, path: "status", between: ["DEEPVUE FINPASS KWIKID", "TUTELAR"] }],
    ZZZPH8003C: [{ yearsAgo: 1, path: "status", between: ["FINPASS", "DEEPVUE"] }],
  };

  it.each(people)("$title: they disagree as planted", ({ pan }) => {
    const truth = personaOn(pan, today)?.filings ?? [];
    const years = [...new Set(truth.map(({ incomeYear }) => incomeYear))];
    const reported = loginProviders.flatMap((provider) => everythingOf(pan, provider, years));
    expect(dissentsIn(reported, years[0])).toEqual(planted[pan] ?? []);
    expect(reconcileFilings(reported)).toHaveLength(truth.length);
  });

  it.each(people)("$title: no check of a true return fails", ({ pan }) => {
    const { filings, taxCredits, profile } = personaOn(pan, today) ?? ({ filings: [] } as unknown as Persona);
    const failed = filings.flatMap((filing) =>
      checksOf(filing, {
        taxCredits: taxCredits.find(({ incomeYear }) => incomeYear === filing.incomeYear),
        profile,
      }).filter(({ outcome }) => outcome === "FAILED"),
    );
    // One claims tax that a client never deposited.
    const planted = pan === "ZZZPK9018T" ? ["TAX_CREDITS_COVER_CLAIM"] : [];
    expect([...new Set(failed.map(({ name }) => name))]).toEqual(planted);
  });

  it("fails the check of a total income that was tampered with", () => {
    const [latest] = personaOn("ZZZPH8001A", today, "FINPASS")!.filings;
    const failed = checksOf(latest!).filter(({ outcome }) => outcome === "FAILED");
    expect(failed.map(({ name }) => name)).toEqual(["TOTAL_INCOME_ADDS_UP"]);
  });

  it("passes every check of a plain salary", () => {
    const { filings, taxCredits, profile } = personaOn("ZZZPA1001A", today)!;
    const outcomes = checksOf(filings[0]!, { taxCredits: taxCredits[1], profile }).map(({ outcome }) => outcome);
    expect(new Set(outcomes)).toEqual(new Set(["PASSED"]));
  });

  it.each(people)("$title: the compliance check agrees, but for Eko's published sample", ({ pan }) => {
    const compliance = personaOn(pan, today, "EKO")?.compliance;
    const filings = personaOn(pan, today)?.filings ?? [];
    const provenance = { provider: "KWIKID", method: "REPORTED", fetchedAt } as const;
    const agrees = compliance && agreesWithFilings(compliance, reconcileFilings([{ provenance, filings }]));
    expect(agrees ?? true).toBe(pan !== "ABCDE1234F");
  });
});

describe("reconciling what the vendors return", () => {
  let vendors: Vendors;

  beforeAll(async () => {
    vendors = await openVendors();
  });

  afterAll(async () => {
    await vendors[Symbol.asyncDispose]();
  });

  async function reportedBy(provider: ProviderId, { pan, password }: Persona): Promise<readonly ReportedFilings[]> {
    const steps = await vendors.driveAll(providerOf(provider), pan, password);
    return steps
      .flatMap(({ readings }) => readings)
      .flatMap(({ document, incomeYear, answer }): readonly ReportedFilings[] => {
        if (document !== "FILINGS") return [];
        if (answer.outcome === "ABSENT") return [{ provenance: answer.provenance, incomeYear, filings: [] }];
        return answer.outcome === "FOUND" ? [{ provenance: answer.provenance, incomeYear, filings: answer.value }] : [];
      });
  }

  // Tutelar says that a return was filed, but not its status. So its outdated view does not show.
  const visible: Partial<Record<string, Partial<Dissent> & { readonly whose: ProviderId }>> = {
    ZZZPH8001A: { yearsAgo: 0, path: "totalIncome", whose: "FINPASS" },
    ZZZPH8003C: { yearsAgo: 1, path: "status", whose: "DEEPVUE" },
  };

  /** What shows when these providers were asked: a dissenter, and a provider that says otherwise. */
  function visibleTo(asked: readonly ProviderId[], pan: string): readonly Partial<Dissent>[] {
    const known = visible[pan];
    if (known === undefined || !asked.includes(known.whose)) return [];
    const { whose, ...dissent } = known;
    const isToldByOthers = asked.some((id) => id !== whose && (id !== "TUTELAR" || dissent.path === "status"));
    return isToldByOthers ? [dissent] : [];
  }

  const askedTogether = [loginProviders, ...pairsOf(loginProviders)];
  const reachable = people.filter(({ pan }) => personaOn(pan, indianDayAt(Date.now()))?.portal === "OPEN");

  it.each(reachable)(
    "$title: any two of them, and all, disagree as far as planted disagreements show",
    async ({ pan }) => {
      const persona = personaOn(pan, indianDayAt(vendors.clock.now()))!;
      // Who denies a return is asked last: an earlier denial of a return without a date contradicts nothing.
      const others = loginProviders.filter((id) => id !== "DEEPVUE");
      const reported = await Promise.all(others.map(async (id) => [id, await reportedBy(id, persona)] as const));
      reported.push(["DEEPVUE", await reportedBy("DEEPVUE", persona)]);
      for (const asked of askedTogether) {
        const theirs = reported.flatMap(([id, tellings]) => (asked.includes(id) ? tellings : []));
        const dissents = dissentsIn(theirs, persona.filings[0]?.incomeYear);
        expect([asked, dissents.map(({ yearsAgo, path }) => ({ yearsAgo, path }))]).toEqual([
          asked,
          visibleTo(asked, pan),
        ]);
        expect([asked, returnsIn(theirs)]).toEqual([asked, returnsOf(persona, asked)]);
      }
    },
  );

  /** Each return once. KwikID returns only the newest of a year, without its number. */
  function returnsOf({ pan }: Persona, asked: readonly ProviderId[]): readonly string[] {
    const seen = asked.flatMap((id) => {
      const filings = personaOn(pan, indianDayAt(vendors.clock.now()), id)!.filings;
      if (id !== "KWIKID") return filings;
      return filings.filter(
        ({ incomeYear }, at) => at === filings.findIndex((other) => other.incomeYear === incomeYear),
      );
    });
    const asYears: readonly number[] = [2025, 2024, 2023];
    const reported = seen.filter(({ incomeYear }) => asYears.includes(incomeYear));
    return [...new Set(reported.map(({ incomeYear, kind }) => `${incomeYear} ${kind}`))].toSorted();
  }

  function returnsIn(reported: readonly ReportedFilings[]): readonly string[] {
    return reconcileFilings(reported)
      .map(({ filing }) => `${filing.incomeYear} ${filing.kind}`)
      .toSorted();
  }
});

function pairsOf<T>(all: readonly T[]): readonly (readonly T[])[] {
  return all.flatMap((one, at) => all.slice(at + 1).map((other) => [one, other]));
}
