import { indianDayAt } from "../../src/domain/calendarDate";
import { assessmentYearLabel, latestIncomeYears } from "../../src/domain/taxPeriod";
import { systemClock } from "../../src/kernel/clock";
import { jumpingClock } from "../../src/sandbox/clock";
import { personaOn, personasOn } from "../../src/sandbox/personas";
import { WholeTaxpayerDocument, type ProviderId } from "../../packages/client/src/operations";
import { bringAll, closeAll, whenLoggedOut } from "../support/manySessions";
import { startTestService, type TestService } from "../support/service";
import { tellableBy, tellableMethod } from "../support/tellable";
import { placeOf, truthOf, type Facts } from "../support/truth";
import { factsIn, placeOfFiling, readWhole, type WholeAnswer } from "../support/wholeAnswer";

const clock = jumpingClock(systemClock);
void clock.jumpTo(Date.parse("2026-11-10T06:00:00Z"));
const today = indianDayAt(clock.now());
const years = latestIncomeYears(3, today);
const everyone = personasOn(today);
const people = everyone.filter(({ portal, compliance }) => portal === "OPEN" && compliance !== undefined);
const others = everyone.filter((person) => !people.includes(person));
const vendors: readonly ProviderId[] = ["KWIKID", "DEEPVUE", "TUTELAR", "FINPASS"];
const everybodys = "everybody's";

let service: TestService;
const sessionsByVendor = new Map<ProviderId, ReadonlyMap<string, string>>();
const answers = new Map<string, WholeAnswer>();

/** One tenant for each vendor, who knows what that vendor tells; and one who has asked them all. */
beforeAll(async () => {
  service = await startTestService({ TUTELAR_POLL_MS: "20", FINPASS_POLL_MS: "20" }, clock);
  for (const provider of vendors) {
    const sessions = await bringAll(service, { provider, people, caller: { tenant: provider } });
    sessionsByVendor.set(provider, sessions);
    // It knows logins by their PAN, and has room for the other tenant only then.
    if (provider === "KWIKID") {
      await closeAll(service, sessions.values(), { tenant: provider });
      await whenLoggedOut(service, sessions.values());
    }
    await bringAll(service, { provider, people, caller: { tenant: everybodys } });
  }
}, 360_000);

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

async function read(pan: string, tenant: string): Promise<WholeAnswer> {
  const key = `${tenant} ${pan}`;
  const answer = answers.get(key) ?? (await readWhole(service, { pan, tenant, years }));
  answers.set(key, answer);
  return answer;
}

/** What this vendor's formats can tell of what it sees of the person. */
function seenBy(provider: ProviderId, pan: string) {
  return tellableBy(provider, personaOn(pan, today, provider)!);
}

function tellable(provider: ProviderId, pan: string): Facts {
  return truthOf(seenBy(provider, pan), years);
}

/** Who files in vain: the Department has found a defect, or waits for a verification. */
const withoutEffect = ["DEFECTIVE", "VERIFICATION_PENDING"];

function effectivePlaces(provider: ProviderId, pan: string): readonly string[] {
  const counting = seenBy(provider, pan).filings.filter(({ status }) => !withoutEffect.includes(status));
  return years.flatMap((year) => {
    const last = counting.find(({ incomeYear }) => incomeYear === year);
    return last ? [placeOf(assessmentYearLabel(year), last.kind)] : [];
  });
}

function failedChecksIn({ taxpayer }: WholeAnswer): readonly string[] {
  return (taxpayer.filings.nodes ?? []).flatMap(({ assessmentYear, checks }) =>
    checks.flatMap(({ name, outcome }) => (outcome === "FAILED" ? [`${assessmentYear} ${name}`] : [])),
  );
}

function beliefsIn({ taxpayer, statements }: WholeAnswer) {
  const filings = taxpayer.filings.nodes ?? [];
  return [
    ...(taxpayer.profile?.beliefs ?? []).map((belief) => ({ ...belief, place: `profile.${belief.path}` })),
    ...filings.flatMap((filing) =>
      filing.beliefs.map((belief) => ({ ...belief, place: `filings.${placeOfFiling(filing)}.${belief.path}` })),
    ),
    ...statements.flatMap(({ assessmentYear, taxCredits, informationStatement }) => [
      ...(taxCredits?.beliefs ?? []).map((each) => ({ ...each, place: `taxCredits.${assessmentYear}.${each.path}` })),
      ...(informationStatement?.beliefs ?? []).map((each) => ({
        ...each,
        place: `informationStatements.${assessmentYear}`,
      })),
    ]),
  ];
}

/** Lists and addresses are facts as a whole, sums and checks are reckoned; and "F" is not spelled as "Female" is. */
function isOneFact(place: string): boolean {
  const isPart = /\.\d+(\.|$)|^profile\.(address|jurisdiction)\.|^demands/.test(place);
  return !isPart && !/\.checks\.|creditedTotal|^profile\.(gender|category)$/.test(place);
}

/** The client of this persona kept the tax that it withheld, and the return claims it. */
const undepositedTax = ["2026-27", "2025-26", "2024-25"].map((year) => `ZZZPK9018T ${year} TAX_CREDITS_COVER_CLAIM`);
const plantedFailures: Readonly<Record<string, readonly string[]>> = {
  FINPASS: ["ZZZPH8001A 2026-27 TOTAL_INCOME_ADDS_UP"],
  DEEPVUE: undepositedTax,
};

describe.each(vendors)("what %s tells", (provider) => {
  it.each(people)("is the whole truth that its formats can hold: $title", async ({ pan }) => {
    expect(factsIn(await read(pan, provider))).toEqual(tellable(provider, pan));
  });

  it.each(people)("counts the returns that have effect: $title", async ({ pan }) => {
    const { taxpayer } = await read(pan, provider);
    const counting = (taxpayer.filings.nodes ?? []).filter(({ effective }) => effective);
    expect(counting.map(placeOfFiling)).toEqual(effectivePlaces(provider, pan));
  });

  it.each(people)("is its own word, brought by the session it was brought in: $title", async ({ pan }) => {
    const { taxpayer } = await read(pan, provider);
    const session = sessionsByVendor.get(provider)!.get(pan);
    for (const { form, provenance } of taxpayer.filings.nodes ?? []) {
      expect(provenance).toEqual([{ provider, method: tellableMethod(provider, form), session }]);
    }
  });

  it.each(people)("is believed for want of anybody else: $title", async ({ pan }) => {
    const beliefs = beliefsIn(await read(pan, provider));
    const words = beliefs.map(({ provider: teller, reason, agreedBy }) => [teller, reason, ...agreedBy].join());
    expect(new Set(words)).toEqual(new Set(beliefs.length > 0 ? [`${provider},the only one who tells it`] : []));
  });

  it("has no disagreements with itself", async () => {
    const answers = await Promise.all(people.map(({ pan }) => read(pan, provider)));
    expect(answers.flatMap(({ taxpayer }) => taxpayer.disagreements)).toEqual([]);
  });

  it("fails the check that its planted arithmetic breaks, and no other", async () => {
    const failed = await Promise.all(
      people.map(async ({ pan }) => failedChecksIn(await read(pan, provider)).map((check) => `${pan} ${check}`)),
    );
    expect(failed.flat()).toEqual(plantedFailures[provider] ?? []);
  });
});

describe("what all vendors together tell", () => {
  // That Tutelar has not noticed a processing cannot be seen: it tells of no status.
  const planted: Partial<Record<string, object>> = {
    ZZZPH8001A: { path: "filings.2026-27.totalIncome", sides: ["DEEPVUE KWIKID", "FINPASS"] },
    ZZZPH8003C: { path: "filings.2025-26.status", sides: ["DEEPVUE", "FINPASS"] },
  };

  /** Later ones have the last word: where vendors differ, Deepvue's is the truth, and Tutelar's the least of it. */
  const lastWords: readonly ProviderId[] = ["TUTELAR", "KWIKID", "FINPASS", "DEEPVUE"];

  it.each(people)("is the whole truth that any of them can tell: $title", async ({ pan }) => {
    const checks = [...truthOf(personaOn(pan, today)!, years)].filter(([place]) => place.includes(".checks."));
    const truth = new Map([...lastWords.flatMap((provider) => [...tellable(provider, pan)]), ...checks]);
    expect(factsIn(await read(pan, everybodys))).toEqual(truth);
  });

  it.each(people)("disagrees as planted: $title", async ({ pan }) => {
    const { taxpayer } = await read(pan, everybodys);
    const told = taxpayer.disagreements.map(({ path, claims }) => {
      const sides = [...Map.groupBy(claims, ({ value }) => value).values()];
      const names = sides.map((side) => side.map(({ provider }) => provider).toSorted());
      return { path, sides: names.map((each) => each.join(" ")).toSorted() };
    });
    expect(told).toEqual(planted[pan] ? [planted[pan]] : []);
  });

  it.each(people)("is each return once: $title", async ({ pan }) => {
    const { taxpayer } = await read(pan, everybodys);
    const truth = personaOn(pan, today)!.filings.filter(({ incomeYear }) => years.includes(incomeYear));
    expect(taxpayer.filings.nodes?.map(({ acknowledgementNumber }) => acknowledgementNumber).toSorted()).toEqual(
      truth.map(({ acknowledgementNumber }) => acknowledgementNumber).toSorted(),
    );
  });

  it.each(people)("counts the returns that have effect: $title", async ({ pan }) => {
    const { taxpayer } = await read(pan, everybodys);
    const counting = (taxpayer.filings.nodes ?? []).filter(({ effective }) => effective);
    expect(counting.map(placeOfFiling)).toEqual(effectivePlaces("FINPASS", pan));
  });

  it.each(people)("names for each fact those who tell it so, and nobody else: $title", async ({ pan }) => {
    const answer = await read(pan, everybodys);
    const shown = factsIn(answer);
    const tellings = vendors.map((provider) => [provider, tellable(provider, pan)] as const);
    const places = [...shown.keys()].filter(isOneFact);
    const tellersAt = (place: string) =>
      tellings.flatMap(([provider, facts]) => (facts.get(place) === shown.get(place) ? [provider] : []));
    const named = beliefsIn(answer)
      .filter(({ place }) => places.includes(place))
      .map(({ place, provider, agreedBy }) => [place, [provider, ...agreedBy].toSorted()] as const);
    expect(new Map(named)).toEqual(new Map(places.map((place) => [place, tellersAt(place).toSorted()])));
  });

  it("believes the two who agree about the total income, and says so", async () => {
    const { taxpayer } = await read("ZZZPH8001A", everybodys);
    const belief = taxpayer.filings.nodes?.[0]?.beliefs.find(({ path }) => path === "totalIncome");
    expect(belief?.reason).toBe("told alike by more providers than anything else");
    expect(failedChecksIn({ taxpayer, statements: [] })).toEqual([]);
  });

  it("fails no check but the one of who claims tax that was not deposited", async () => {
    const failed = await Promise.all(
      people.map(async ({ pan }) => failedChecksIn(await read(pan, everybodys)).map((check) => `${pan} ${check}`)),
    );
    expect(failed.flat()).toEqual(undepositedTax);
  });
});

describe("the compliance check", () => {
  // The sample of its pages says that a return was filed of which the sandbox has another.
  const disagreeing = "ABCDE1234F";

  it.each(people)("is Eko's, held against the returns: $title", async ({ pan }) => {
    const { compliance } = (await read(pan, everybodys)).taxpayer;
    const { incomeYear, ...told } = personaOn(pan, today, "EKO")!.compliance!;
    const isHeld = personaOn(pan, today)!.filings.some((filing) => filing.incomeYear === incomeYear);
    expect(compliance).toEqual({
      acknowledgementNumber: null,
      filedOn: null,
      ...told,
      checkedAt: expect.stringMatching(`^${today}T`) as string,
      assessmentYear: incomeYear && assessmentYearLabel(incomeYear),
      agreesWithFilings: isHeld ? pan !== disagreeing : null,
    });
  });
});

describe("of those whom nobody can log in", () => {
  const nothing = { profile: null, demands: null, filings: { nodes: null }, disagreements: [] };

  it.each(others)("nothing is told but whether they have filed: $title", async ({ pan, portal }) => {
    const { data, errors } = await service.ask(WholeTaxpayerDocument, { pan }, { tenant: everybodys });
    const truth = portal === "SOURCE_DOWN" ? undefined : personaOn(pan, today)?.compliance;
    expect(data!.taxpayer).toMatchObject(nothing);
    expect(data!.taxpayer.compliance?.itrFiled).toBe(truth?.itrFiled);
    expect(errors?.map(({ path }) => path?.join("."))).toEqual(
      portal === "SOURCE_DOWN" ? ["taxpayer.compliance"] : undefined,
    );
  });

  it.each(others)("every gap has its reason: $title", async ({ pan, portal }) => {
    const { data } = await service.ask(WholeTaxpayerDocument, { pan }, { tenant: everybodys });
    const { sources } = data!.taxpayer;
    const outcomeOf = (wanted: string) =>
      new Set(sources.flatMap(({ document, outcome }) => (document === wanted ? [outcome] : [])));
    for (const document of ["PROFILE", "FILINGS", "DEMANDS"]) {
      expect(outcomeOf(document)).toEqual(new Set(["NOT_CONNECTED"]));
    }
    const isUnknown = personaOn(pan, today) === undefined;
    const outcome = portal === "SOURCE_DOWN" ? "FAILED" : isUnknown ? "ABSENT" : "FOUND";
    expect(outcomeOf("COMPLIANCE")).toEqual(new Set([outcome]));
  });
});
