import type { DocumentKind, ProviderId } from "../domain/answer";
import type { Consent } from "../domain/consent";
import type { Pan } from "../domain/identifiers";

/** One answer as it is kept: plain JSON in domain words, sealed under the taxpayer's own key. */
export interface KeptAnswer {
  readonly document: DocumentKind;
  readonly provider: ProviderId;
  /** "2024-25" and the like where the document belongs to a year, "" where it does not. */
  readonly period: string;
  readonly body: unknown;
  readonly fetchedAtMs: number;
  readonly expiresAtMs: number;
  /** The consent under which it was fetched; what needs the PAN only needs none. */
  readonly consentId: string | undefined;
}

export interface KeptTaxpayer {
  /** Opaque, and different for each tenant that knows the same person. */
  readonly id: string;
  readonly pan: Pan;
  readonly erased: boolean;
  readonly answers: readonly KeptAnswer[];
  /** Those that have not lapsed, and the newest of those that have. */
  readonly consents: readonly Consent[];
}

/** What is held for a tenant. Sources own this port; the store implements it. */
export interface TaxpayerStore {
  /** Every PAN gets an entry: one statement for those known, one more for those met for the first time. */
  byPan(tenant: string, pans: readonly Pan[]): Promise<ReadonlyMap<Pan, KeptTaxpayer>>;
  /** Unknown ids, and other tenants' ids, are simply not in the map. */
  byId(tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, KeptTaxpayer | "ERASED">>;
  /** Keeps nothing for a taxpayer erased meanwhile, nor under a consent that has been revoked. */
  keep(tenant: string, taxpayerId: string, answers: readonly KeptAnswer[]): Promise<void>;
}
