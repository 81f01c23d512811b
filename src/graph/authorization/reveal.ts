import { allows, requireScope } from "../access";
import type { GraphContext } from "../context";

/** Where it stands in the schema, and whose it is. */
interface Place {
  readonly field: string;
  readonly taxpayerId: string;
}

/**
 * Lets whole what is otherwise masked, to whom it is allowed, once it is on record: the field, and never the value. A
 * refusal is on record as well.
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
