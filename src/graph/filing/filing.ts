import { Directive, Field, ID, ObjectType } from "type-graphql";
import {
  type Word,
  type CalendarDate,
  checksOf,
  type CheckContext,
  type Check as DomainCheck,
  type FilingKind,
  type ReturnForm,
  type TaxRegime,
  type FilingStatus,
  type AcknowledgementNumber,
  beliefsOf,
  type ReconciledFiling,
  type Rupees,
  assessmentYearLabel,
  taxPeriodOf,
  type MaskedAccountNumber,
  type Severity,
} from "../../domain";
import type * as domain from "../../domain";
import {
  enums,
  Amount,
  AssessmentYearScalar,
  DateScalar,
  Belief,
  Disagreement,
  Provenance,
  Node,
  TaxPeriod,
} from "../types";
import { Requires } from "../access";
import { Sensitive } from "../authorization";
import { FilingDocument } from "./filingDocument";
import { filingIdOf } from "./filingId";
import { IncomeHeads, toIncomeHeads, Refund, TaxComputation, TaxesPaid } from "./figures";
import {
  BusinessIncome,
  CapitalGains,
  Deduction,
  HousePropertyIncome,
  Losses,
  OtherIncome,
  ReturnUpdate,
  SalaryIncome,
  toLosses,
} from "./returnDetails";

@ObjectType({ description: "One thing that must be so in an honest return, and whether it is." })
class Check implements DomainCheck {
  @Field(() => enums.CheckName, { description: "What is checked." })
  name!: Word<"CheckName">;

  @Field(() => enums.CheckOutcome, { description: "Whether it is so, where that can be told." })
  outcome!: Word<"CheckOutcome">;

  @Field(() => enums.Severity, { description: "How grave it is, or would be, to fail." })
  severity!: Severity;

  @Field(() => String, { description: 'Plain words: "The return was filed by the due date."' })
  message!: string;

  @Amount("What it would have to be; null where the check is not about amounts.")
  expected?: Rupees | undefined;

  @Amount("What the return says.")
  found?: Rupees | undefined;

  @Amount("So far apart the two may be, for rounding.")
  tolerance?: Rupees | undefined;
}

@ObjectType({ description: "One step on a return's way through the Department." })
class StatusEvent implements domain.StatusEvent {
  @Field(() => enums.FilingStatus, { description: "Our word for it; UNKNOWN where the label is not understood." })
  status!: FilingStatus;

  @Field(() => String, { description: 'The provider\'s own words: "Successfully e-verified".' })
  label!: string;

  @Field(() => DateScalar, { nullable: true, description: "The day it happened." })
  occurredOn?: CalendarDate | undefined;
}

@ObjectType({ description: "A bank account that the taxpayer has named in a return." })
class BankAccount implements domain.BankAccount {
  @Sensitive("PERSONAL")
  @Field(() => String, { description: 'Always masked to the last four: "XXXX7890".' })
  accountNumber!: MaskedAccountNumber;

  @Field(() => enums.BankAccountKind, { description: "UNKNOWN where it is not told." })
  kind!: Word<"BankAccountKind">;

  @Field(() => String, { nullable: true, description: 'The name of the bank: "State Bank of India".' })
  bankName?: string | undefined;

  @Field(() => String, { nullable: true, description: 'The code of the branch: "SBIN0000001".' })
  ifsc?: string | undefined;

  @Field(() => Boolean, { nullable: true, description: "Whether refunds shall go here; null where it is not told." })
  isForRefund?: boolean | undefined;
}

const emptyOrNull = "Empty: the return has none. Null: no source tells it.";

@Directive('@key(fields: "id")')
@Requires("income:read")
@ObjectType({ implements: Node, description: "One filed return, as one or several providers report it." })
export class Filing implements Node, Omit<domain.Filing, "incomeYear" | "contradictions" | "losses"> {
  readonly __typename!: "Filing";

  @Field(() => ID, { description: "Opaque, and this tenant's own." })
  readonly id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The receipt number of the return, 15 digits: "123456789100725".',
  })
  acknowledgementNumber?: AcknowledgementNumber | undefined;

  @Field(() => AssessmentYearScalar, { description: "The year as it is asked for." })
  assessmentYear!: string;

  @Field(() => TaxPeriod, { description: "The year with all of its names." })
  period!: TaxPeriod;

  @Field(() => enums.ReturnForm, { description: "The form it was filed in." })
  form!: ReturnForm;

  @Field(() => enums.FilingKind, { description: "Whether it was the first of its year, or put an earlier one right." })
  kind!: FilingKind;

  @Field(() => String, { nullable: true, description: 'The section it was filed under: "139(1)".' })
  section?: string | undefined;

  @Field(() => DateScalar, { nullable: true, description: 'The day it was filed: "2025-07-10".' })
  filedOn?: CalendarDate | undefined;

  @Field(() => DateScalar, { nullable: true, description: "The last day to file it in time." })
  dueOn?: CalendarDate | undefined;

  @Field(() => enums.Timeliness, { description: "Whether it was filed by that day." })
  timeliness!: Word<"Timeliness">;

  @Field(() => enums.FilingStatus, { description: "How far it has come." })
  status!: FilingStatus;

  @Field(() => [StatusEvent], { description: "How it came there, oldest first." })
  statusHistory!: readonly StatusEvent[];

  @Field(() => enums.TaxRegime, { description: "By which of the two sets of rates it is taxed." })
  regime!: TaxRegime;

  @Field(() => IncomeHeads, { nullable: true, description: "Income by its heads; null where only totals are told." })
  incomeHeads?: IncomeHeads | undefined;

  @Amount("The sum of the heads, after losses are set off.")
  grossTotalIncome!: Rupees | null;

  @Amount(
    "What is taken from it: savings, insurance, donations and the like, chapter VI-A, and units in zones, section 10AA.",
  )
  deductions!: Rupees | null;

  @Amount("What tax is reckoned on: gross total income less deductions.")
  totalIncome!: Rupees | null;

  @Field(() => TaxComputation, { nullable: true, description: "How the tax was reckoned." })
  tax?: TaxComputation | undefined;

  @Field(() => TaxesPaid, { nullable: true, description: "What of it was paid already." })
  taxesPaid?: TaxesPaid | undefined;

  @Field(() => Refund, { nullable: true, description: "What the Department owes the taxpayer." })
  refund?: Refund | undefined;

  @Amount("What the Department still asks for on this return; 0 where it asks for nothing.")
  demand!: Rupees | null;

  @Field(() => [BankAccount], { description: "Those named in it, their numbers masked to the last four." })
  bankAccounts!: readonly BankAccount[];

  @Field(() => DateScalar, { nullable: true, description: "The day that its declaration bears." })
  verifiedOn?: CalendarDate | undefined;

  @Field(() => enums.ResidentialStatus, { description: "Where the taxpayer lived, as tax law has it." })
  residentialStatus!: Word<"ResidentialStatus">;

  @Field(() => [SalaryIncome], { nullable: true, description: `One for each employer. ${emptyOrNull}` })
  salaries?: readonly SalaryIncome[] | undefined;

  @Field(() => [HousePropertyIncome], { nullable: true, description: `One for each house. ${emptyOrNull}` })
  houseProperties?: readonly HousePropertyIncome[] | undefined;

  @Field(() => BusinessIncome, { nullable: true, description: "Null where there is none, or no source tells it." })
  business?: BusinessIncome | undefined;

  @Field(() => CapitalGains, { nullable: true, description: "Gains by term, section and rate." })
  capitalGains?: CapitalGains | undefined;

  @Field(() => Losses, { nullable: true, description: "What was set off, and what goes on to later years." })
  losses?: Losses | undefined;

  @Field(() => [OtherIncome], { nullable: true, description: `Interest, dividends and the like. ${emptyOrNull}` })
  otherIncome?: readonly OtherIncome[] | undefined;

  @Amount("Net income from farming, which is exempt and raises the rate of all else.")
  agriculturalIncome?: Rupees | undefined;

  @Amount("All income that is exempt, farming included.")
  exemptIncome?: Rupees | undefined;

  @Field(() => [Deduction], { nullable: true, description: `Claimed and allowed. ${emptyOrNull}` })
  deductionsBySection?: readonly Deduction[] | undefined;

  @Field(() => ReturnUpdate, { nullable: true, description: "Only an updated return has it." })
  update?: ReturnUpdate | undefined;

  @Field(() => [FilingDocument], { description: "The files that belong to it." })
  documents!: readonly FilingDocument[];

  @Field(() => [Check], { description: "What must be so in an honest return: each passed, failed or not possible." })
  checks!: readonly Check[];

  @Field(() => [Provenance], { description: "Who said so, when and how: the most believed first." })
  provenance!: readonly Provenance[];

  @Field(() => [Belief], {
    description: "Whose word each fact of it is, and why theirs.",
  })
  beliefs!: readonly Belief[];

  @Field(() => [Disagreement], { description: "Where two providers tell one fact of it in different ways." })
  disagreements!: readonly Disagreement[];

  @Field(() => Boolean, {
    description: "Whether this is the return of its year that counts. One that awaits its verification does not, yet.",
  })
  effective!: boolean;
}

interface Surroundings {
  readonly taxpayerId: string;
  /** Read only when documents are selected. */
  readonly documents: readonly FilingDocument[];
  /** Called only when checks are selected. */
  readonly checkContext: () => CheckContext;
}

export function toFiling(reconciled: ReconciledFiling, surroundings: Surroundings): Filing {
  return new ShownFiling(reconciled, surroundings);
}

/** The facts that are shown as the return has them. */
const plainFacts = [
  ...(["acknowledgementNumber", "form", "kind", "section", "filedOn", "dueOn", "timeliness"] as const),
  ...(["status", "statusHistory", "regime", "grossTotalIncome", "deductions", "totalIncome", "tax"] as const),
  ...(["taxesPaid", "refund", "demand", "bankAccounts", "verifiedOn", "salaries", "houseProperties"] as const),
  ...(["business", "capitalGains", "otherIncome", "agriculturalIncome", "exemptIncome"] as const),
  ...(["deductionsBySection", "update"] as const),
] satisfies readonly (keyof domain.Filing & keyof Filing)[];

type PlainFacts = Pick<domain.Filing, (typeof plainFacts)[number]>;

class ReadFiling {
  constructor(readonly filing: domain.Filing) {}
}
for (const name of plainFacts) {
  Object.defineProperty(ReadFiling.prototype, name, {
    get(this: ReadFiling) {
      return this.filing[name];
    },
  });
}

/** Each fact is made when it is asked for: most operations select a few of forty. A fact that is left out does not compile. */
class ShownFiling extends (ReadFiling as new (filing: domain.Filing) => ReadFiling & PlainFacts) implements Filing {
  readonly #reconciled: ReconciledFiling;
  readonly #surroundings: Surroundings;
  #id: string | undefined;
  #checks: readonly Check[] | undefined;
  #beliefs: readonly Belief[] | undefined;

  constructor(reconciled: ReconciledFiling, surroundings: Surroundings) {
    super(reconciled.filing);
    this.#reconciled = reconciled;
    this.#surroundings = surroundings;
  }

  get __typename() {
    return "Filing" as const;
  }
  get id() {
    return (this.#id ??= filingIdOf(this.#surroundings.taxpayerId, this.filing));
  }
  get assessmentYear() {
    return assessmentYearLabel(this.filing.incomeYear);
  }
  get period() {
    return taxPeriodOf(this.filing.incomeYear);
  }
  get incomeHeads() {
    return this.filing.incomeHeads && toIncomeHeads(this.filing.incomeHeads);
  }
  get residentialStatus() {
    return this.filing.residentialStatus ?? "UNKNOWN";
  }
  get losses() {
    return this.filing.losses && toLosses(this.filing.losses);
  }
  get documents() {
    return this.#surroundings.documents;
  }
  get checks() {
    return (this.#checks ??= checksOf(this.filing, this.#surroundings.checkContext()));
  }
  get provenance() {
    return this.#reconciled.provenance;
  }
  get beliefs() {
    return (this.#beliefs ??= beliefsOf(this.#reconciled));
  }
  get disagreements() {
    return this.#reconciled.disagreements;
  }
  get effective() {
    return this.#reconciled.effective;
  }
}
