import { openStandInEko, onRecord, type StandInEko } from "../support/standInEko";
import { randomFrom } from "../support/randomOperation";
import { startTestService, type TestService } from "../support/service";

const seed = Number(process.env.SEED ?? 20_261_130);
const rounds = 60;
const people = 20;

let eko: StandInEko;
let service: TestService;

beforeAll(async () => {
  eko = await openStandInEko();
  service = await startTestService({ ...eko.env, EKO_MAX_IN_FLIGHT: "64", EKO_CALL_LIMITS: "none" });
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await eko[Symbol.asyncDispose]();
});

function panOf(round: number, person: number): string {
  return `ZZZP${String.fromCharCode(65 + (person % 26))}${1_000 + ((round * people + person) % 9_000)}C`;
}

/** Each has a number of its own, so that another person's answer is seen. */
function acknowledgementOf(pan: string): string {
  return `${pan.slice(5, 9)}${pan.charCodeAt(4)}`.padEnd(9, "7") + "150726";
}

type Answered = Readonly<
  Record<string, { readonly compliance: { readonly acknowledgementNumber: string } | null } | null>
>;

const fieldsOf = (pans: readonly string[]) =>
  pans
    .map((pan, at) => `p${at}: taxpayer(pan: "${pan}") { compliance(maxAgeSeconds: 0) { acknowledgementNumber } }`)
    .join(" ");

describe("operations of many root fields", () => {
  it(`give each alias its own person's answer, in whatever order the vendor answers (seed ${seed})`, async () => {
    const random = randomFrom(seed);
    const failures: unknown[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const waiting: (() => void)[] = [];
      eko.reply = (pan) =>
        new Promise((resolve) => {
          waiting.push(() => {
            resolve(onRecord(pan, { acknowledgement_number: acknowledgementOf(pan) }));
          });
          // All that is asked in one turn is answered in another order.
          setImmediate(() => {
            waiting.splice(Math.floor(random() * waiting.length), 1).forEach((answer) => {
              answer();
            });
          });
        });
      const persons = Array.from({ length: people }, (_, person) => panOf(round, person));
      const pick = () => persons[Math.floor(random() * people)]!;
      const operations = Array.from({ length: 4 }, (_, at) =>
        at === 0 ? persons.slice(0, 19) : Array.from({ length: 19 }, pick),
      );
      const answers = await Promise.all(
        operations.map((pans) => service.ask<Answered, unknown>(`{ ${fieldsOf(pans)} }`)),
      );
      for (const [at, { data, errors }] of answers.entries()) {
        if (errors) failures.push({ round, at, errors });
        for (const [alias, pan] of operations[at]!.entries()) {
          const number = data?.[`p${alias}`]?.compliance?.acknowledgementNumber;
          if (number !== acknowledgementOf(pan)) failures.push({ round, at, alias, number });
        }
      }
    }
    if (failures.length > 0)
      console.log(
        service.log
          .filter((line) => /masked|failed/.test(line))
          .join("\n")
          .slice(0, 6000),
      );
    expect(failures).toEqual([]);
    expect(service.log.filter((line) => line.includes("fault masked"))).toEqual([]);
  }, 120_000);
});
