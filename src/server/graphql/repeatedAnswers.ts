import { hash } from "node:crypto";
import { type Access, type GraphContext, isUnchanged, type Footprint, type Operation } from "../../graph";
import { type Clock, createLruCache, memoizeWeak } from "../../kernel";

const limits = { max: 5_000, maxSize: 16_000_000, ttlMs: 60_000 };
const askedLimits = { max: 20_000, maxSize: 20_000, ttlMs: 60_000 };

/** An earlier answer, as the JSON text that was sent. */
interface Answered {
  readonly data: string;
  readonly footprint: Footprint;
}

interface Looked {
  /** The data as JSON, where it may be given again. */
  readonly data?: string;
  /** Keeps the answer. Undefined for a question that is asked for the first time: most come once, and fill no memory. */
  readonly keep?: (answered: Answered) => void;
}

/**
 * Caches the text of answers. Before one is reused, everything it depends on is read again, so that consent is judged and
 * the read is audited. It is reused only if every object read is identical.
 */
interface RepeatedAnswers {
  look(operation: Operation, context: GraphContext): Promise<Looked>;
}

export function createRepeatedAnswers(clock: Clock): RepeatedAnswers {
  const cache = createLruCache<Answered>({ ...limits, sizeOf: ({ data }) => data.length }, clock);
  const asked = createLruCache<string>({ ...askedLimits, sizeOf: () => 1 }, clock);
  const numberOf = numbered();

  function keyOf({ document, operationName, variables }: Operation, access: Access): string {
    const key = JSON.stringify([numberOf(document), operationName, variables, access.tenant, scopesOf(access)]);
    return hash("sha256", key, "base64url");
  }

  return {
    async look(operation, context) {
      const key = keyOf(operation, context.access);
      if (!asked.has(key)) {
        asked.set(key, "asked");
        return {};
      }
      asked.get(key);
      const known = cache.get(key);
      if (known && (await isUnchanged(known.footprint, context))) return { data: known.data };
      cache.delete(key);
      return {
        keep: (answered) => {
          cache.set(key, answered);
        },
      };
    },
  };
}

const scopesOf = memoizeWeak(({ scopes }: Access) => [...scopes].sort());

function numbered(): (thing: object) => number {
  let last = 0;
  return memoizeWeak(() => (last += 1));
}
