import { allows, requireScope } from "../access";
import type { GraphContext } from "../context";

/** The field in the schema, and the taxpayer. */
interface Place {
  readonly field: string;
  readonly taxpayerId: string;
}

/**
 * Returns an unmasked value to a caller with the scope, after the audit trail has recorded the field (never the value). A
 * refusal is recorded as well.
 */
export async function reveal<Text>(
  text: Text,
  { field, taxpayerId }: Place,
  { access, trail, events, requestId }: Pick<GraphContext, "access" | "trail" | "events" | "requestId">,
): Promise<Text> {
  const act = { taxpayerIds: [taxpayerId], fields: [`${field}(reveal)`] };
  if (!allows(access, "pii:reveal")) await trail.record({ ...act, kind: "REFUSED", code: "FORBIDDEN" });
  requireScope(access, "pii:reveal");
  if (text !== undefined) {
    await trail.record({ ...act, kind: "REVEALED" });
    events.emit("pii revealed", { requestId, tenant: access.tenant, caller: access.subject, field });
  }
  return text;
}
