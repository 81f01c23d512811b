import type { ProviderId } from "../domain/answer";
import type { VerificationForm } from "../domain/verificationForm";
import { formNameOf } from "../sources/documentLinks";
import type { GraphContext } from "./context";

/** A form, and who told of it. */
export interface ToldForm {
  readonly provider: ProviderId;
  readonly form: VerificationForm;
}

/** Makes a link to the file of a form. */
export type HrefOf = (told: ToldForm) => string;

/** Links to one taxpayer's files, for whoever asks in this operation. */
export function hrefsFor({ access, documentLinks }: GraphContext, taxpayerId: string): HrefOf {
  const reader = { tenant: access.tenant, caller: access.subject };
  return ({ provider, form }) =>
    documentLinks.hrefOf(reader, { taxpayerId, provider, incomeYear: form.incomeYear, form: formNameOf(form) });
}
