import { Field, Float, ObjectType } from "type-graphql";
import { type Word, assessmentYearLabel, type Rupees } from "../../domain";
import type * as domain from "../../domain";
import { enums, Amount, AssessmentYearScalar, RupeesScalar } from "../types";

@ObjectType({ description: "What one employer paid." })
export class SalaryIncome implements domain.SalaryIncome {
  @Field(() => String, { nullable: true, description: "The employer's name." })
  employer?: string | undefined;

  @Field(() => String, { nullable: true, description: 'The number under which it deducts tax: "BLRN90001A".' })
  tan?: string | undefined;

  @Amount("Before exemptions and deductions; null where only the sum of several employers is told.")
  gross!: Rupees | null;

  @Amount("The tax that the employer has deducted, as the return claims it.")
  taxDeducted!: Rupees | null;
}

@ObjectType({ description: "What one house brought in." })
export class HousePropertyIncome implements domain.HousePropertyIncome {
  @Field(() => enums.HouseUse, { description: "Whether the owner lives in it." })
  use!: Word<"HouseUse">;

  @Amount("The rent of the year, or what the house could be let for.")
  grossRent!: Rupees | null;

  @Amount("Interest on the loan for the house, section 24(b).")
  interestOnLoan!: Rupees | null;

  @Amount("What is left, as filed: below zero where the interest is more than the rent.")
  income!: Rupees | null;
}

@ObjectType({ description: "A share in a partnership firm." })
class Partnership implements domain.Partnership {
  @Field(() => String, { nullable: true, description: "The firm's name." })
  firm?: string | undefined;

  @Amount("The partner's share of the firm's profit, which is exempt.")
  profitShare!: Rupees | null;

  @Amount("What the firm paid for the partner's work.")
  remuneration!: Rupees | null;

  @Amount("What the firm paid on the partner's capital.")
  interest!: Rupees | null;

  @Amount("The partner's capital in the firm at the end of the year.")
  capital!: Rupees | null;
}

@ObjectType({ description: "A business or a profession, by its accounts or by its turnover." })
export class BusinessIncome implements domain.BusinessIncome {
  @Amount("Sales or gross receipts, presumptive or by the books.")
  turnover!: Rupees | null;

  @Field(() => String, {
    nullable: true,
    description: 'The section under which a share of the turnover is taxed: "44AD". Null where books are kept.',
  })
  presumptiveSection?: string | undefined;

  @Amount("Sales less what the goods cost.")
  grossProfit!: Rupees | null;

  @Amount("Before tax, as the profit and loss account has it; a loss is negative, as filed.")
  netProfit!: Rupees | null;

  @Amount("What that account provides for tax.")
  taxOnProfit!: Rupees | null;

  @Amount("Depreciation in that account.")
  depreciation!: Rupees | null;

  @Amount("Interest in that account.")
  interestPaid!: Rupees | null;

  @Field(() => [Partnership], { description: "Firms in which the taxpayer is a partner." })
  partnerships!: readonly Partnership[];
}

@ObjectType({ description: "Gains of one kind that are taxed at one rate. A loss is negative." })
class CapitalGain implements domain.CapitalGain {
  @Field(() => enums.GainTerm, { description: "How long the asset was held." })
  term!: Word<"GainTerm">;

  @Field(() => String, { nullable: true, description: 'The section of its rate: "111A", "112A", "115BBH".' })
  section?: string | undefined;

  @Field(() => Float, { nullable: true, description: "In percent; null where the slabs apply." })
  ratePercent?: number | undefined;

  @Field(() => RupeesScalar, { description: "Before losses of other kinds are set off." })
  amount!: Rupees;
}

@ObjectType({ description: "Gains on shares, funds, land and virtual assets. Losses are negative." })
export class CapitalGains implements domain.CapitalGains {
  @Amount("The sum of what was held for a short time, without virtual assets.")
  shortTerm!: Rupees | null;

  @Amount("The sum of what was held for a long time.")
  longTerm!: Rupees | null;

  @Amount("What is exempt because it was put into a house, land or bonds, sections 54 to 54GB.")
  exemptions!: Rupees | null;

  @Field(() => [CapitalGain], { description: "The same by section and rate." })
  gains!: readonly CapitalGain[];
}

@ObjectType({ description: "A loss that goes on to later years." })
class CarriedLoss {
  @Field(() => enums.IncomeHead, { description: "The kind of income it may be set off against." })
  head!: Word<"IncomeHead">;

  @Field(() => AssessmentYearScalar, {
    nullable: true,
    description: "The year of the loss; null where the return does not tell what is left of which year.",
  })
  assessmentYear?: string | undefined;

  @Field(() => RupeesScalar, { description: "What is left of it." })
  amount!: Rupees;
}

@ObjectType({ description: "Losses, as amounts above zero." })
export class Losses {
  @Amount("Of this year, against other heads of it.")
  setOffThisYear!: Rupees | null;

  @Amount("Of earlier years, used in this one.")
  broughtForwardSetOff!: Rupees | null;

  @Amount("All that goes on to later years.")
  carriedForward!: Rupees | null;

  @Field(() => [CarriedLoss], { description: "The same by head and year." })
  entries!: readonly CarriedLoss[];
}

export function toLosses(losses: domain.Losses): Losses {
  const entries = losses.entries.map(({ head, incomeYear, amount }) => ({
    head,
    assessmentYear: incomeYear === undefined ? undefined : assessmentYearLabel(incomeYear),
    amount,
  }));
  return { ...losses, entries };
}

@ObjectType({ description: "Income of one kind from other sources." })
export class OtherIncome implements domain.OtherIncome {
  @Field(() => enums.OtherIncomeKind, { description: "What it is." })
  kind!: Word<"OtherIncomeKind">;

  @Field(() => RupeesScalar, { description: "Before deductions." })
  amount!: Rupees;

  @Field(() => Float, { nullable: true, description: "In percent; null where the slabs apply." })
  ratePercent?: number | undefined;
}

@ObjectType({ description: "A deduction under one section." })
export class Deduction implements domain.Deduction {
  @Field(() => String, { description: 'The section: "80C", "80D", "80GGC", "10AA".' })
  section!: string;

  @Amount("What the taxpayer has entered.")
  claimed!: Rupees | null;

  @Amount("What the limits of the law and the regime leave of it.")
  allowed!: Rupees | null;
}

@ObjectType({ description: "What an updated return, section 139(8A), says of itself." })
export class ReturnUpdate implements domain.ReturnUpdate {
  @Field(() => [enums.UpdateReason], { description: "Why the return is updated." })
  reasons!: readonly Word<"UpdateReason">[];

  @Amount("Paid on top of tax and interest for updating, section 140B(3).")
  additionalTax!: Rupees | null;

  @Amount("All that was payable with the update, the additional tax included.")
  netPayable!: Rupees | null;

  @Amount("What was paid of it, section 140B.")
  taxPaid!: Rupees | null;

  @Amount("What is left of it.")
  balancePayable!: Rupees | null;
}
