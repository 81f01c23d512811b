import { ObjectType } from "type-graphql";
import type * as domain from "../domain/filing";
import type { Rupees } from "../domain/rupees";
import { Amount } from "./amount";

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
