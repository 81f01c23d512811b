import { ProvidersDocument, UsageDocument, type ProvidersQuery, type UsageQuery } from "@aaygraph/client";
import { useAnswer } from "../graph";
import { Mark, Refusals, WhenAnswered } from "../parts/states";
import { count, day, duration, moment, percent, rupees } from "../print";
import { useWords } from "../words/language";
import { Bars, Speeds } from "./sparks";

type Vendor = ProvidersQuery["providers"][number];
type Usage = UsageQuery["usage"][number];

/** A day back. */
const stretch = { periods: 96, periodMinutes: 15 };
const hourMs = 3_600_000;
const spanMs = stretch.periodMinutes * 60_000;
const days = 14;
const lookEveryMs = 10_000;

export function VendorsScreen({ isShown }: { readonly isShown: boolean }) {
  const { t } = useWords();
  const dates = lastDays(days);
  const asked = useAnswer(ProvidersDocument, stretch, { when: isShown, everyMs: lookEveryMs });
  const usage = useAnswer(
    UsageDocument,
    { from: dates[0] ?? "", to: dates.at(-1) ?? "" },
    { when: isShown, everyMs: lookEveryMs },
  );
  return (
    <div className="screen" data-testid="vendors">
      <header className="screen-head">
        <h1>{t("vendors")}</h1>
        <p className="hint">{t("vendorsHint")}</p>
      </header>
      {usage.problems.length > 0 && <Refusals problems={usage.problems} />}
      <WhenAnswered asked={asked} waiting={t("askingVendors")}>
        {({ providers }) => (
          <ul className="vendor-list">
            {providers.map((vendor) => (
              <OneVendor
                key={vendor.id}
                vendor={vendor}
                dates={dates}
                usage={usage.data?.usage.filter(({ provider }) => provider === vendor.id)}
              />
            ))}
          </ul>
        )}
      </WhenAnswered>
    </div>
  );
}

interface VendorParts {
  readonly vendor: Vendor;
  readonly dates: readonly string[];
  /** Undefined: this token may not know. */
  readonly usage: readonly Usage[] | undefined;
}

function OneVendor({ vendor, dates, usage }: VendorParts) {
  const { t, word, language } = useWords();
  const { operations, callsLeft } = vendor.health;
  const periods = vendor.health.history ?? [];
  const history = periods.flatMap(({ startsAt, calls, successRate, p50Ms, p95Ms }) =>
    successRate === null || p50Ms === null || p95Ms === null ? [] : [{ startsAt, calls, successRate, p50Ms, p95Ms }],
  );
  const calls = history.reduce((sum, span) => sum + span.calls, 0);
  const good = history.reduce((sum, span) => sum + span.calls * span.successRate, 0);
  const breakers = [periods.at(-1), ...operations].map((seen) => seen?.breaker);
  const worst = (["OPEN", "HALF_OPEN"] as const).find((state) => breakers.includes(state));
  const now = Date.now();
  const last = history.at(-1);
  const ofDay = (date: string) => usage?.find((one) => one.date === date);
  return (
    <li className="card vendor">
      <div className="session-head">
        <h2>{vendor.name}</h2>
        <Mark value={vendor.mode} />
        <span className="grow" />
        {vendor.mode !== "OFF" && <Mark value={worst ?? "CLOSED"} />}
      </div>
      {vendor.mode === "OFF" ? (
        <p className="hint">{t("vendorOff")}</p>
      ) : (
        <>
          <dl className="vendor-facts">
            <div>
              <dt>{t("success")}</dt>
              <dd className="big">
                {calls === 0 ? <span className="missing">{t("notAsked")}</span> : percent(good / calls)}
              </dd>
              <dd>{`${t("calls")} ${count(calls)} · ${t("lastHours")}`}</dd>
            </div>
            <div>
              <dt>{t("speed")}</dt>
              <dd>
                <Speeds
                  label={t("speed")}
                  from={now - stretch.periods * spanMs}
                  to={now + spanMs}
                  spanMs={spanMs}
                  spans={history.map((span) => ({
                    at: Date.parse(span.startsAt),
                    p50: span.p50Ms,
                    p95: span.p95Ms,
                    title: `${moment(span.startsAt, language)}: ${speedOf(span)}`,
                  }))}
                />
              </dd>
              <dd>{last && speedOf(last)}</dd>
            </div>
            {callsLeft && callsLeft.length > 0 && (
              <div>
                <dt>{t("callsLeft")}</dt>
                {callsLeft.map(({ windowSeconds, limit, left }) => (
                  <dd key={windowSeconds}>
                    {t("callsLeftOf", {
                      left: count(left),
                      limit: count(limit),
                      window: duration(windowSeconds * 1_000),
                    })}
                  </dd>
                ))}
              </div>
            )}
            {usage && (
              <>
                <div>
                  <dt>{t("rupeesToday")}</dt>
                  <dd>
                    <Bars
                      label={t("rupeesToday")}
                      bars={dates.map((date) => ({
                        key: date,
                        value: ofDay(date)?.rupees ?? 0,
                        title: `${day(date, language)}: ${rupeesOf(ofDay(date)) ?? t("noPrice")}`,
                      }))}
                    />
                  </dd>
                  <dd>{rupeesOf(ofDay(dates.at(-1) ?? "")) ?? t("noPrice")}</dd>
                </div>
                <div>
                  <dt>{t("loginsToday")}</dt>
                  <dd>
                    <Bars
                      label={t("loginsToday")}
                      bars={dates.map((date) => ({
                        key: date,
                        value: ofDay(date)?.portalLogins ?? 0,
                        title: `${day(date, language)}: ${ofDay(date)?.portalLogins ?? 0}`,
                      }))}
                    />
                  </dd>
                  <dd>{t("loginsOfToday", { count: ofDay(dates.at(-1) ?? "")?.portalLogins ?? 0 })}</dd>
                </div>
              </>
            )}
          </dl>
          <details>
            <summary>{t("operations", { count: operations.length })}</summary>
            <div className="scroll" tabIndex={0} role="region" aria-label={vendor.name}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">{t("operation")}</th>
                    <th scope="col">{t("breaker")}</th>
                    <th scope="col" className="number">
                      {t("calls")}
                    </th>
                    <th scope="col" className="number">
                      {t("success")}
                    </th>
                    <th scope="col" className="number">
                      p50
                    </th>
                    <th scope="col" className="number">
                      p95
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {operations.map((one) => (
                    <tr key={one.operation}>
                      <th scope="row">{one.operation}</th>
                      <td>
                        <Mark value={one.breaker} />
                      </td>
                      <td className="number">{count(one.calls)}</td>
                      <td className="number">{one.successRate === null ? "–" : percent(one.successRate)}</td>
                      <td className="number">{one.p50Ms === null ? "–" : duration(one.p50Ms)}</td>
                      <td className="number">{one.p95Ms === null ? "–" : duration(one.p95Ms)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </details>
          <p className="hint">{vendor.documents.map(word).join(" · ")}</p>
        </>
      )}
    </li>
  );
}

function speedOf({ p50Ms, p95Ms }: { readonly p50Ms: number; readonly p95Ms: number }): string {
  return `p50 ${duration(p50Ms)} · p95 ${duration(p95Ms)}`;
}

/** Null where the provider publishes no price; a day without calls cost nothing. */
function rupeesOf(usage: Usage | undefined): string | null {
  if (usage === undefined) return rupees(0);
  return usage.rupees === null ? null : rupees(usage.rupees);
}

/** Days of India, oldest first, today the last. */
function lastDays(length: number): readonly string[] {
  const indiaAheadMs = 5.5 * hourMs;
  return Array.from({ length }, (_, index) =>
    new Date(Date.now() + indiaAheadMs - (length - 1 - index) * 24 * hourMs).toISOString().slice(0, 10),
  );
}
