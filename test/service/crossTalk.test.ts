import { ComplianceDocument, ComplianceOfManyDocument } from "../../packages/client/src/operations";
import { startTestService, type TestService } from "../support/service";
import { onRecord, openStandInEko, type StandInEko } from "../support/standInEko";

const tenants = ["one", "two", "three", "four", "five"];
const pans = Array.from({ length: 37 }, (_, at) => `ZZZPX${1_000 + at}Q`);

let eko: StandInEko;
let service: TestService;

/** Each person has a receipt number that nobody else has. */
function canaryOf(pan: string): string {
  return `2123456${pan.slice(5, 9)}0726`;
}

beforeAll(async () => {
  eko = await openStandInEko();
  // One in three comes late, so that answers overtake each other.
  eko.reply = async (pan) => {
    if (Number(pan.slice(5, 9)) % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
    return onRecord(pan, { acknowledgement_number: canaryOf(pan) });
  };
  service = await startTestService({ ...eko.env, EKO_MAX_IN_FLIGHT: "16" });
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await eko[Symbol.asyncDispose]();
});

/** The n-th question: whose, about whom, and how fresh. */
function questionAt(n: number) {
  const tenant = tenants[n % tenants.length]!;
  const pan = pans[(n * 7) % pans.length]!;
  const several = [pan, pans[(n * 11) % pans.length]!, pans[(n * 13) % pans.length]!];
  return { tenant, pan, several, maxAgeSeconds: n % 4 === 0 ? 0 : null };
}

describe("a thousand questions at once, of several tenants about the same people", () => {
  it("each get the answer about their own person", async () => {
    const idsByPerson = new Map<string, Set<string>>();
    const crossed: unknown[] = [];
    const note = (tenant: string, pan: string, id: string, number: string | null | undefined) => {
      if (number !== canaryOf(pan)) crossed.push({ tenant, pan, number });
      const person = `${tenant} ${pan}`;
      idsByPerson.set(person, (idsByPerson.get(person) ?? new Set()).add(id));
    };
    await Promise.all(
      Array.from({ length: 1_000 }, async (_, n) => {
        const { tenant, pan, several, maxAgeSeconds } = questionAt(n);
        if (n % 3 > 0) {
          const { data } = await service.ask(ComplianceDocument, { pan }, { tenant });
          note(tenant, pan, data!.taxpayer.id, data!.taxpayer.compliance?.acknowledgementNumber);
          return;
        }
        const variables = { pans: several, maxAgeSeconds };
        const { data } = await service.ask(ComplianceOfManyDocument, variables, { tenant });
        data!.taxpayers.forEach(({ id, compliance }, at) => {
          note(tenant, several[at]!, id, compliance?.acknowledgementNumber);
        });
      }),
    );
    expect(crossed).toEqual([]);
    // A person has one id with each tenant, and no two of these are alike.
    const ids = [...idsByPerson.values()].flatMap((of) => [...of]);
    expect(ids).toHaveLength(idsByPerson.size);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("do not share a call between tenants", async () => {
    const stranger = "ZZZPX9000Q";
    const everybodyHasAsked = Promise.withResolvers<undefined>();
    const asked = () => eko.askedPans.filter((pan) => pan === stranger).length;
    eko.reply = async (pan) => {
      // As long as one waits, the others could come aboard.
      if (asked() === tenants.length) everybodyHasAsked.resolve(undefined);
      await everybodyHasAsked.promise;
      return onRecord(pan, { acknowledgement_number: canaryOf(pan) });
    };
    await Promise.all(tenants.map((tenant) => service.ask(ComplianceDocument, { pan: stranger }, { tenant })));
    expect(asked()).toBe(tenants.length);
  });
});
