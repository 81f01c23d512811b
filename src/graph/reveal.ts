import { requireScope } from "./access";
import type { GraphContext } from "./context";

/** Lets whole what is otherwise masked, to whom it is allowed, and leaves a trace of it: of the field, never of the value. */
export function reveal<Text extends string | undefined>(
  text: Text,
  field: string,
  { access, events, requestId }: Pick<GraphContext, "access" | "events" | "requestId">,
): Text {
  requireScope(access, "pii:reveal");
  if (text !== undefined) {
    events.emit("pii revealed", { requestId, tenant: access.tenant, caller: access.subject, field });
  }
  return text;
}
