import { ObjectType } from "type-graphql";
import type * as domain from "../domain/filing";
import type { Rupees } from "../domain/rupees";
import { Amount } from "./amount";

@ObjectType({ description: "What a return says was paid already, by the taxpayer and on their behalf." })
export class TaxesPaid implements domain.TaxesPaid {
  @Amount("Paid by the taxpayer in instalments within the year.")
  advanceTax!: Rupees | null;

  @Amount("Held back by whoever paid the taxpayer (TDS).")
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
