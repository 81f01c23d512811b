import type { DocumentKind, ProviderId } from "../domain/answer";

/** Which file is meant, of those that came with an answer. */
export interface FileKey {
  readonly document: DocumentKind;
  readonly provider: ProviderId;
  readonly period: string;
  /** What tells it from others that came with the same answer. */
  readonly name: string;
}

export interface KeptFile extends FileKey {
  readonly bytes: Buffer;
  readonly expiresAtMs: number;
  readonly consentId: string;
}

/** Files that came with answers, sealed under the taxpayer's own key. Sources own this port; the store implements it. */
export interface FileStore {
  /** Keeps nothing for a taxpayer erased meanwhile, nor under a consent that has been revoked. */
  keep(tenant: string, taxpayerId: string, files: readonly KeptFile[]): Promise<void>;
  read(tenant: string, taxpayerId: string, file: FileKey, nowMs: number): Promise<Buffer | undefined>;
}
