import type { DocumentNode } from "graphql";

/** What Apollo asks of a cache of parsed documents. */
interface DocumentStore {
  get(key: string): Promise<DocumentNode | undefined>;
  set(key: string, document: DocumentNode): Promise<void>;
  delete(key: string): Promise<boolean>;
}

const most = 1_000;

/** Keeps the latest documents, but for those that may not be kept. */
export function createDocumentStore(mayBeKept: (document: DocumentNode) => boolean): DocumentStore {
  const documentByKey = new Map<string, DocumentNode>();
  return {
    get: (key) => Promise.resolve(documentByKey.get(key)),
    set(key, document) {
      if (mayBeKept(document)) documentByKey.set(key, document);
      const [oldest] = documentByKey.keys();
      if (documentByKey.size > most && oldest !== undefined) documentByKey.delete(oldest);
      return Promise.resolve();
    },
    delete: (key) => Promise.resolve(documentByKey.delete(key)),
  };
}
