import type { FileKey, KeptAnswer } from "../reading/ports";
import type { Place } from "./sealed";

/** Where each kind of ciphertext belongs. To change a line here is to lose what was sealed under it. */
export const lookupKeyPlace: Place = ["keyring", "lookup"];

export function tenantLookupKeyPlace(tenant: string, number: number): Place {
  return ["look-up key", tenant, String(number)];
}

export function subjectKeyPlace(tenant: string, subjectId: string): Place {
  return ["subject key", tenant, subjectId];
}

export function panPlace(tenant: string, subjectId: string): Place {
  return ["pan", tenant, subjectId];
}

export function ticketPlace(tenant: string, sessionId: string): Place {
  return ["ticket", tenant, sessionId];
}

export function consentReferencePlace(tenant: string, consentId: string): Place {
  return ["consent reference", tenant, consentId];
}

export function documentLinkPlace(tenant: string, caller: string): Place {
  return ["document link", tenant, caller];
}

export function sharedSecretPlace(name: string): Place {
  return ["shared secret", name];
}

export function answerPlace(
  tenant: string,
  subjectId: string,
  { document, provider, period }: Pick<KeptAnswer, "document" | "provider" | "period">,
): Place {
  return ["answer", tenant, subjectId, document, provider, period];
}

export function filePlace(tenant: string, subjectId: string, { document, provider, period, name }: FileKey): Place {
  return ["file", tenant, subjectId, document, provider, period, name];
}
