import { systemClock } from "../../src/kernel/clock";
import { jumpingClock } from "../../src/sandbox/clock";
import {
  AccessEventsDocument,
  CloseSessionDocument,
  type ConsentInput,
  type DocumentKind,
} from "../../packages/client/src/operations";
import { startTestService, type TestService } from "../support/service";
import { newPerson, openToReady } from "../support/sessionCaller";

const clock = jumpingClock(systemClock);
const hourMs = 3_600_000;

let service: TestService;

beforeAll(async () => {
  service = await startTestService({ TUTELAR_POLL_MS: "20" }, clock);
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

function consent(purpose: ConsentInput["purpose"], hours: number): ConsentInput {
  return {
    purpose,
    startsAt: new Date(clock.now() - 1_000).toISOString(),
    expiresAt: new Date(clock.now() + hours * hourMs).toISOString(),
    dataLifeDays: 30,
  };
}

const query = `query ($pan: Pan!) {
  taxpayer(pan: $pan) { filings(first: 1) { nodes { totalIncome grossTotalIncome } } sources { document outcome } }
}`;

interface Shown {
  readonly taxpayer: { readonly filings: { readonly nodes: readonly Record<string, number | null>[] | null } | null };
}

/** The income of the newest return; undefined where none is shown. */
async function incomeOf(pan: string): Promise<number | null | undefined> {
  const { data } = await service.ask<Shown, unknown>(query, { pan });
  return data?.taxpayer.filings?.nodes?.[0]?.totalIncome;
}

async function logIn(person: ReturnType<typeof newPerson>, provider: "KWIKID" | "TUTELAR", given: ConsentInput) {
  const documents: DocumentKind[] = ["FILINGS"];
  const { session } = await openToReady(service, provider, { ...person, documents, years: 2, consent: given });
  await service.ask(CloseSessionDocument, { sessionId: session.id });
  const { data } = await service.ask<{ session: { consent: { id: string } } }, unknown>(
    "query ($id: ID!) { session(id: $id) { consent { id } } }",
    { id: session.id },
  );
  return data!.session.consent.id;
}

/** The consents of the newest read on the audit trail. */
async function consentsOfLastRead(pan: string): Promise<readonly string[] | undefined> {
  const { data } = await service.ask(AccessEventsDocument, { pan });
  return data!.taxpayer.accessEvents.nodes.find(({ kind }) => kind === "READ")?.consents;
}

describe("figures that were fetched for one purpose", () => {
  it("are not shown under a later consent for another purpose", async () => {
    const person = newPerson();
    await logIn(person, "KWIKID", consent("CREDIT_UNDERWRITING", 2));
    expect(await incomeOf(person.pan)).toBeGreaterThan(0);
    void clock.jumpBy(3 * hourMs);
    expect(await incomeOf(person.pan)).toBeUndefined();
    const kyc = await logIn(person, "TUTELAR", consent("KYC", 2));
    expect(await incomeOf(person.pan)).toBeNull();
    expect(await consentsOfLastRead(person.pan)).toEqual([kyc]);
  });

  it("stay readable for it when the same provider is asked for another purpose", async () => {
    const person = newPerson();
    const underwriting = await logIn(person, "KWIKID", consent("CREDIT_UNDERWRITING", 8));
    void clock.jumpBy(hourMs);
    const kyc = await logIn(person, "KWIKID", consent("KYC", 2));
    expect(await incomeOf(person.pan)).toBeGreaterThan(0);
    expect(await consentsOfLastRead(person.pan)).toEqual([kyc]);
    void clock.jumpBy(3 * hourMs);
    expect(await incomeOf(person.pan)).toBeGreaterThan(0);
    expect(await consentsOfLastRead(person.pan)).toEqual([underwriting]);
  });

  it("are shown under a later consent for the same purpose", async () => {
    const person = newPerson();
    await logIn(person, "KWIKID", consent("CREDIT_UNDERWRITING", 2));
    void clock.jumpBy(3 * hourMs);
    const later = await logIn(person, "TUTELAR", consent("CREDIT_UNDERWRITING", 2));
    expect(await incomeOf(person.pan)).toBeGreaterThan(0);
    expect(await consentsOfLastRead(person.pan)).toEqual([later]);
  });

  it("are not shown again by a repeated operation once their consent has ended", async () => {
    const person = newPerson();
    await logIn(person, "TUTELAR", consent("KYC", 8));
    await logIn(person, "KWIKID", consent("CREDIT_UNDERWRITING", 2));
    for (let time = 0; time < 3; time += 1) expect(await incomeOf(person.pan)).toBeGreaterThan(0);
    void clock.jumpBy(2 * hourMs);
    expect(await incomeOf(person.pan)).toBeNull();
  });
});
