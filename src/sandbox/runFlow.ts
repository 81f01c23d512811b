import { type Answer, type DocumentKind, type Pan, incomeYearLabel, type IncomeYear } from "../domain";
import { Secret } from "../kernel";
import type { LoginClient, Reading, Stage, Provider, ProviderClient } from "../providers";

/** One call of a flow, and its outcome. */
export interface Step {
  readonly act: "ask" | "open" | "submitOtp" | "poll" | "read" | "close";
  readonly outcome: string;
  readonly readings: readonly Reading[];
}

interface FlowTaxpayer {
  readonly pan: Pan;
  readonly password: string;
  readonly incomeYears: readonly IncomeYear[];
  /** Reads the newest one-time password off the fake phone. */
  readOtp(): Promise<string>;
  wait(delayMs: number): Promise<void>;
}

const mostPolls = 60;

/** Runs a vendor's whole flow for one taxpayer, from the first call to the logout. Yields each step when it is done. */
export async function* runFlow(
  { documents }: Provider,
  client: ProviderClient,
  taxpayer: FlowTaxpayer,
  signal: AbortSignal,
): AsyncGenerator<Step> {
  if (client.needs === "PAN") {
    const answer = await client.ask("COMPLIANCE", taxpayer.pan, signal);
    yield { act: "ask", outcome: describe("COMPLIANCE", undefined, answer), readings: [] };
    return;
  }
  yield* runLogin(documents, client, taxpayer, signal);
}

async function* runLogin(
  documents: readonly DocumentKind[],
  client: LoginClient,
  taxpayer: FlowTaxpayer,
  signal: AbortSignal,
): AsyncGenerator<Step> {
  const { pan, password, incomeYears } = taxpayer;
  const login = { pan, password: new Secret(password), years: incomeYears.length, documents };
  let stage = await client.open(login, signal);
  yield stepOf("open", stage);
  if (stage.awaits === "OTP" && client.submitOtp) {
    const entry = { pan, otp: new Secret(await taxpayer.readOtp()), accessToken: undefined };
    stage = await client.submitOtp(stage.ticket, entry, signal);
    yield stepOf("submitOtp", stage);
  }
  for (let polls = 0; stage.awaits === "TIME" && client.poll && polls < mostPolls; polls += 1) {
    await taxpayer.wait(stage.pollAfterMs);
    stage = await client.poll(stage.ticket, signal);
    yield stepOf("poll", stage);
  }
  const { ticket, readings } = await client.read(stage.ticket, { pan, documents, incomeYears }, signal);
  yield { act: "read", outcome: describeAll(readings), readings };
  if (client.close) {
    await client.close(pan, ticket, signal);
    yield { act: "close", outcome: "logged out", readings: [] };
  }
}

function stepOf(act: Step["act"], stage: Stage): Step {
  if (stage.awaits === "OTP") return { act, outcome: "awaits the one-time password", readings: [] };
  if (stage.awaits === "TIME") return { act, outcome: `asks to poll again in ${stage.pollAfterMs} ms`, readings: [] };
  return { act, outcome: describeAll(stage.readings) || "ready to be read", readings: stage.readings };
}

function describeAll(readings: readonly Reading[]): string {
  return readings.map(({ document, incomeYear, answer }) => describe(document, incomeYear, answer)).join(", ");
}

function describe(document: DocumentKind, incomeYear: IncomeYear | undefined, answer: Answer<unknown>): string {
  const year = incomeYear === undefined ? "" : ` ${incomeYearLabel(incomeYear)}`;
  const count = answer.outcome === "FOUND" && Array.isArray(answer.value) ? ` ×${answer.value.length}` : "";
  const why = answer.outcome === "FAILED" ? ` ${answer.fault.code}` : "";
  return `${document}${year} ${answer.outcome}${count}${why}`;
}
