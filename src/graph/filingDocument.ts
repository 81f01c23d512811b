import { Field, ObjectType } from "type-graphql";
import type { Filing } from "../domain/filing";
import { verificationFormFileName, type VerificationForm } from "../domain/verificationForm";
import type { HrefOf, ToldForm } from "./documentHref";
import { FilingDocumentKindEnum, type filingDocumentKinds } from "./enums";

@ObjectType({ description: "A file that belongs to a return, such as its one-page acknowledgement (ITR-V)." })
export class FilingDocument {
  @Field(() => FilingDocumentKindEnum, { description: "What it is." })
  kind!: (typeof filingDocumentKinds)[number];

  @Field(() => String, { description: 'A name to save it under: "ITR-V-2025-26.pdf".' })
  fileName!: string;

  @Field(() => String, { description: 'Its media type: "application/pdf".' })
  contentType!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "A path on this server, never the provider's address: for you alone, with your own access token, once, within ten " +
      "minutes. Null where none can be made.",
  })
  href?: string | undefined;
}

/** The forms of this return; one that tells no number is known by its year and kind. */
export function toFilingDocuments(
  filing: Filing,
  forms: readonly ToldForm[],
  hrefOf: HrefOf,
): readonly FilingDocument[] {
  const fileName = verificationFormFileName(filing.incomeYear);
  return forms
    .filter(({ form }) => form.location !== undefined && isOf(filing, form))
    .map((told) => ({
      kind: "VERIFICATION_FORM",
      fileName,
      contentType: "application/pdf",
      // A link lives from when it is asked for.
      get href() {
        return hrefOf(told);
      },
    }));
}

function isOf(filing: Filing, form: VerificationForm): boolean {
  const [one, other] = [filing.acknowledgementNumber, form.acknowledgementNumber];
  if (one !== undefined && other !== undefined) return one === other;
  return form.incomeYear === filing.incomeYear && form.kind === filing.kind;
}
