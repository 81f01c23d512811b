import { hash } from "node:crypto";
import type { DocumentLinkStore, LinkReader } from "../sources/documentLinkStore";
import type { Database, PreparedSql } from "./database";
import type { Keyring } from "./keyring";
import { documentLinkPlace } from "./places";
import { seal, unseal } from "./sealed";
import { subjectIdOf } from "./taxpayerId";

const wasDelivered: PreparedSql = {
  name: "document_was_delivered",
  text: "select from aaygraph.document_deliveries where tenant = $1 and link_digest = $2",
};

const insertDelivery: PreparedSql = {
  name: "insert_document_delivery",
  text: `insert into aaygraph.document_deliveries
      (tenant, link_digest, subject_id, provider, income_year, sha256, byte_count, at)
    values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
};

/** A link is nothing but its own sealed text, so that making one writes nothing; what was handed out uses it up. */
export function createDocumentLinks(database: Database, { linkKey }: Keyring): DocumentLinkStore {
  const placeOf = ({ tenant, caller }: LinkReader) => documentLinkPlace(tenant, caller);
  return {
    seal: (reader, place) => seal(linkKey, Buffer.from(place), placeOf(reader)).toString("base64url"),

    open(reader, token) {
      const sealed = Buffer.from(token, "base64url");
      const place = unseal(linkKey, sealed, placeOf(reader));
      return place && { place: place.toString(), digest: hash("sha256", sealed, "buffer") };
    },

    async isUsed(tenant, digest) {
      return (await database.run(wasDelivered, [tenant, digest])).count > 0;
    },

    async deliver(tenant, digest, { taxpayerId, provider, incomeYear, sha256, byteCount, atMs }) {
      const subjectId = subjectIdOf(taxpayerId);
      const values = [tenant, digest, subjectId, provider, incomeYear, sha256, byteCount, new Date(atMs)];
      return (await database.run(insertDelivery, values)).count > 0;
    },
  };
}
