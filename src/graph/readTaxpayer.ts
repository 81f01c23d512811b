import { isObjectType, type GraphQLResolveInfo } from "graphql";
import { indianDayAt } from "../domain/indianDay";
import { latestIncomeYears, type IncomeYear } from "../domain/taxPeriod";
import { Fault } from "../kernel/fault";
import type { KeptTaxpayer } from "../sources/taxpayerStore";
import type { GraphContext } from "./context";
import { hrefsFor } from "./documentHref";
import type { Gathered } from "./gathered";
import { remembered } from "./remembered";
import { selectedFields } from "./selection";
import { Taxpayer } from "./taxpayer";
import { wantsAfter, wantsOf, type Want } from "./wants";

const yearsWithoutConsent = 3;

/** Gathers what the operation selects of each taxpayer, all of them in one go. */
export async function readTaxpayers(
  context: GraphContext,
  kept: readonly KeptTaxpayer[],
  info: GraphQLResolveInfo,
): Promise<Taxpayer[]> {
  const { access } = context;
  const type = info.schema.getType("Taxpayer");
  if (!isObjectType(type)) throw new Fault("INTERNAL", { note: "the schema has no Taxpayer" });
  const fields = selectedFields(info, type);
  // Most taxpayers of one operation have the same years, and so want the same.
  const wantsByYears = remembered((years: string) => wantsOf(fields, { access, usualYears: yearsIn(years) }));
  return Promise.all(
    kept.map(async (taxpayer) => {
      const usualYears = usualYearsOf(taxpayer, context);
      const gathered = await gather(context, taxpayer, wantsByYears(usualYears.join(" ")));
      const besides = await gather(context, taxpayer, wantsAfter(gathered, fields, { access }));
      return new Taxpayer(taxpayer, usualYears, [...gathered, ...besides], hrefsFor(context, taxpayer.id));
    }),
  );
}

/** Asks of one taxpayer what is wanted, together with whatever else is asked in this tick. */
export async function gather(
  { loaders }: GraphContext,
  taxpayer: KeptTaxpayer,
  wants: readonly Want[],
): Promise<readonly Gathered[]> {
  if (wants.length === 0) return [];
  return Promise.all(wants.map(async (want) => ({ ...want, told: await loaders.answer.load({ taxpayer, ...want }) })));
}

/** Where no years are named, those are meant which the taxpayer has agreed to; where nobody has asked them, the latest. */
export function usualYearsOf({ consents }: KeptTaxpayer, { clock }: GraphContext): readonly IncomeYear[] {
  const agreed = new Set(consents.flatMap(({ incomeYears }) => incomeYears));
  if (agreed.size === 0) return latestIncomeYears(yearsWithoutConsent, indianDayAt(clock.now()));
  return [...agreed].sort((one, other) => other - one);
}

function yearsIn(years: string): readonly IncomeYear[] {
  return years.split(" ").map((year) => Number(year) as IncomeYear);
}
