import { scaleLinear } from "@visx/scale";
import { Bar, LinePath } from "@visx/shape";

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

interface Lines {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly points: readonly { readonly at: number; readonly p50: number; readonly p95: number }[];
}

/** Half of the calls and nineteen in twenty over time. Where no call was made, there is no line. */
export function Lines({ label, points, from, to }: Lines) {
  const x = scaleLinear({ domain: [from, to], range: [2, width - 2] });
  const y = scaleLinear({ domain: [0, Math.max(1, ...points.map(({ p95 }) => p95))], range: [height - 2, 3] });
  const last = points.at(-1);
  return (
    <svg className="spark" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
      <line x2={width} y1={height - 0.5} y2={height - 0.5} />
      {(["p95", "p50"] as const).map((name) => (
        <LinePath
          key={name}
          className={name}
          data={[...points]}
          x={({ at }) => x(at)}
          y={(point) => y(point[name])}
          vectorEffect="non-scaling-stroke"
        />
      ))}
      {last && <circle cx={x(last.at)} cy={y(last.p50)} r={2} />}
    </svg>
  );
}
