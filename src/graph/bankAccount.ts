import { Field, ObjectType } from "type-graphql";
import type * as domain from "../domain/filing";
import type { BankAccountKind } from "../domain/filing";
import type { MaskedAccountNumber } from "../domain/masks";
import { BankAccountKindEnum } from "./enums";
import { Sensitive } from "./authorization/sensitive";

@ObjectType({ description: "A bank account that the taxpayer has named in a return." })
export class BankAccount implements domain.BankAccount {
  @Sensitive("PERSONAL")
  @Field(() => String, { description: 'Always masked to the last four: "XXXX7890".' })
  accountNumber!: MaskedAccountNumber;

  @Field(() => BankAccountKindEnum, { description: "UNKNOWN where it is not told." })
  kind!: BankAccountKind;

  @Field(() => String, { nullable: true, description: 'The name of the bank: "State Bank of India".' })
  bankName?: string | undefined;

  @Field(() => String, { nullable: true, description: 'The code of the branch: "SBIN0000001".' })
  ifsc?: string | undefined;

  @Field(() => Boolean, { nullable: true, description: "Whether refunds shall go here; null where it is not told." })
  isForRefund?: boolean | undefined;
}
