import { ObjectType, Field } from "type-graphql";
import {
  totalOfHeads,
  type IncomeHeads as DomainIncomeHeads,
  withinRupees,
  type Rupees,
  type CalendarDate,
} from "../../domain";
import { Amount, DateScalar } from "../types";
import type * as domain from "../../domain";

@ObjectType({
  description:
    "Income by its five heads. Null: no source reports the head. 0: a source reports zero. Losses are negative.",
})
export class IncomeHeads implements DomainIncomeHeads {
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

export function toIncomeHeads(heads: DomainIncomeHeads): IncomeHeads {
  return new ShownHeads(heads);
}

/** The total is added up when it is asked for. */
class ShownHeads implements IncomeHeads {
  readonly salary: Rupees | null;
  readonly houseProperty: Rupees | null;
  readonly businessOrProfession: Rupees | null;
  readonly capitalGains: Rupees | null;
  readonly otherSources: Rupees | null;

  constructor({ salary, houseProperty, businessOrProfession, capitalGains, otherSources }: DomainIncomeHeads) {
    this.salary = salary;
    this.houseProperty = houseProperty;
    this.businessOrProfession = businessOrProfession;
    this.capitalGains = capitalGains;
    this.otherSources = otherSources;
  }

  get total() {
    return withinRupees(() => totalOfHeads(this), null);
  }
}

@ObjectType({
  description: "From the tax on total income down to all that is payable, in the order a return reckons it.",
})
export class TaxComputation implements domain.TaxComputation {
  @Amount("By slabs and special rates, before anything is taken off or put on.")
  taxOnTotalIncome!: Rupees | null;

  @Amount("Taken off for small incomes, section 87A.")
  rebate!: Rupees | null;

  @Amount("Put on for large incomes.")
  surcharge!: Rupees | null;

  @Amount("Health and education cess: 4 % of tax and surcharge.")
  cess!: Rupees | null;

  @Amount("Tax after rebate, with surcharge and cess.")
  grossTaxLiability!: Rupees | null;

  @Amount("Taken off for arrears of salary and for tax paid abroad, sections 89 to 91.")
  relief!: Rupees | null;

  @Amount("Gross tax liability less relief.")
  netTaxLiability!: Rupees | null;

  @Amount("For tax paid too late, sections 234A to 234C.")
  interest!: Rupees | null;

  @Amount("For a return filed too late, section 234F.")
  lateFilingFee!: Rupees | null;

  @Amount("Net tax liability with interest and fee.")
  totalPayable!: Rupees | null;
}

@ObjectType({ description: "What a return says was paid already, by the taxpayer and on their behalf." })
export class TaxesPaid implements domain.TaxesPaid {
  @Amount("Paid by the taxpayer in instalments within the year.")
  advanceTax!: Rupees | null;

  @Amount("Held back by the one who paid the taxpayer (TDS).")
  taxDeducted!: Rupees | null;

  @Amount("Charged by sellers on top of their prices (TCS).")
  taxCollected!: Rupees | null;

  @Amount("Paid by the taxpayer after the year, before filing.")
  selfAssessmentTax!: Rupees | null;

  @Amount("All of it together, as the return has it.")
  total!: Rupees | null;

  @Amount("What was still to pay when the return was filed.")
  balancePayable!: Rupees | null;
}

@ObjectType({ description: "What the Department owes the taxpayer for this year." })
export class Refund implements domain.Refund {
  @Amount("What the return asks to have back; 0 where it asks for nothing.")
  claimed!: Rupees | null;

  @Field(() => DateScalar, { nullable: true, description: "The day it was paid out; null where that is not told." })
  issuedOn?: CalendarDate | undefined;
}
