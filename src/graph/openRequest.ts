import type { ConsentTerms } from "../domain/consent";
import { Fault } from "../kernel/fault";
import { Secret } from "../kernel/secret";
import type { OpenRequest } from "../sessions/opening";
import type { GraphContext } from "./context";
import { panArgument } from "./panArgument";
import type { ConsentInput, OpenSessionInput } from "./sessionInputs";

const usualYears = 3;

/** What a caller asks for, once it makes sense. */
export function toOpenRequest(input: OpenSessionInput, context: GraphContext): OpenRequest {
  const { password, provider, documents, years, idempotencyKey } = input;
  return {
    tenant: context.access.tenant,
    by: context.by,
    pan: panArgument(context, "pan", input.pan),
    password: new Secret(password),
    provider: provider ?? undefined,
    documents: documents ? [...new Set(documents)] : undefined,
    years: years ?? usualYears,
    consent: toConsentTerms(input.consent),
    idempotencyKey,
  };
}

function toConsentTerms({ purpose, reference, dataLifeDays, maxFetches, ...input }: ConsentInput): ConsentTerms {
  const startsAtMs = Date.parse(input.startsAt);
  const expiresAtMs = Date.parse(input.expiresAt);
  if (expiresAtMs <= startsAtMs) {
    throw new Fault("BAD_INPUT", { field: "consent.expiresAt", hint: "A consent ends after it has begun." });
  }
  const mostFetches = maxFetches ?? undefined;
  return { purpose, reference: reference ?? undefined, startsAtMs, expiresAtMs, dataLifeDays, mostFetches };
}
