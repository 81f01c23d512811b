import { openStandInEko, onRecord, type StandInEko } from "../support/standInEko";
import { startTestService, type TestService } from "../support/service";
import { ComplianceDocument, ComplianceOfManyDocument } from "../../packages/client/src/operations";

let eko: StandInEko;
let service: TestService;

beforeAll(async () => {
  eko = await openStandInEko();
  service = await startTestService({ ...eko.env, EKO_MAX_IN_FLIGHT: "4" });
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await eko[Symbol.asyncDispose]();
});

beforeEach(() => {
  eko.reply = (pan) => onRecord(pan);
});

let nextNumber = 1_000;

/** PANs that no other test asks about. */
function newPans(count: number): string[] {
  return Array.from({ length: count }, () => `ZZZPT${nextNumber++}Q`);
}

function newPan(): string {
  return newPans(1)[0]!;
}

function callsFor(pans: readonly string[]): string[] {
  return eko.askedPans.filter((pan) => pans.includes(pan));
}

async function sharedFlights(): Promise<number> {
  const metrics = await (await service.fetch("/metrics")).text();
  return Number(/^aaygraph_flights_shared_total\{provider="EKO"\} (\d+)$/m.exec(metrics)?.[1] ?? 0);
}

const noRecord = {
  body: { status: 1, response_status_id: 463, message: "No ITR record found for the provided PAN number", data: {} },
};
const sourceDown = {
  body: { status: 1, response_status_id: 1, message: "Source unavailable. Please try again.", data: {} },
};

describe("compliance of one taxpayer", () => {
  it("says in our words what the provider said in its own", async () => {
    const pan = newPan();
    const { data, errors } = await service.ask(ComplianceDocument, { pan });
    expect(errors).toBeUndefined();
    expect(data?.taxpayer).toMatchObject({
      pan: `ZZZPT****Q`,
      holderType: "INDIVIDUAL",
      compliance: {
        itrFiled: true,
        standing: "COMPLIANT",
        standingLabel: "Compliant",
        filingStatus: "FILED",
        assessmentYear: "2026-27",
        filedOn: "2026-07-15",
        acknowledgementNumber: "212345678150726",
        provenance: { provider: "EKO", method: "REPORTED" },
      },
      sources: [{ document: "COMPLIANCE", provider: "EKO", outcome: "FOUND", problem: null }],
    });
  });

  it("tells a taxpayer who has not filed from one whom nobody knows", async () => {
    const [notFiled, unknown] = newPans(2) as [string, string];
    eko.reply = (pan) =>
      pan === unknown
        ? noRecord
        : onRecord(pan, { itr_filed: false, compliance_status: "Non-Compliant", filing_status: "Not Filed" });
    const filed = await service.ask(ComplianceDocument, { pan: notFiled });
    const absent = await service.ask(ComplianceDocument, { pan: unknown });
    expect(filed.data?.taxpayer.compliance).toMatchObject({
      itrFiled: false,
      standing: "NON_COMPLIANT",
      filingStatus: "NOT_FILED",
    });
    expect(absent.data?.taxpayer.compliance).toBeNull();
    expect(absent.data?.taxpayer.sources).toMatchObject([{ outcome: "ABSENT", problem: { code: "PAN_NOT_FOUND" } }]);
    expect(absent.errors).toBeUndefined();
  });

  it("reports a source that is down as the portal's failure, at the field's path", async () => {
    eko.reply = () => sourceDown;
    const { data, errors } = await service.ask(ComplianceDocument, { pan: newPan() });
    expect(errors).toHaveLength(1);
    expect(errors?.[0]).toMatchObject({
      path: ["taxpayer", "compliance"],
      extensions: { code: "PORTAL_UNAVAILABLE", blame: "PORTAL", retryable: true, provider: "EKO" },
    });
    expect(data?.taxpayer.sources).toMatchObject([
      { outcome: "FAILED", problem: { code: "PORTAL_UNAVAILABLE" }, nextAction: { kind: "WAIT" } },
    ]);
  });

  it("does not keep a failure", async () => {
    const pan = newPan();
    eko.reply = () => sourceDown;
    await service.ask(ComplianceDocument, { pan });
    eko.reply = (each) => onRecord(each);
    const { data } = await service.ask(ComplianceDocument, { pan });
    expect(data?.taxpayer.compliance?.standing).toBe("COMPLIANT");
  });

  it("refuses an answer about somebody else", async () => {
    eko.reply = () => onRecord("ZZZPZ9999Z");
    const { data, errors } = await service.ask(ComplianceDocument, { pan: newPan() });
    expect(data?.taxpayer.compliance).toBeNull();
    expect(errors?.[0]?.extensions.code).toBe("PROVIDER_BAD_RESPONSE");
  });
});

describe("the number of upstream calls", () => {
  it("is one for each of twenty PANs, never more than allowed at once", async () => {
    const pans = newPans(20);
    const { data, extensions } = await service.ask(ComplianceOfManyDocument, { pans: [...pans, ...pans] });
    expect(data?.taxpayers).toHaveLength(40);
    expect(callsFor(pans).sort()).toEqual([...pans].sort());
    expect(extensions?.cost).toMatchObject({ upstreamCalls: 20, rupees: 40.8 });
    expect(eko.mostInFlight()).toBeLessThanOrEqual(4);
  });

  it("is one for a hundred requests that ask about one PAN at once", async () => {
    const pan = newPan();
    const answers = await Promise.all(Array.from({ length: 100 }, () => service.ask(ComplianceDocument, { pan })));
    expect(answers.every(({ data }) => data?.taxpayer.compliance?.standing === "COMPLIANT")).toBe(true);
    expect(callsFor([pan])).toHaveLength(1);
  });

  it("is one for a hundred requests whose shared call fails", async () => {
    const pan = newPan();
    const sharedBefore = await sharedFlights();
    const gate = Promise.withResolvers<undefined>();
    eko.reply = async () => {
      await gate.promise;
      return { body: "<html>" };
    };
    const asked = Array.from({ length: 100 }, () => service.ask(ComplianceDocument, { pan }));
    while ((await sharedFlights()) < sharedBefore + 99);
    gate.resolve(undefined);
    const answers = await Promise.all(asked);
    expect(answers.every(({ errors }) => errors?.[0]?.extensions.code === "PROVIDER_BAD_RESPONSE")).toBe(true);
    expect(callsFor([pan])).toHaveLength(1);
  });

  it("is none for a question asked again while its answer is held", async () => {
    const pan = newPan();
    await service.ask(ComplianceDocument, { pan });
    const { extensions } = await service.ask(ComplianceDocument, { pan });
    expect(callsFor([pan])).toHaveLength(1);
    expect(extensions?.cost).toMatchObject({ upstreamCalls: 0, heldAnswers: 1 });
  });

  it("is one more for a caller who wants it fresh", async () => {
    const pan = newPan();
    await service.ask(ComplianceOfManyDocument, { pans: [pan] });
    await service.ask(ComplianceOfManyDocument, { pans: [pan], maxAgeSeconds: 0 });
    expect(callsFor([pan])).toHaveLength(2);
  });

  it("is none when the field is not selected", async () => {
    const pan = newPan();
    await service.ask("query ($pan: Pan!) { taxpayer(pan: $pan) { id pan holderType } }", { pan });
    expect(callsFor([pan])).toEqual([]);
  });

  it("is none for a field left out by a directive", async () => {
    const pan = newPan();
    const operation =
      "query ($pan: Pan!, $no: Boolean!) { taxpayer(pan: $pan) { ...T } } fragment T on Taxpayer { id ... @include(if: $no) { compliance { standing } } }";
    await service.ask(operation, { pan, no: false });
    expect(callsFor([pan])).toEqual([]);
  });

  it("counts each tenant for itself", async () => {
    const pan = newPan();
    await service.ask(ComplianceDocument, { pan }, { tenant: "one" });
    await service.ask(ComplianceDocument, { pan }, { tenant: "two" });
    expect(callsFor([pan])).toHaveLength(2);
  });
});
