import {
  type CapitalGain,
  type Filing,
  sumOfReported,
  zeroRupees,
  type Rupees,
  type SpecialRateIncome,
} from "../../domain";
import { type JsonObject } from "../../kernel";
import { written } from "./writtenAmounts";

/** Part B: the gains by rate. Table E has them by rate too, schedule SI by section, and schedule CG as a sum. */
export function writeGainBuckets({ capitalGains }: Filing): JsonObject | undefined {
  if (capitalGains === undefined) return undefined;
  const { gains, shortTerm, longTerm } = capitalGains;
  const terms = [shortTerm, longTerm].map((term) => written(term === null ? null : floored(term)));
  const virtual = sumOfReported(gains.filter(isOnVirtualAssets).map(({ amount }) => amount)) ?? zeroRupees;
  return {
    ShortTerm: { ...bucketsOf(gains, "SHORT", "ShortTerm"), TotalShortTerm: terms[0] },
    LongTerm: { ...bucketsOf(gains, "LONG", "LongTerm"), TotalLongTerm: terms[1] },
    CapGains30Per115BBH: written(virtual),
  };
}

function isOnVirtualAssets({ section }: CapitalGain): boolean {
  return section === "115BBH";
}

/** "12_5Per", or "AppRate" for gains at slab rates. */
function rateName({ ratePercent }: CapitalGain): string {
  return ratePercent === undefined ? "AppRate" : `${String(ratePercent).replace(".", "_")}Per`;
}

function bucketsOf(gains: readonly CapitalGain[], term: CapitalGain["term"], prefix: string): JsonObject {
  const ofTerm = gains.filter((gain) => gain.term === term && !isOnVirtualAssets(gain));
  return Object.fromEntries(
    [...Map.groupBy(ofTerm, rateName)].map(([rate, ofRate]) => {
      const sum = sumOfReported(ofRate.map(({ amount }) => amount)) ?? zeroRupees;
      return [prefix + rate, written(floored(sum))];
    }),
  );
}

const codeBySection = new Map([
  ["111A", "1A"],
  ["112A", "2A"],
  ["112", "22"],
  ["115BBH", "5BBH"],
]);

/** Schedules CG and SI. */
export function writeGainSchedules({ form, capitalGains, particulars }: Filing): JsonObject {
  if (capitalGains === undefined) return {};
  const { shortTerm, longTerm, exemptions, gains } = capitalGains;
  const ofRates = gains.filter((gain) => !isOnVirtualAssets(gain));
  const isIndividual = form === "ITR_2" || form === "ITR_3";
  const losses = ofRates.filter(({ amount }) => amount < zeroRupees);
  const lossName = (gain: CapitalGain) => (gain.term === "SHORT" ? "StclSetoff" : "LtclSetOff") + rateName(gain);
  const gainName = (gain: CapitalGain) => (gain.term === "SHORT" ? "InStcg" : "InLtcg") + rateName(gain);
  const table = [...Map.groupBy(ofRates, gainName)].map(([name, ofRate]) => {
    const sum = written(sumOfReported(ofRate.map(({ amount }) => floored(amount))));
    return [name, { CurrYearIncome: sum, CurrYrCapGain: sum }];
  });
  const virtual = sumOfReported(gains.filter(isOnVirtualAssets).map(({ amount }) => amount)) ?? zeroRupees;
  const schedule = {
    [isIndividual ? "ShortTermCapGainFor23" : "ShortTermCapGain"]: { TotalSTCG: written(shortTerm) },
    [isIndividual ? "LongTermCapGain23" : "LongTermCapGain"]: { TotalLTCG: written(longTerm) },
    IncmFromVDATrnsf: written(virtual),
    DeducClaimInfo: { TotDeductClaim: written(exemptions) },
    CurrYrLosses: {
      InLossSetOff: Object.fromEntries(losses.map((gain) => [lossName(gain), -(written(gain.amount) ?? 0)])),
      ...(Object.fromEntries(table) as JsonObject),
    },
  };
  const atSpecialRates = gains.filter(({ section, amount }) => codeBySection.has(section ?? "") && amount > zeroRupees);
  return {
    [isIndividual ? "ScheduleCGFor23" : "ScheduleCG"]: schedule,
    ScheduleSI: {
      SplCodeRateTax: atSpecialRates.map(({ section, ratePercent, amount }) => ({
        SecCode: codeBySection.get(section ?? ""),
        SplRatePercent: ratePercent,
        SplRateInc: written(amount),
        SplRateIncTax: written(taxStated(section, particulars?.specialRates)),
      })),
    },
  };
}

/** Sections without rules of their own share one line. Among the gains only virtual assets are of that kind. */
function taxStated(section: string | undefined, lines: readonly SpecialRateIncome[] = []): Rupees | undefined {
  const ofSection = lines.filter((line) => line.section === (section === "115BBH" ? "OTHER" : section));
  const [only, other] = ofSection;
  return only !== undefined && other === undefined && "tax" in only ? only.tax : undefined;
}

function floored(amount: Rupees): Rupees {
  return amount < zeroRupees ? zeroRupees : amount;
}
