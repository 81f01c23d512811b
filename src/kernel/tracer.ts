/** What a span is about. `name` is chosen by the code: no text of a caller, of a vendor or of a person. */
export interface SpanSubject {
  readonly kind: "OPERATION" | "JOB" | "VENDOR_CALL" | "SQL";
  readonly name: string;
}

/** Where spans are measured. It knows the current span by the asynchronous context, so nothing is handed down. */
export interface Tracer {
  /**
   * Runs the work within a span. Operations and jobs continue the trace of `traceparent`, or start one. Vendor calls and
   * SQL are spans only within another one.
   */
  span<T>(subject: SpanSubject, work: () => Promise<T>, traceparent?: string): Promise<T>;
  /** A W3C traceparent for a job that continues the current trace, perhaps in another process. */
  traceparent(): string | undefined;
}

/** While traces are off, they cost one call. */
export const noTracer: Tracer = { span: (_subject, work) => work(), traceparent: () => undefined };
