import { setTimeout as pause } from "node:timers/promises";
import { ConfigurationError } from "../config";
import { readPan, type Pan, incomeYearStarting, type IncomeYear, indianDayAt } from "../domain";
import { systemClock, createEvents, asFault, neverAborted } from "../kernel";
import { type Provider, providers } from "../providers";
import { personaOn, runFlow } from "../sandbox";
import { connectToSandbox } from "./sandboxConnection";

const pace = { timeoutMs: 20_000, maxInFlight: 4 };

/** Runs all vendors' flows against a running sandbox: `npm start -- flows http://127.0.0.1:41234 [PAN]`. */
export async function printFlows([address = "", panText = "ZZZPA1001A"]: string[]): Promise<void> {
  const pan = readPan(panText, { strictHolder: false });
  const persona = pan && personaOn(pan, indianDayAt(Date.now()));
  if (!URL.canParse(address) || pan === undefined || persona === undefined) {
    throw new ConfigurationError([
      "Give the fake phone's address, as the start message prints it, and one of its PANs.",
    ]);
  }
  const origin = new URL(new URL(address).origin);
  const taxpayer = flowTaxpayer(origin, pan, persona.password);
  for (const provider of providers) await printFlow(provider, origin, taxpayer);
}

async function printFlow(provider: Provider, origin: URL, taxpayer: ReturnType<typeof flowTaxpayer>): Promise<void> {
  const print = (act: string, outcome: string) => {
    process.stdout.write(`${provider.id.padEnd(8)} ${act.padEnd(10)} ${outcome}\n`);
  };
  await using connection = connectToSandbox(provider, { origin, pace, clock: systemClock, events: createEvents() });
  try {
    const steps = runFlow(provider, provider.connect(connection.tools), taxpayer, neverAborted);
    for await (const { act, outcome } of steps) print(act, outcome);
  } catch (thrown) {
    const { code, message } = asFault(thrown);
    print("failed", `${code}: ${message}`);
  }
}

function flowTaxpayer(origin: URL, pan: Pan, password: string) {
  const thisYear = new Date().getUTCFullYear();
  return {
    pan,
    password,
    incomeYears: [1, 2, 3].map((back) => incomeYearStarting(thisYear - back)).filter(isYear),
    async readOtp() {
      const response = await fetch(new URL(`/__sandbox/phone.json?pan=${pan}`, origin));
      const { messages } = (await response.json()) as { messages: readonly { otp: string }[] };
      return messages[0]?.otp ?? "";
    },
    wait: (delayMs: number) => pause(delayMs),
  };
}

function isYear(year: IncomeYear | undefined): year is IncomeYear {
  return year !== undefined;
}
