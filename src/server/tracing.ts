import { AsyncLocalStorage } from "node:async_hooks";
import {
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Tracer as OpenTelemetryTracer,
} from "@opentelemetry/api";
import type { SpanExporter } from "@opentelemetry/sdk-trace-base";
import { asFault, type EventName, type EventFacts, type Events, type SpanSubject, type Tracer } from "../kernel";

/** A tracer whose spans are exported. Disposing it sends the last of them. */
interface ExportingTracer extends Tracer, AsyncDisposable {}

interface Current {
  readonly kind: SpanSubject["kind"];
  readonly span: Span;
  readonly context: Context;
  readonly around: Current | undefined;
  /** For the jobs that come of this. They are siblings: as a child of the last, each would make the tree one deeper. */
  readonly traceparent: string;
}

const spanKinds = {
  OPERATION: SpanKind.SERVER,
  JOB: SpanKind.CONSUMER,
  VENDOR_CALL: SpanKind.CLIENT,
  SQL: SpanKind.CLIENT,
} as const;

/**
 * All that is said of an event in a span. An event or a fact without a line here stays out, so that a new one cannot
 * bring a document, a variable or anything personal into a trace.
 */
const attributesOf: { readonly [Name in EventName]?: (facts: EventFacts[Name]) => Attributes } = {
  "operation ended": ({ operationName, kind, faults }) => ({
    ...(operationName !== undefined && { "graphql.operation.name": operationName }),
    "graphql.operation.type": kind,
    "aaygraph.faults": [...new Set(faults)],
  }),
  "upstream called": ({ provider, operation, outcome }) => ({
    "aaygraph.provider": provider,
    "aaygraph.endpoint": operation,
    "aaygraph.outcome": outcome,
  }),
  "flight shared": ({ provider }) => ({ "aaygraph.provider": provider }),
  "answers held": ({ document, count }) => ({ "aaygraph.document": document, "aaygraph.count": count }),
  "session changed": ({ provider, move, state, code }) => ({
    "aaygraph.provider": provider,
    "aaygraph.move": move,
    "aaygraph.state": state,
    ...(code && { "aaygraph.fault": code }),
  }),
  "logout ended": ({ provider, outcome }) => ({ "aaygraph.provider": provider, "aaygraph.outcome": outcome }),
};

/** Events that describe the span they end. All others are events within the current span. */
const describedKind: Readonly<Partial<Record<EventName, SpanSubject["kind"]>>> = {
  "operation ended": "OPERATION",
  "upstream called": "VENDOR_CALL",
};

/** Exports spans to an OpenTelemetry collector by OTLP over HTTP. The SDK is loaded here, and by nothing else. */
export async function openTracing(endpoint: URL, events: Events): Promise<ExportingTracer> {
  const [{ BasicTracerProvider, BatchSpanProcessor }, { OTLPTraceExporter }, { resourceFromAttributes }] =
    await Promise.all([
      import("@opentelemetry/sdk-trace-base"),
      import("@opentelemetry/exporter-trace-otlp-http"),
      import("@opentelemetry/resources"),
    ]);
  const url = `${endpoint.href.replace(/\/$/, "")}/v1/traces`;
  const exporter = reportingOnce(new OTLPTraceExporter({ url, timeoutMillis: exportMs }), events);
  const provider = new BasicTracerProvider({
    // Neither host, user nor command line: detectors would add them.
    resource: resourceFromAttributes({ "service.name": "aaygraph" }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  const tracer = createTracer(provider.getTracer("aaygraph"), events);
  return { ...tracer, [Symbol.asyncDispose]: () => provider.shutdown().catch(() => undefined) };
}

const exportMs = 2_000;

function createTracer(tracer: OpenTelemetryTracer, events: Events): Tracer {
  const currents = new AsyncLocalStorage<Current>();

  for (const name of Object.keys(attributesOf) as EventName[]) {
    const wanted = describedKind[name];
    events.on(name, (facts) => {
      let current = currents.getStore();
      while (current && wanted && current.kind !== wanted) current = current.around;
      const attributes = attributesOf[name]?.(facts as never);
      if (!current || !attributes) return;
      if (wanted) current.span.setAttributes(attributes);
      else current.span.addEvent(name, attributes);
    });
  }

  return {
    async span({ kind, name }, work, traceparent) {
      const around = currents.getStore();
      const isRoot = kind === "OPERATION" || kind === "JOB";
      if (!isRoot && !around) return work();
      const parent = isRoot ? contextOf(traceparent) : (around?.context ?? ROOT_CONTEXT);
      const span = tracer.startSpan(`${kind} ${name}`, { kind: spanKinds[kind] }, parent);
      const inherited = kind === "JOB" ? traceparent : isRoot ? undefined : around?.traceparent;
      const current: Current = {
        ...{ kind, span, around },
        context: trace.setSpan(parent, span),
        traceparent: inherited ?? textOf(span),
      };
      try {
        return await currents.run(current, work);
      } catch (thrown) {
        span.setAttribute("aaygraph.fault", asFault(thrown).code);
        span.setStatus({ code: SpanStatusCode.ERROR });
        throw thrown;
      } finally {
        span.end();
      }
    },
    traceparent: () => currents.getStore()?.traceparent,
  };
}

const form = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** A trace that another process has started. Its `tracestate` is left out: it may hold any text. */
function contextOf(traceparent: string | undefined): Context {
  const [, traceId = "", spanId = "", flags = ""] = form.exec(traceparent ?? "") ?? [];
  if (traceId === "" || /^0+$/.test(traceId) || /^0+$/.test(spanId)) return ROOT_CONTEXT;
  const traceFlags = Number.parseInt(flags, 16) & TraceFlags.SAMPLED;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}

function textOf(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-0${traceFlags & TraceFlags.SAMPLED}`;
}

/** A collector that takes nothing is reported once, until it takes something again. Spans are lost, and nothing else. */
function reportingOnce(exporter: SpanExporter, events: Events): SpanExporter {
  let hasFailed = false;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        const { error } = result;
        if (error && !hasFailed) events.emit("background failed", { what: "exporting traces", error });
        hasFailed = error !== undefined;
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    ...(exporter.forceFlush && { forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve() }),
  };
}
