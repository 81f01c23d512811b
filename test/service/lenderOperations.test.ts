import { indianDayAt } from "../../src/domain/calendarDate";
import { toWireNumber, type Rupees } from "../../src/domain/rupees";
import { assessmentYearLabel, latestIncomeYears } from "../../src/domain/taxPeriod";
import { personaOn } from "../../src/sandbox/personas";
import {
  ReturnOfYearDocument,
  TaxCreditsDocument,
  TaxpayerWithSessionsDocument,
} from "../../packages/client/src/operations";
import { startTestService, type TestService } from "../support/service";
import { newPerson, openToReady } from "../support/sessionCaller";

const today = indianDayAt(Date.now());
// The latest year may not have been filed yet, depending on the day on which this is run.
const [, incomeYear] = latestIncomeYears(2, today);
const assessmentYear = assessmentYearLabel(incomeYear!);

let service: TestService;
let pan: string;
let sessionId: string;

beforeAll(async () => {
  service = await startTestService();
  const { input, session } = await openToReady(service, "DEEPVUE", { documents: null, years: 3 });
  [pan, sessionId] = [input.pan, session.id];
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

const wire = (amount: Rupees | null) => (amount === null ? null : toWireNumber(amount));

describe("a lender's frontend", () => {
  it("shows a return with its heads, its checks passed", async () => {
    const { data, errors } = await service.ask(ReturnOfYearDocument, { pan, assessmentYear });
    const truth = personaOn(pan, today)!.filings.find((filing) => filing.incomeYear === incomeYear)!;
    const filing = data!.taxpayer.filing!;
    expect(errors).toBeUndefined();
    expect(filing).toMatchObject({ totalIncome: wire(truth.totalIncome), disagreements: [] });
    expect(filing.incomeHeads?.total).toBe(wire(truth.grossTotalIncome));
    expect(new Set(filing.checks.map(({ outcome }) => outcome))).toEqual(new Set(["PASSED"]));
  });

  it("shows who withheld how much tax", async () => {
    const { data } = await service.ask(TaxCreditsDocument, { pan, assessmentYear });
    const truth = personaOn(pan, today)!.taxCredits.find((statement) => statement.incomeYear === incomeYear)!;
    const amounts = (credits: readonly { readonly taxWithheld?: unknown }[]) =>
      credits.map(({ taxWithheld }) => taxWithheld);
    expect(data!.taxpayer.taxCredits?.deductors.map(({ name, credits }) => [name, amounts(credits)])).toEqual(
      truth.deductors.map(({ name, credits }) => [name, credits.map(({ taxWithheld }) => wire(taxWithheld))]),
    );
  });

  it("shows a taxpayer beside their sessions", async () => {
    const { data } = await service.ask(TaxpayerWithSessionsDocument, { pan });
    expect(data!.sessions.nodes.map(({ id }) => id)).toEqual([sessionId]);
    expect(data!.taxpayer.filings.nodes).toHaveLength(3);
  });

  it("offers to open a session where nothing is known", async () => {
    const { data } = await service.ask(ReturnOfYearDocument, { pan: newPerson().pan, assessmentYear });
    expect(data!.taxpayer.filing).toBeNull();
    expect(data!.taxpayer.sources).toContainEqual(
      expect.objectContaining({
        document: "FILINGS",
        outcome: "NOT_CONNECTED",
        nextAction: expect.objectContaining({ kind: "OPEN_SESSION", mutation: "openSession" }) as object,
      }),
    );
  });
});
