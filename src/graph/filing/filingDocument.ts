import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from "type-graphql";
import {
  type Filing,
  fileNameOf,
  nameOfReturn,
  type FiledDocument,
  type IncomeYear,
  type VerificationForm,
  type ProviderId,
} from "../../domain";
import type { FilePlace, ReportPlace, RunFilePlace } from "../../reading";
import type { GraphContext } from "../context";
import { enums } from "../types";

/** A form, and the provider that has it. */
export interface ReportedForm {
  readonly provider: ProviderId;
  readonly form: VerificationForm;
}

@ObjectType({
  description:
    "A file that belongs to a return, such as its one-page acknowledgement (ITR-V), to a statement, to insights, or to a run. In the Department's " +
    "own JSON, Aadhaar and account numbers are masked.",
})
export class FilingDocument {
  @Field(() => enums.FilingDocumentKind, { description: "What it is." })
  kind!: keyof typeof enums.FilingDocumentKind;

  @Field(() => String, { description: 'A name to save it under: "ITR-V-2025-26.pdf".' })
  fileName!: string;

  @Field(() => String, { description: 'Its media type: "application/pdf", "application/json" or "text/csv".' })
  contentType!: string;

  readonly place!: FilePlace | ReportPlace | RunFilePlace;
}

@Resolver(() => FilingDocument)
export class FilingDocumentResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      "A path on this server, never the provider's address: for you alone, with your own access token, once, within ten " +
      "minutes. Null where none can be made.",
  })
  href(@Root() { place }: FilingDocument, @Ctx() { access, documentLinks }: GraphContext): string {
    const reader = { tenant: access.tenant, caller: access.subject };
    if ("runId" in place) return documentLinks.hrefOfRun(reader, place);
    return "policy" in place ? documentLinks.hrefOfReport(reader, place) : documentLinks.hrefOf(reader, place);
  }
}

/** The name of a file that came with a provider's answer about a year. */
export interface ReportedFile {
  readonly provider: ProviderId;
  readonly incomeYear: IncomeYear;
  readonly name: string;
}

/** The forms and the file of this return. Without a number, a form is matched by its year and kind. */
export function toFilingDocuments(
  taxpayerId: string,
  filing: Filing,
  { forms, files }: { readonly forms: readonly ReportedForm[]; readonly files: readonly ReportedFile[] },
): readonly FilingDocument[] {
  const { incomeYear, acknowledgementNumber, kind } = filing;
  return [
    ...forms
      .filter(({ form }) => form.location !== undefined && isOf(filing, form))
      .map(({ provider, form }) =>
        fileOf("VERIFICATION_FORM", {
          taxpayerId,
          provider,
          document: "VERIFICATION_FORM",
          incomeYear: form.incomeYear,
          name: nameOfReturn(form),
        }),
      ),
    ...files
      .filter((file) => file.incomeYear === incomeYear && (file.name === acknowledgementNumber || file.name === kind))
      .map(({ provider, name }) =>
        fileOf("RETURN_FILE", { taxpayerId, provider, document: "FILINGS", incomeYear, name }),
      ),
  ];
}

export function toStatementFile(taxpayerId: string, { provider, incomeYear, name }: ReportedFile): FilingDocument {
  return fileOf("INFORMATION_STATEMENT", { taxpayerId, provider, document: "INFORMATION_STATEMENT", incomeYear, name });
}

const contentTypeOf: Readonly<Record<FiledDocument, string>> = {
  VERIFICATION_FORM: "application/pdf",
  FILINGS: "application/json",
  INFORMATION_STATEMENT: "application/json",
};

function fileOf(kind: FilingDocument["kind"], place: FilePlace): FilingDocument {
  const { document, incomeYear } = place;
  return { kind, fileName: fileNameOf(document, incomeYear), contentType: contentTypeOf[document], place };
}

function isOf(filing: Filing, form: VerificationForm): boolean {
  const [one, other] = [filing.acknowledgementNumber, form.acknowledgementNumber];
  if (one !== undefined && other !== undefined) return one === other;
  return form.incomeYear === filing.incomeYear && form.kind === filing.kind;
}
