import { readAmount, type Demand, incomeYearFromAssessmentYear } from "../../../domain";
import { readListing, asObject, textOf, type JsonObject } from "../../replies";
import { withDemands } from "./demandOfReturn";
import { toFiling, type MergedFiling } from "./filingMapper";
import { toAadhaarLink, toProfile } from "./profileMapper";
import { toTaxCredits } from "./taxCreditMapper";
import type { Reported } from "./told";
import { dateOf } from "./values";

/** The attached example: the person, each return with the Department's own file, the tax credits and the demands. */
export function readFilingsShape(told: JsonObject): Reported {
  const filings = readListing(told.filings, toFiling);
  const demands = readListing(told.outstanding_demands, toDemand);
  const profile = asObject(told.profile);
  return {
    profile: profile && toProfile(profile),
    aadhaarLink: profile && toAadhaarLink(profile),
    filings: {
      ...filings,
      entries: withDemands(
        filings.entries.map(({ filing }) => filing),
        demands,
      ),
    },
    filesByYear: filesByYear(filings.entries),
    taxCredits: toTaxCredits(told.tds_26as),
    demands,
  };
}

function filesByYear(filings: readonly MergedFiling[]): Reported["filesByYear"] {
  const ofYears = Map.groupBy(filings, ({ filing }) => filing.incomeYear);
  const files = [...ofYears].map(([year, merged]) => [year, merged.flatMap(({ file }) => file ?? [])] as const);
  return new Map(files.filter(([, { length }]) => length > 0));
}

/** The published example has none: these are the names that the vendor uses for the same things elsewhere. */
function toDemand(demand: JsonObject): Demand {
  return {
    incomeYear: incomeYearFromAssessmentYear(textOf(demand.assessment_year) ?? ""),
    raisedOn: dateOf(demand.demand_date),
    section: textOf(demand.section),
    amount: readAmount(demand.demand_amount),
    statusLabel: textOf(demand.status),
  };
}
