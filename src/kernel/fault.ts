export type Blame = "CALLER" | "TAXPAYER" | "PROVIDER" | "PORTAL" | "US";

interface FaultEntry {
  /** Plain words that a taxpayer or a loan officer can be shown. */
  readonly message: string;
  readonly blame: Blame;
  readonly retryable: boolean;
  /** The HTTP status of a whole request that ends with this fault and has no GraphQL data to carry. */
  readonly httpStatus: number;
}

/** Every failure this service can answer with. GraphQL errors, HTTP statuses, metric labels and the docs derive from it. */
export const faultRegister = {
  BAD_INPUT: entry("Something in this request is not valid.", "CALLER", false, 400),
  UNAUTHENTICATED: entry("A valid access token is needed.", "CALLER", false, 401),
  FORBIDDEN: entry("This access token does not allow that.", "CALLER", false, 403),
  NOT_FOUND: entry("There is nothing here under that name.", "CALLER", false, 404),
  CONFLICT: entry("This contradicts an earlier request with the same key.", "CALLER", false, 409),
  RATE_LIMITED: entry("Too many requests. Please wait before asking again.", "CALLER", true, 429),
  LIMIT_EXCEEDED: entry("This request asks for more than one request may.", "CALLER", false, 400),
  CONSENT_REQUIRED: entry("The taxpayer's consent is needed first.", "CALLER", false, 403),
  CONSENT_EXPIRED: entry("The taxpayer's consent has expired. Ask for it again.", "TAXPAYER", false, 403),
  CONSENT_REVOKED: entry("The taxpayer has withdrawn consent.", "TAXPAYER", false, 403),
  CONSENT_EXCEEDED: entry("This goes beyond what the taxpayer consented to.", "CALLER", false, 403),
  PAN_NOT_FOUND: entry("The Income Tax Department has no record under this PAN.", "TAXPAYER", false, 404),
  INVALID_CREDENTIALS: entry("The income-tax portal refused this password.", "TAXPAYER", false, 422),
  ACCOUNT_LOCKED: entry("The income-tax portal has locked this account.", "TAXPAYER", false, 422),
  OTP_INVALID: entry("That one-time password is not the right one.", "TAXPAYER", true, 422),
  OTP_EXPIRED: entry("That one-time password has expired. Ask for a new one.", "TAXPAYER", true, 422),
  OTP_NOT_SENT: entry("The one-time password could not be sent.", "PORTAL", true, 503),
  STEP_OUT_OF_ORDER: entry("Another step is due first.", "CALLER", false, 409),
  SESSION_EXPIRED: entry("This session has expired. Open a new one.", "CALLER", false, 410),
  SESSION_ENDED: entry("This session has ended. Open a new one.", "CALLER", false, 410),
  PROVIDER_NOT_CONFIGURED: entry("This provider is not set up here.", "US", false, 503),
  PROVIDER_REJECTED_US: entry("This provider refused our own account.", "US", false, 502),
  PROVIDER_UNAVAILABLE: entry("This provider is down at the moment.", "PROVIDER", true, 503),
  PROVIDER_TIMEOUT: entry("This provider did not answer in time.", "PROVIDER", true, 504),
  PROVIDER_RATE_LIMITED: entry("This provider is limiting our requests.", "PROVIDER", true, 503),
  PROVIDER_BAD_RESPONSE: entry("This provider answered with something we cannot rely on.", "PROVIDER", false, 502),
  PORTAL_UNAVAILABLE: entry("The income-tax portal is down at the moment.", "PORTAL", true, 503),
  ERASED: entry("This taxpayer's data has been erased.", "CALLER", false, 410),
  STORE_UNAVAILABLE: entry("Our own store is away at the moment. Please ask again.", "US", true, 503),
  INTERNAL: entry("Something went wrong on our side.", "US", true, 500),
} as const satisfies Record<string, FaultEntry>;

export type FaultCode = keyof typeof faultRegister;

export const faultCodes = Object.keys(faultRegister) as FaultCode[];

interface FaultContext {
  readonly provider?: string;
  /** The argument or field at fault: its name, never its value. */
  readonly field?: string;
  /** One of these scopes is enough. */
  readonly scopes?: readonly string[];
  readonly retryAfterSeconds?: number;
  /** The vendor's job has ended with this fault. Polling it again gives the same; only a new login may succeed. */
  readonly isFinal?: boolean;
  /** A refusal by our own rule, such as a host that is not allowed. It says nothing about the health of the vendor. */
  readonly isOurRefusal?: boolean;
  /** One more public sentence. It never holds anything the caller or a provider sent. */
  readonly hint?: string;
  /** Words for our own logs. They never hold personal data either. */
  readonly note?: string;
  readonly cause?: unknown;
}

export class Fault extends Error {
  override readonly name = "Fault";

  constructor(
    readonly code: FaultCode,
    readonly context: FaultContext = {},
  ) {
    const { message } = faultRegister[code];
    super(context.hint === undefined ? message : `${message} ${context.hint}`, { cause: context.cause });
  }

  get blame(): Blame {
    return faultRegister[this.code].blame;
  }

  get retryable(): boolean {
    return faultRegister[this.code].retryable;
  }

  /** Whether the same question may be answered a little later. */
  get mayPass(): boolean {
    return this.retryable && this.context.isFinal !== true;
  }
}

/** Turns anything thrown into a registered fault. An unknown error becomes INTERNAL and stays its cause. */
export function asFault(thrown: unknown): Fault {
  return thrown instanceof Fault ? thrown : new Fault("INTERNAL", { cause: thrown });
}

function entry(message: string, blame: Blame, retryable: boolean, httpStatus: number): FaultEntry {
  return { message, blame, retryable, httpStatus };
}
