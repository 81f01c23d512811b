import { readFileSync } from "node:fs";
import { asList, asObject } from "../kernel";
import type { Environment } from "./environment";

export interface TrustedDocument {
  readonly id: string;
  readonly text: string;
}

const setting = "AAY_TRUSTED_DOCUMENTS";

/** The only documents that may be asked, in the formats that clients' build tools write. Undefined: any may be. */
export function readTrustedDocuments(environment: Environment): readonly TrustedDocument[] | undefined {
  const path = environment.text(setting);
  if (path === undefined) return undefined;
  const documents = documentsIn(contentOf(path));
  if (documents === undefined) {
    environment.complain(`${setting} does not name a manifest: Apollo's, or JSON that maps each id to its text.`);
  }
  return documents;
}

function contentOf(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

function documentsIn(content: unknown): TrustedDocument[] | undefined {
  const manifest = asObject(content);
  if (manifest === undefined) return undefined;
  if (manifest.format === undefined) return allOf(Object.entries(manifest).map(([id, text]) => toDocument(id, text)));
  const { format, version, operations } = manifest;
  if (format !== "apollo-persisted-query-manifest" || version !== 1) return undefined;
  return allOf(asList(operations).map((operation) => toDocument(asObject(operation)?.id, asObject(operation)?.body)));
}

function toDocument(id: unknown, text: unknown): TrustedDocument | undefined {
  return typeof id === "string" && typeof text === "string" ? { id, text } : undefined;
}

function allOf(documents: readonly (TrustedDocument | undefined)[]): TrustedDocument[] | undefined {
  const there = documents.filter((document) => document !== undefined);
  return there.length === documents.length && there.length > 0 ? there : undefined;
}
