import { assessmentYearLabel, type IncomeYear, type Pan } from "../../domain";
import { Fault } from "../../kernel";
import type {
  LoginClient,
  Reading,
  Ticket,
  Operation,
  ProviderTools,
  UpstreamReply,
  CallPolicy,
  PairClient,
} from "../provider";
import { readItrData, readLoggedOut, readOtpSent, readLinkStatus } from "./contract";
import { fitsHeader, readTicket, tokenName, writeTicket, type LoginState } from "./credentials";
import { toAadhaarLink, toOutcome, toReadings, type Outcome } from "./mapper";

const folder = "/verification/v2/itr";
export const getOtpPath = `${folder}/get_otp`;
export const getDataPath = `${folder}/get_data`;
export const getDataOfYearPath = `${folder}/get_data_by_assessment_year`;
export const logoutPath = `${folder}/logout`;
/** The spelling is the vendor's. */
export const linkStatusPath = "/verification/v1/panaadharlinkstatus/uniqueaadhar";

export const otpLifeMs = 10 * 60_000;
const otpAttempts = 3;

export function connectKwikid(tools: ProviderTools): LoginClient & PairClient {
  const { clock, transport } = tools;
  const count = (unknown: number) => {
    tools.countUnknownFields(unknown);
  };
  const atPortal: CallPolicy = { repeat: "NEVER", portal: { isAsked: true, hasAnswered: () => true } };
  const getOtp = tools.operation("get_otp", atPortal);
  const getData = tools.operation("get_data", atPortal);
  const getDataOfYear = tools.operation("get_data_by_assessment_year", atPortal);
  const logout = tools.operation("logout");
  const uniqueAadhaar = tools.operation("uniqueaadhar");

  function post(path: string, body: object, signal: AbortSignal, headers = {}): Promise<UpstreamReply> {
    const token = tools.credentials.read(tokenName)?.reveal() ?? "";
    return transport.send(
      {
        method: "POST",
        path,
        headers: { "content-type": "application/json", authorization: `Bearer ${token}`, ...headers },
        body: JSON.stringify(body),
      },
      signal,
    );
  }

  /** Data that cannot be relied on fails this question alone, since the portal has let us in; any other failure is thrown. */
  async function outcomeOf(
    { operation, signal, pan, incomeYear }: Question,
    ask: (signal: AbortSignal) => Promise<UpstreamReply>,
  ): Promise<Outcome> {
    const portal = { hasLetUsIn: false };
    try {
      return await operation(signal, async (operationSignal) => {
        const itrData = readItrData(await ask(operationSignal), count);
        portal.hasLetUsIn = true;
        return toOutcome(itrData, { pan, incomeYear, nowMs: clock.now() });
      });
    } catch (thrown) {
      if (portal.hasLetUsIn) return failureOf(thrown, incomeYear);
      throw thrown;
    }
  }

  async function outcomeOfYear(pan: Pan, incomeYear: IncomeYear, signal: AbortSignal): Promise<Outcome> {
    // Unlike for the latest filing, no access token is documented here: the vendor goes by the PAN.
    const body = { pan, year: assessmentYearLabel(incomeYear) };
    try {
      return await outcomeOf({ operation: getDataOfYear, signal, pan, incomeYear }, (operationSignal) =>
        post(getDataOfYearPath, body, operationSignal),
      );
    } catch (thrown) {
      return failureOf(thrown, incomeYear);
    }
  }

  return {
    needs: "LOGIN",

    async open({ pan, password }, signal) {
      const accessToken = await getOtp(signal, async (operationSignal) => {
        return readOtpSent(await post(getOtpPath, { pan, password: password.reveal() }, operationSignal), count);
      });
      const brought = accessToken && { accessToken: accessToken.reveal() };
      return {
        awaits: "OTP",
        ticket: writeTicket({ ...brought, incomeYears: [], hasProfile: false }),
        needsAccessToken: accessToken === undefined,
        otpLifeMs,
        otpAttempts,
      };
    },

    async submitOtp(ticket, { pan, otp, accessToken }, signal) {
      const state = readTicket(ticket);
      const headers = { AccessToken: usableToken(accessToken?.reveal() ?? state.accessToken) };
      const body = { pan, otp: otp.reveal() };
      const question = { operation: getData, signal, pan, incomeYear: undefined };
      const outcome = await outcomeOf(question, (operationSignal) => {
        return post(getDataPath, body, operationSignal, headers);
      });
      return { awaits: "NOTHING", ...after(state, [outcome]) };
    },

    async read(ticket, { pan, documents, incomeYears }, signal, onReadings) {
      const state = readTicket(ticket);
      const isProfileDue = documents.includes("PROFILE") && !state.hasProfile;
      const years = [...new Set(incomeYears)];
      // Whoever wants a year's return has not got it; for the person alone no year is asked again.
      const isUnread = (year: IncomeYear) => isProfileDue && !state.incomeYears.includes(year);
      const unread = documents.includes("FILINGS") ? years : years.filter(isUnread);
      const outcomes = await Promise.all(
        unread.map(async (year) => {
          const outcome = await outcomeOfYear(pan, year, signal);
          // The profile is taken from the newest return, so it comes last.
          onReadings?.(toReadings([outcome], { withProfile: false }));
          return outcome;
        }),
      );
      const failures = outcomes.filter((outcome) => outcome.is === "FAILURE");
      const ended = failures.find(({ fault }) => fault.code === "SESSION_EXPIRED");
      if (ended && failures.length === outcomes.length) throw ended.fault;
      return after(state, outcomes);
    },

    async close(pan, _ticket, signal) {
      await logout(signal, async (operationSignal) => {
        readLoggedOut(await post(logoutPath, { pan }, operationSignal), count);
      });
    },

    checkAadhaarLink(pan, aadhaar, signal) {
      return uniqueAadhaar(signal, async (operationSignal) => {
        const body = { pan, aadhar: aadhaar.reveal(), consent: "Y" };
        const status = readLinkStatus(await post(linkStatusPath, body, operationSignal), pan, count);
        return toAadhaarLink(status, clock.now());
      });
    },
  };
}

interface Question {
  readonly operation: Operation;
  readonly signal: AbortSignal;
  readonly pan: Pan;
  readonly incomeYear: IncomeYear | undefined;
}

/** The readings of these outcomes, and a ticket that knows them. The access token is spent by then, and is not kept. */
function after(state: LoginState, outcomes: readonly Outcome[]): { ticket: Ticket; readings: readonly Reading[] } {
  const answered = outcomes.filter((outcome) => outcome.is !== "FAILURE");
  const ticket = writeTicket({
    incomeYears: [...state.incomeYears, ...answered.flatMap(({ incomeYear }) => incomeYear ?? [])],
    hasProfile: state.hasProfile || answered.some((outcome) => outcome.is === "RETURN"),
  });
  return { ticket, readings: toReadings(outcomes, { withProfile: !state.hasProfile }) };
}

function failureOf(thrown: unknown, incomeYear: IncomeYear | undefined): Outcome {
  if (thrown instanceof Fault) return { is: "FAILURE", incomeYear, fault: thrown };
  throw thrown;
}

function usableToken(token: string | undefined): string {
  if (token !== undefined && fitsHeader(token)) return token;
  const hint = "KwikID hands its access token to whoever drives the portal, and that is who must bring it.";
  throw new Fault("BAD_INPUT", { provider: "KWIKID", field: "accessToken", hint });
}
