import { ObjectType } from "type-graphql";
import * as domain from "../domain/incomeHeads";
import { reckoned } from "../domain/reckoned";
import type { Rupees } from "../domain/rupees";
import { Amount } from "./amount";

@ObjectType({
  description:
    "Income by its five heads. Null: no source reports the head. 0: a source reports zero. Losses are negative.",
})
export class IncomeHeads implements domain.IncomeHeads {
  @Amount("Salaries and pensions, after the standard deduction.")
  salary!: Rupees | null;

  @Amount("Rents, less interest on home loans; often a loss.")
  houseProperty!: Rupees | null;

  @Amount("Profits of a business or a profession.")
  businessOrProfession!: Rupees | null;

  @Amount("Gains on shares, funds, property and the like.")
  capitalGains!: Rupees | null;

  @Amount("Interest, dividends and all the rest.")
  otherSources!: Rupees | null;

  @Amount("The sum of the heads that are reported, before losses are set off; null when none is.")
  total!: Rupees | null;
}

export function toIncomeHeads(heads: domain.IncomeHeads): IncomeHeads {
  return { ...heads, total: reckoned(() => domain.totalOfHeads(heads), null) };
}
