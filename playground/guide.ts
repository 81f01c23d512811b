import type { Fetcher } from "@graphiql/toolkit";
import { getOperationAST, GraphQLError, OperationTypeNode } from "graphql";
import { fillIn, hasWords } from "./fillIn";
import type { Phone } from "./phone";

/** What an answer to openSession may tell: whoever edits the tab may have asked for less. */
interface OpenedSession {
  readonly id?: string;
  readonly openedAt?: string;
  readonly consent?: { readonly id?: string };
}

const dayMs = 24 * 60 * 60_000;

const openFirst = "Nothing was sent. Run OpenSession first: this page has not opened a session yet.";
const waitForPhone = "Nothing was sent. The fake phone has no one-time password yet: OpenSession makes it ring.";

/** Lets each tab use what those before it have brought. It is remembered for as long as the page lives. */
export function guide(fetcher: Fetcher, phone: Phone): Fetcher {
  let opened: OpenedSession = {};

  async function valueByWord(): Promise<ReadonlyMap<unknown, string | undefined>> {
    const { now, messages } = await phone.look();
    const { id, openedAt, consent } = opened;
    // An older message belongs to an older session, and would cost one of this session's attempts.
    const message = messages.find(({ sentAt }) => sentAt >= (openedAt ?? ""));
    return new Map([
      ["$session", id],
      ["$consent", consent?.id],
      ["$otp", message?.otp],
      ["$now", now],
      ["$in30Days", new Date(Date.parse(now) + 30 * dayMs).toISOString()],
      ["$newKey", newKey()],
    ]);
  }

  return async (params, options) => {
    let { variables } = params as { variables?: unknown };
    if (hasWords(variables)) {
      const filled = fillIn(variables, await valueByWord());
      const [missing] = filled.missing;
      if (missing !== undefined) return { errors: [new GraphQLError(missing === "$otp" ? waitForPhone : openFirst)] };
      ({ variables } = filled);
    }
    const answer = await fetcher({ ...params, variables }, options);
    const operation = options?.documentAST && getOperationAST(options.documentAST, params.operationName);
    if (operation?.operation === OperationTypeNode.MUTATION) {
      opened = sessionOpenedBy(answer) ?? opened;
      phone.look().catch(() => undefined);
    }
    return answer;
  };
}

function sessionOpenedBy(answer: unknown): OpenedSession | undefined {
  type Opening = { data?: { openSession?: { session?: OpenedSession | null } | null } | null } | undefined;
  return (answer as Opening)?.data?.openSession?.session ?? undefined;
}

/** Not crypto.randomUUID, which pages that come by plain http from another machine do not have. */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join("-");
}
