import { type Answer, type DocumentKind, type Pan, incomeYearLabel, type IncomeYear } from "../domain";
import { Secret } from "../kernel";
import type { LoginClient, Reading, Stage, Provider, ProviderClient } from "../providers";

/** One thing that was done at a vendor, and what came of it. */
export interface Step {
  readonly act: "ask" | "open" | "submitOtp" | "poll" | "read" | "close";
  readonly outcome: string;
  readonly readings: readonly Reading[];
}

export interface Traveller {
  readonly pan: Pan;
  readonly password: string;
  readonly incomeYears: readonly IncomeYear[];
  /** Reads the newest one-time password off the fake phone. */
  readOtp(): Promise<string>;
  wait(delayMs: number): Promise<void>;
}

const mostPolls = 60;

/** Goes a vendor's whole road with one person, from the first call to the logout, telling each step as it is done. */
export async function* drive(
  { documents }: Provider,
  client: ProviderClient,
  traveller: Traveller,
  signal: AbortSignal,
): AsyncGenerator<Step> {
  if (client.needs === "PAN") {
    const answer = await client.ask("COMPLIANCE", traveller.pan, signal);
    yield { act: "ask", outcome: tell("COMPLIANCE", undefined, answer), readings: [] };
    return;
  }
  yield* driveLogin(documents, client, traveller, signal);
}

async function* driveLogin(
  documents: readonly DocumentKind[],
  client: LoginClient,
  traveller: Traveller,
  signal: AbortSignal,
): AsyncGenerator<Step> {
  const { pan, password, incomeYears } = traveller;
  const login = { pan, password: new Secret(password), years: incomeYears.length, documents };
  let stage = await client.open(login, signal);
  yield stepOf("open", stage);
  if (stage.awaits === "OTP" && client.submitOtp) {
    const entry = { pan, otp: new Secret(await traveller.readOtp()), accessToken: undefined };
    stage = await client.submitOtp(stage.ticket, entry, signal);
    yield stepOf("submitOtp", stage);
  }
  for (let polls = 0; stage.awaits === "TIME" && client.poll && polls < mostPolls; polls += 1) {
    await traveller.wait(stage.pollAfterMs);
    stage = await client.poll(stage.ticket, signal);
    yield stepOf("poll", stage);
  }
  const { ticket, readings } = await client.read(stage.ticket, { pan, documents, incomeYears }, signal);
  yield { act: "read", outcome: tellAll(readings), readings };
  if (client.close) {
    await client.close(pan, ticket, signal);
    yield { act: "close", outcome: "logged out", readings: [] };
  }
}

function stepOf(act: Step["act"], stage: Stage): Step {
  if (stage.awaits === "OTP") return { act, outcome: "awaits the one-time password", readings: [] };
  if (stage.awaits === "TIME") return { act, outcome: `asks to come back in ${stage.pollAfterMs} ms`, readings: [] };
  return { act, outcome: tellAll(stage.readings) || "ready to be read", readings: stage.readings };
}

function tellAll(readings: readonly Reading[]): string {
  return readings.map(({ document, incomeYear, answer }) => tell(document, incomeYear, answer)).join(", ");
}

function tell(document: DocumentKind, incomeYear: IncomeYear | undefined, answer: Answer<unknown>): string {
  const year = incomeYear === undefined ? "" : ` ${incomeYearLabel(incomeYear)}`;
  const count = answer.outcome === "FOUND" && Array.isArray(answer.value) ? ` ×${answer.value.length}` : "";
  const why = answer.outcome === "FAILED" ? ` ${answer.fault.code}` : "";
  return `${document}${year} ${answer.outcome}${count}${why}`;
}
