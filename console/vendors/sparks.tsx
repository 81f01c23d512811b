import { scaleLinear } from "@visx/scale";
import { Bar } from "@visx/shape";

interface Bars {
  readonly label: string;
  readonly bars: readonly { readonly key: string; readonly value: number; readonly title: string }[];
}

const [width, height] = [200, 44];

/** A day's or an hour's sum each, on a common base line. */
export function Bars({ label, bars }: Bars) {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const y = scaleLinear({ domain: [0, most], range: [height - 1, 2] });
  const step = width / Math.max(1, bars.length);
  return (
    <svg className="spark" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
      {bars.map(({ key, value, title }, index) => (
        <Bar
          key={key}
          x={index * step + step * 0.15}
          width={step * 0.7}
          y={y(value)}
          height={Math.max(value > 0 ? 1.5 : 0, height - 1 - y(value))}
        >
          <title>{title}</title>
        </Bar>
      ))}
      <line x2={width} y1={height - 0.5} y2={height - 0.5} />
    </svg>
  );
}

interface Speeds {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** How long one span of the history is. */
  readonly spanMs: number;
  readonly spans: readonly {
    readonly at: number;
    readonly p50: number;
    readonly p95: number;
    readonly title: string;
  }[];
}

/** For each span: half of the calls up to the dark end, nineteen in twenty up to the light end. No call, no bar. */
export function Speeds({ label, spans, from, to, spanMs }: Speeds) {
  const x = scaleLinear({ domain: [from, to], range: [0, width] });
  const y = scaleLinear({ domain: [0, Math.max(1, ...spans.map(({ p95 }) => p95))], range: [height - 1, 2] });
  const step = x(from + spanMs);
  return (
    <svg className="spark" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
      {spans.map(({ at, p50, p95, title }) => (
        <g key={at}>
          <title>{title}</title>
          <Bar className="p95" x={x(at)} width={step * 0.8} y={y(p95)} height={height - 1 - y(p95)} />
          <Bar x={x(at)} width={step * 0.8} y={y(p50)} height={height - 1 - y(p50)} />
        </g>
      ))}
      <line x2={width} y1={height - 0.5} y2={height - 0.5} />
    </svg>
  );
}
