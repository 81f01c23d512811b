import { found, type DocumentKind } from "../../src/domain/answer";
import { instantAt } from "../../src/domain/calendarDate";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import { Secret } from "../../src/kernel/secret";
import type {
  ConnectedProvider,
  LoginClient,
  Reading,
  Stage,
  Ticket,
  LoginTerms,
  Provider,
} from "../../src/providers/provider";

/** What a test has its vendor do, call by call: answer, throw, or wait until it is told to go on. */
type Script = Required<Omit<LoginClient, "needs">>;
type CallName = keyof Script;

interface ScriptSettings {
  readonly id?: string;
  readonly terms?: Partial<LoginTerms>;
  readonly documents?: readonly DocumentKind[];
  /** Most vendors cannot log out. */
  readonly canLogOut?: boolean;
  readonly pollMs?: number;
}

export interface ScriptedLogin {
  readonly connected: ConnectedProvider;
  /** Set by a test, at any time. */
  readonly script: Script;
  /** The names of all calls so far, in order. */
  readonly calls: readonly CallName[];
  /** The tickets that came with the calls of that name. */
  ticketsOf(name: CallName): readonly (string | undefined)[];
  count(name: CallName): number;
  /** Once that call has been made so often. */
  called(name: CallName, times?: number): Promise<void>;
}

/** A vendor that is nothing but a script. */
export function scriptedLogin(settings: ScriptSettings = {}): ScriptedLogin {
  const { id = "KWIKID", terms, documents = ["PROFILE", "FILINGS"], canLogOut = true, pollMs } = settings;
  const calls: CallName[] = [];
  const tickets: [CallName, Ticket | undefined][] = [];
  let next = Promise.withResolvers<undefined>();
  const count = (name: CallName) => calls.filter((each) => each === name).length;

  function note(name: CallName, ticket?: Ticket): void {
    calls.push(name);
    tickets.push([name, ticket]);
    next.resolve(undefined);
    next = Promise.withResolvers();
  }

  const script: Script = {
    open: () => Promise.resolve(awaitingOtp()),
    submitOtp: () => Promise.resolve(letIn(documents.map((each) => readingOf(each)))),
    poll: () => Promise.resolve(letIn(documents.map((each) => readingOf(each)))),
    read: (ticket, wish) => Promise.resolve({ ticket, readings: wish.documents.map((each) => readingOf(each)) }),
    close: () => Promise.resolve(),
  };
  const client: LoginClient = {
    needs: "LOGIN",
    open: async (...given) => (note("open"), script.open(...given)),
    submitOtp: async (...given) => (note("submitOtp", given[0]), script.submitOtp(...given)),
    poll: async (...given) => (note("poll", given[0]), script.poll(...given)),
    read: async (...given) => (note("read", given[0]), script.read(...given)),
    ...(canLogOut && { close: async (...given) => (note("close", given[1]), script.close(...given)) }),
  };
  const provider = {
    id,
    name: id,
    login: "PASSWORD_AND_OTP",
    documents,
    callsFor: () => 1,
    loginTerms: {
      lifeMs: 3_600_000,
      isOnePerPan: false,
      logsInAtFirstRead: false,
      readsOnlyItsYears: false,
      callsToRead: () => 1,
      ...terms,
    },
  } as Partial<Provider> as Provider;

  return {
    connected: { provider, mode: "SANDBOX", client, pollMs, health: () => [] },
    script,
    calls,
    ticketsOf: (name) => tickets.flatMap(([of, ticket]) => (of === name ? [ticket?.reveal()] : [])),
    count,
    async called(name, times = 1) {
      while (count(name) < times) await next.promise;
    },
  };
}

export const ticket = new Secret("ticket of the login");

export function awaitingOtp(changes: Partial<Extract<Stage, { awaits: "OTP" }>> = {}): Stage {
  return { awaits: "OTP", ticket, needsAccessToken: false, otpLifeMs: 300_000, otpAttempts: 3, ...changes };
}

export function awaitingTime(pollAfterMs: number): Stage {
  return { awaits: "TIME", ticket, pollAfterMs };
}

export function letIn(readings: readonly Reading[] = []): Stage {
  return { awaits: "NOTHING", ticket, readings };
}

export const provenance = { provider: "KWIKID", method: "REPORTED", fetchedAt: instantAt(0) } as const;

/** A document that was found, of all years unless one is named. */
export function readingOf(document: DocumentKind, incomeYear?: number): Reading {
  return {
    document,
    incomeYear: incomeYear as IncomeYear | undefined,
    answer: found([], provenance),
  } as Reading;
}

/** A call that does not come back before the test lets it. */
export function held<T>(): { readonly call: () => Promise<T>; readonly release: (value: T) => void } {
  const { promise, resolve } = Promise.withResolvers<T>();
  return { call: () => promise, release: resolve };
}
