import type { FaultCode } from "../../../kernel";

/** Every text of the pages. A language that lacks one does not compile. */
export interface Messages {
  readonly htmlLang: string;
  /** The name of this language, in itself. */
  readonly ownName: string;
  readonly language: string;
  readonly safety: string;
  readonly title: (requester: string) => string;
  readonly steps: readonly [agree: string, login: string, read: string];
  readonly stepOf: (at: number, of: number) => string;
  readonly forPan: (maskedPan: string) => string;
  readonly notice: {
    readonly heading: (requester: string) => string;
    readonly lead: string;
    readonly agree: string;
    readonly decline: string;
    readonly openUntil: (time: string) => string;
  };
  readonly login: {
    readonly heading: string;
    readonly lead: (provider: string) => string;
    readonly promise: (requester: string) => string;
    readonly pan: string;
    readonly panHint: string;
    readonly password: string;
    readonly passwordHint: string;
    readonly proceed: string;
    readonly forgotten: string;
  };
  readonly otp: {
    readonly heading: string;
    readonly lead: string;
    readonly field: string;
    readonly fieldHint: (attempts: number, time: string) => string;
    readonly wrong: (attempts: number) => string;
    readonly resend: string;
    readonly resendHint: string;
  };
  readonly progress: {
    readonly heading: string;
    readonly opening: string;
    readonly checking: string;
    readonly reading: string;
    readonly usual: string;
    readonly leave: string;
  };
  readonly done: {
    readonly heading: string;
    readonly lead: (requester: string) => string;
    readonly receipt: string;
    readonly receiptHint: string;
    readonly back: (requester: string) => string;
    readonly close: string;
  };
  readonly declined: { readonly heading: string; readonly lead: (requester: string) => string };
  readonly problems: {
    readonly heading: string;
    readonly unknown: string;
    readonly anotherBrowser: string;
    readonly anotherBrowserHint: string;
    readonly expired: (requester: string) => string;
    readonly cancelled: (requester: string) => string;
    readonly staleForm: string;
    readonly tooMany: string;
    readonly ours: string;
    readonly badPan: string;
    readonly emptyPassword: string;
    readonly badOtp: string;
    readonly attemptsLeft: (attempts: number) => string;
    readonly noAttemptsLeft: string;
    readonly again: (time: string) => string;
    readonly otherHeading: (provider: string) => string;
    readonly other: (provider: string) => string;
    readonly orAgain: (provider: string) => string;
    readonly next: (requester: string) => string;
  };
  /** What went wrong with a login, and what to do. */
  readonly failures: Readonly<Partial<Record<FaultCode, (provider: string) => string>>>;
  readonly anyFailure: string;
  readonly consent: {
    readonly title: string;
    readonly heading: string;
    readonly code: string;
    readonly codeHint: string;
    readonly show: string;
    readonly wrongCode: string;
    readonly agreed: string;
    readonly given: (requester: string, day: string) => string;
    readonly receipt: string;
    readonly digest: string;
    readonly reads: string;
    readonly noReads: string;
    readonly read: (day: string, time: string, documents: string) => string;
    readonly handedOut: (day: string, time: string, documents: string) => string;
    readonly withdraw: string;
    readonly withdrawHint: string;
    readonly withdrawn: (day: string) => string;
    readonly over: (day: string) => string;
    readonly proof: string;
  };
}
