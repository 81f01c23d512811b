import { assessmentYearLabel, type IncomeYear, type Pan } from "../../domain";
import { Fault, Secret } from "../../kernel";
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
import { fitsHeader, otpLifeMs, paths, readReply } from "./contract";
import { tokenName } from "./credentials";
import { toAadhaarLink, toOutcome, toReadings, type Outcome } from "./mapper";

const otpAttempts = 3;

/** What a login keeps between two calls. */
interface LoginState {
  /** Kept until the OTP is accepted. No later call is documented to need it. */
  readonly accessToken?: string;
  /** The years with an answer: a filing or none. */
  readonly incomeYears: readonly number[];
  readonly hasProfile: boolean;
}

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

  /** Unreliable data fails this question alone, because the login has worked. Any other failure is thrown. */
  async function outcomeOf(
    { operation, signal, pan, incomeYear }: Question,
    ask: (signal: AbortSignal) => Promise<UpstreamReply>,
  ): Promise<Outcome> {
    const portal = { hasReplied: false };
    try {
      return await operation(signal, async (operationSignal) => {
        const itrData = readReply.itrData(await ask(operationSignal), count);
        portal.hasReplied = true;
        return toOutcome(itrData, { pan, incomeYear, nowMs: clock.now() });
      });
    } catch (thrown) {
      if (portal.hasReplied) return failureOf(thrown, incomeYear);
      throw thrown;
    }
  }

  async function outcomeOfYear(pan: Pan, incomeYear: IncomeYear, signal: AbortSignal): Promise<Outcome> {
    // The documentation has no access token here: the vendor finds the login by the PAN.
    const body = { pan, year: assessmentYearLabel(incomeYear) };
    try {
      return await outcomeOf({ operation: getDataOfYear, signal, pan, incomeYear }, (operationSignal) =>
        post(paths.getDataOfYear, body, operationSignal),
      );
    } catch (thrown) {
      return failureOf(thrown, incomeYear);
    }
  }

  return {
    needs: "LOGIN",

    async open({ pan, password }, signal) {
      const accessToken = await getOtp(signal, async (operationSignal) => {
        return readReply.otpSent(
          await post(paths.getOtp, { pan, password: password.reveal() }, operationSignal),
          count,
        );
      });
      const token = accessToken && { accessToken: accessToken.reveal() };
      return {
        awaits: "OTP",
        ticket: writeTicket({ ...token, incomeYears: [], hasProfile: false }),
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
        return post(paths.getData, body, operationSignal, headers);
      });
      return { awaits: "NOTHING", ...after(state, [outcome]) };
    },

    async read(ticket, { pan, documents, incomeYears }, signal, onReadings) {
      const state = readTicket(ticket);
      const isProfileDue = documents.includes("PROFILE") && !state.hasProfile;
      const years = [...new Set(incomeYears)];
      // A request for FILINGS reads each year again. A request for the profile reads no year twice.
      const isUnread = (year: IncomeYear) => isProfileDue && !state.incomeYears.includes(year);
      const unread = documents.includes("FILINGS") ? years : years.filter(isUnread);
      const outcomes = await Promise.all(
        unread.map(async (year) => {
          const outcome = await outcomeOfYear(pan, year, signal);
          // The profile comes from the newest return, so it comes last.
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
        readReply.loggedOut(await post(paths.logout, { pan }, operationSignal), count);
      });
    },

    checkAadhaarLink(pan, aadhaar, signal) {
      return uniqueAadhaar(signal, async (operationSignal) => {
        const body = { pan, aadhar: aadhaar.reveal(), consent: "Y" };
        const status = readReply.linkStatus(await post(paths.linkStatus, body, operationSignal), pan, count);
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

/** The readings of these outcomes, with a new ticket. The access token is spent, and is not kept. */
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
  const hint = "KwikID gives its access token to the client at the portal. Send it with the OTP.";
  throw new Fault("BAD_INPUT", { provider: "KWIKID", field: "accessToken", hint });
}

function writeTicket(state: LoginState): Ticket {
  return new Secret(JSON.stringify(state));
}

function readTicket(ticket: Ticket): LoginState {
  return JSON.parse(ticket.reveal()) as LoginState;
}
