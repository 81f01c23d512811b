import { Group } from "@visx/group";
import { scaleBand, scaleLinear } from "@visx/scale";
import { Bar, LinePath } from "@visx/shape";
import { useEffect, useRef, useState } from "react";
import { useProvenance } from "../parts/figure";
import { rupees, shortRupees } from "../print";
import { useWords } from "../words/language";
import { heads, type YearOfIncome } from "./years";

const margin = { top: 12, right: 12, bottom: 34, left: 52 };
const height = 300;
/** Below this no label fits into a bar's own width. */
const narrowBand = 64;

interface Line {
  readonly name: "tax" | "refund";
  readonly path: string;
  readonly of: (year: YearOfIncome) => number | null;
}

export const lines: readonly Line[] = [
  { name: "tax", path: "tax.totalPayable", of: ({ filing }) => filing?.tax?.totalPayable ?? null },
  { name: "refund", path: "refund.claimed", of: ({ filing }) => filing?.refund?.claimed ?? null },
];

/** Stacked bars of the five heads: incomes upwards, losses downwards. A year without figures is hatched, never zero. */
export function IncomeChart({ years }: { readonly years: readonly YearOfIncome[] }) {
  const { t, language } = useWords();
  const open = useProvenance();
  const [place, width] = useWidth();
  const ends = years.flatMap((year) => {
    const amounts = heads.map((head) => year.filing?.incomeHeads?.[head] ?? 0);
    const sum = (keep: (amount: number) => boolean) => amounts.filter(keep).reduce((a, b) => a + b, 0);
    return [sum((one) => one > 0), sum((one) => one < 0), ...lines.map((line) => line.of(year) ?? 0)];
  });
  const inner = { width: Math.max(0, width - margin.left - margin.right), height: height - margin.top - margin.bottom };
  const x = scaleBand({
    domain: years.map(({ assessmentYear }) => assessmentYear),
    range: [0, inner.width],
    paddingInner: 0.4,
    paddingOuter: 0.2,
  });
  const y = scaleLinear({ domain: [Math.min(0, ...ends), Math.max(1, ...ends)], range: [inner.height, 0], nice: true });
  const middle = (year: YearOfIncome) => (x(year.assessmentYear) ?? 0) + x.bandwidth() / 2;
  const barWidth = Math.min(x.bandwidth(), 72);
  return (
    <div className="chart" ref={place} data-testid="income-chart">
      <svg width={width} height={height} role="img" aria-label={t("incomeAlt")}>
        <defs>
          <pattern id="no-return" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line x1="0" y1="0" x2="0" y2="6" className="hatch" />
          </pattern>
        </defs>
        <Group left={margin.left} top={margin.top}>
          {y.ticks(5).map((tick) => (
            <Group key={tick} top={y(tick)}>
              <line x2={inner.width} className={tick === 0 ? "axis" : "grid"} />
              <text x={-8} dy="0.32em" textAnchor="end">
                {shortRupees(tick, language)}
              </text>
            </Group>
          ))}
          {years.map((year) => {
            const { assessmentYear, filing } = year;
            const left = middle(year) - barWidth / 2;
            const stack = stackOf(year);
            return (
              <Group key={assessmentYear}>
                {stack.length === 0 && (
                  <Group className="without">
                    <rect x={left} y={0} width={barWidth} height={y(0)} fill="url(#no-return)" />
                    <text x={middle(year)} y={y(0) - 8} textAnchor="middle">
                      {barWidth > 48 && t(filing ? "noFigures" : "noReturn")}
                    </text>
                  </Group>
                )}
                {stack.map(({ head, amount, from, to }) => (
                  <Bar
                    key={head}
                    className={`bar ${head}`}
                    x={left}
                    width={barWidth}
                    y={Math.min(y(from), y(to))}
                    height={Math.max(1, Math.abs(y(to) - y(from)) - 1)}
                    onClick={() => {
                      if (filing) open({ path: `incomeHeads.${head}`, label: t(head), amount, document: filing });
                    }}
                  >
                    <title>{`${t(head)} ${assessmentYear}: ${rupees(amount)}`}</title>
                  </Bar>
                ))}
                <text x={middle(year)} y={inner.height + 20} textAnchor="middle" className="year">
                  {x.step() < narrowBand ? assessmentYear.slice(2) : assessmentYear}
                </text>
              </Group>
            );
          })}
          <line x2={inner.width} y1={y(0)} y2={y(0)} className="axis" />
          {lines.map((line) => (
            <Group key={line.name} className={`line ${line.name}`}>
              <LinePath
                data={[...years]}
                defined={(year) => line.of(year) !== null}
                x={middle}
                y={(year) => y(line.of(year) ?? 0)}
              />
              {years.map((year) => {
                const amount = line.of(year);
                return amount === null ? null : (
                  <circle key={year.assessmentYear} cx={middle(year)} cy={y(amount)} r={3.5}>
                    <title>{`${t(line.name)} ${year.assessmentYear}: ${rupees(amount)}`}</title>
                  </circle>
                );
              })}
            </Group>
          ))}
        </Group>
      </svg>
    </div>
  );
}

/** Where each head that is told begins and ends. Zero needs no bar; null is no bar either, and the table tells them apart. */
function stackOf({ filing }: YearOfIncome) {
  let [above, below] = [0, 0];
  return heads.flatMap((head) => {
    const amount = filing?.incomeHeads?.[head] ?? null;
    if (amount === null || amount === 0) return [];
    const from = amount > 0 ? above : below;
    const to = from + amount;
    if (amount > 0) above = to;
    else below = to;
    return [{ head, amount, from, to }];
  });
}

function useWidth() {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(640);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      setWidth(element.clientWidth);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  return [place, width] as const;
}
