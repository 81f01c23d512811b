import * as domain from "../../domain";
import { Field, Int, ObjectType } from "type-graphql";
import {
  type Word,
  type CalendarDate,
  type Tan,
  withinRupees,
  beliefsOf,
  type Reconciled,
  type Rupees,
  assessmentYearLabel,
  taxPeriodOf,
} from "../../domain";
import { FilingDocument } from "../filing";
import { enums, Belief, Disagreement, Provenance, Amount, AssessmentYearScalar, DateScalar, TaxPeriod } from "../types";

@ObjectType({ description: "One single report behind an entry: one payment, one sale." })
class InformationReport implements domain.InformationReport {
  @Field(() => enums.ReportStatus, { description: "INACTIVE where it was corrected or withdrawn." })
  status!: Word<"ReportStatus">;

  @Field(() => DateScalar, { nullable: true, description: "The day of the payment or the sale." })
  transactedOn?: CalendarDate | undefined;

  @Field(() => DateScalar, { nullable: true, description: "The day it was reported." })
  reportedOn?: CalendarDate | undefined;

  @Amount("What was paid, credited or sold for.")
  amount!: Rupees | null;

  @Amount("The tax deducted or collected.")
  taxWithheld!: Rupees | null;

  @Amount("The tax that reached the treasury.")
  taxDeposited!: Rupees | null;
}

@ObjectType({ description: "What one third party has reported of one kind." })
class InformationEntry implements Omit<domain.InformationEntry, "incomeYear"> {
  @Field(() => enums.InformationPart, { description: "The part of the statement it stands in." })
  part!: Word<"InformationPart">;

  @Field(() => String, { nullable: true, description: 'The Department\'s code: "SFT-016(SB)".' })
  code?: string | undefined;

  @Field(() => String, { nullable: true, description: 'In the Department\'s words: "Interest income - Savings".' })
  description?: string | undefined;

  @Field(() => String, { nullable: true, description: 'What it is counted as: "Interest from savings bank".' })
  category?: string | undefined;

  @Field(() => String, { nullable: true, description: "Who reported it, by name." })
  reportedBy?: string | undefined;

  @Field(() => String, {
    nullable: true,
    description: 'The number of the deductor or collector: "PNEI01234A".',
  })
  tan?: Tan | undefined;

  @Field(() => AssessmentYearScalar, {
    nullable: true,
    description:
      "The year it belongs to, where it names one. Challans and refunds are listed in the year of payment and often belong to an earlier year.",
  })
  assessmentYear?: string | undefined;

  @Field(() => enums.ReportStatus, {
    description: "INACTIVE where all of its reports were withdrawn: it is not counted.",
  })
  status!: Word<"ReportStatus">;

  @Field(() => DateScalar, {
    nullable: true,
    description: "The day it was reported; of a challan the day of the deposit, of a refund the day of the payment.",
  })
  reportedOn?: CalendarDate | undefined;

  @Field(() => Int, { nullable: true, description: "Of how many single reports this is the sum." })
  count?: number | undefined;

  @Amount("As it was reported.")
  amount!: Rupees | null;

  @Amount("After the taxpayer's own feedback, where there is one.")
  derivedAmount!: Rupees | null;

  @Amount("The tax deducted or collected, over all active reports; null as soon as one report lacks it.")
  taxWithheld!: Rupees | null;

  @Amount("The tax that reached the treasury; null as soon as one report lacks it.")
  taxDeposited!: Rupees | null;

  @Field(() => [InformationReport], {
    nullable: true,
    description: "The single reports behind it, withdrawn ones included; null where the statement has the sum only.",
  })
  reports?: readonly InformationReport[] | undefined;
}

@ObjectType({
  description: "What third parties have reported about the taxpayer in one year: the statement called AIS.",
})
export class InformationStatement implements Omit<domain.InformationStatement, "incomeYear" | "entries"> {
  @Field(() => AssessmentYearScalar, { description: "The year as it is asked for." })
  assessmentYear!: string;

  @Field(() => TaxPeriod, { description: "The year with all of its names." })
  period!: TaxPeriod;

  @Field(() => [InformationEntry], { description: "What was reported, in the Department's order." })
  entries!: readonly InformationEntry[];

  @Field(() => Int, {
    description: "The number of parts of the file that cannot be read. If it is not 0, entries are missing.",
  })
  unreadCount!: number;

  @Amount(
    "Advance and self-assessment tax on this year's income, by the year on each challan; null where a challan names no year.",
  )
  taxPaid!: Rupees | null;

  @Field(() => FilingDocument, {
    nullable: true,
    description: "The Department's own file of it, where the provider sent one that can be handed out.",
  })
  document?: FilingDocument | undefined;

  @Field(() => [Provenance], { description: "Who said so, the most believed first: the statement is the first one's." })
  provenance!: readonly Provenance[];

  @Field(() => [Belief], {
    description: "Whose word each fact of it is, and why theirs.",
  })
  beliefs!: readonly Belief[];

  @Field(() => [Disagreement], { description: "Where the sums of two providers' statements differ." })
  disagreements!: readonly Disagreement[];
}

export function toInformationStatement(
  reconciled: Reconciled<domain.InformationStatement>,
  document: FilingDocument | undefined,
): InformationStatement {
  const { value, provenance, disagreements } = reconciled;
  const { incomeYear, entries, unreadCount = 0 } = value;
  const year = { assessmentYear: assessmentYearLabel(incomeYear), period: taxPeriodOf(incomeYear) };
  return {
    ...year,
    entries: entries.map(toInformationEntry),
    unreadCount,
    taxPaid: withinRupees(() => domain.taxPaidFor(value), null),
    document,
    provenance,
    get beliefs() {
      return beliefsOf(reconciled);
    },
    disagreements,
  };
}

function toInformationEntry(entry: domain.InformationEntry): InformationEntry {
  const { incomeYear, ...facts } = entry;
  return {
    ...facts,
    assessmentYear: incomeYear && assessmentYearLabel(incomeYear),
    status: domain.statusOfEntry(entry),
    taxWithheld: withinRupees(() => domain.taxWithheldOf(entry), null),
    taxDeposited: withinRupees(() => domain.taxDepositedOf(entry), null),
  };
}
