import { hash } from "node:crypto";
import type { DocumentLinkStore, LinkReader } from "../reading/ports";
import { subjectIdOf } from "../domain";
import { appendAuditRecords } from "./audit";
import type { Database, PreparedSql } from "./database";
import { type Keyring, placeOf, seal, unseal } from "./keys";

const wasDelivered: PreparedSql = {
  name: "document_was_delivered",
  text: "select from aaygraph.document_deliveries where tenant = $1 and link_digest = $2",
};

const insertDelivery: PreparedSql = {
  name: "insert_document_delivery",
  text: `insert into aaygraph.document_deliveries
      (tenant, link_digest, subject_id, provider, income_year, at)
    values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
};

const insertEnding: PreparedSql = {
  name: "insert_document_ending",
  text: `insert into aaygraph.document_endings (tenant, link_digest, outcome, sha256, byte_count, at)
    values ($1, $2, $3, $4, $5, $6)`,
};

/** A link is only its own sealed text, so making one writes nothing. A delivery uses the link up. */
export function createDocumentLinks(database: Database, keyring: Keyring): DocumentLinkStore {
  const { linkKey } = keyring;
  const linkPlaceOf = ({ tenant, caller }: LinkReader) => placeOf.documentLink(tenant, caller);
  return {
    seal: (reader, place) => seal(linkKey, Buffer.from(place), linkPlaceOf(reader)).toString("base64url"),

    open(reader, token) {
      const sealed = Buffer.from(token, "base64url");
      const place = unseal(linkKey, sealed, linkPlaceOf(reader));
      return place && { place: place.toString(), digest: hash("sha256", sealed, "buffer") };
    },

    async isUsed(tenant, digest) {
      return (await database.run(wasDelivered, [tenant, digest])).count > 0;
    },

    deliver: (tenant, digest, { taxpayerId, provider, incomeYear, atMs }, record) =>
      database.transaction(async (queries) => {
        const values = [
          ...[tenant, digest, taxpayerId === undefined ? null : subjectIdOf(taxpayerId)],
          ...[provider, incomeYear ?? null, new Date(atMs)],
        ];
        const isFirst = (await queries.run(insertDelivery, values)).count > 0;
        if (isFirst) await appendAuditRecords(queries, keyring, tenant, [record]);
        return isFirst;
      }),

    async end(tenant, digest, { atMs, ...ending }) {
      const sha256 = ending.outcome === "WHOLE" ? ending.sha256 : null;
      const values = [tenant, digest, ending.outcome, sha256, ending.byteCount, new Date(atMs)];
      await database.run(insertEnding, values);
    },
  };
}
