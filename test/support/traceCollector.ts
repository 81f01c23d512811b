import { text } from "node:stream/consumers";
import { openStandInServer } from "./standInServer";

interface OtlpAttribute {
  readonly key: string;
  readonly value: unknown;
}

export interface CollectedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: readonly OtlpAttribute[];
  readonly events: readonly { readonly name: string; readonly attributes: readonly OtlpAttribute[] }[];
  /** Which of the collector's addresses it came to. */
  readonly door: string;
}

interface Export {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly Omit<CollectedSpan, "door">[] }[];
  }[];
}

export interface TraceCollector extends AsyncDisposable {
  /** What makes a service send its traces here. */
  env(door?: string): Record<string, string>;
  /** All that came, as it came. */
  readonly received: readonly string[];
  readonly spans: readonly CollectedSpan[];
  /** Resolves once such a span has come. */
  until(isWanted: (span: CollectedSpan) => boolean): Promise<CollectedSpan>;
}

/** A stand-in for an OpenTelemetry collector: OTLP over HTTP, in JSON. `status` is its answer. */
export async function openTraceCollector(status = 200): Promise<TraceCollector> {
  const received: string[] = [];
  const spans: CollectedSpan[] = [];
  let next = Promise.withResolvers<undefined>();
  const server = await openStandInServer((request, response) => {
    void text(request).then((body) => {
      received.push(JSON.stringify(request.rawHeaders), body);
      const door = request.url?.replace(/^\/|\/v1\/traces$/g, "") ?? "";
      for (const { scopeSpans } of (JSON.parse(body) as Export).resourceSpans) {
        for (const scope of scopeSpans) spans.push(...scope.spans.map((span) => ({ ...span, door })));
      }
      response.writeHead(status, { "content-type": "application/json" }).end("{}");
      next.resolve(undefined);
      next = Promise.withResolvers();
    });
  });
  return {
    env: (door = "") => ({
      OTEL_EXPORTER_OTLP_ENDPOINT: new URL(`/${door}`, server.url).href,
      // Read by the SDK itself.
      OTEL_BSP_SCHEDULE_DELAY: "50",
    }),
    received,
    spans,
    async until(isWanted) {
      for (;;) {
        const span = spans.find(isWanted);
        if (span) return span;
        await next.promise;
      }
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

export function attributeOf(span: Pick<CollectedSpan, "attributes">, key: string): unknown {
  const value = span.attributes.find((attribute) => attribute.key === key)?.value;
  return Object.values(value ?? {})[0];
}
