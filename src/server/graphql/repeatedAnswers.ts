import { type Access, type GraphContext, isUnchanged, type Footprint, type Operation } from "../../graph";
import { type Clock, createLruCache, memoizeWeak } from "../../kernel";

const limits = { max: 5_000, maxSize: 16_000_000, ttlMs: 60_000 };

/** An earlier answer, as the JSON text that was sent. */
interface Answered {
  readonly data: string;
  readonly footprint: Footprint;
}

/**
 * Caches the text of answers. Before one is reused, everything it depends on is read again, so that consent is judged and
 * the read is audited. It is reused only if every object read is identical.
 */
interface RepeatedAnswers {
  /** The data as JSON. */
  find(operation: Operation, context: GraphContext): Promise<string | undefined>;
  keep(operation: Operation, access: Access, answered: Answered): void;
}

export function createRepeatedAnswers(clock: Clock): RepeatedAnswers {
  const cache = createLruCache<Answered>({ ...limits, sizeOf: ({ data }) => data.length }, clock);
  const numberOf = numbered();

  function keyOf({ document, operationName, variables }: Operation, access: Access): string {
    return JSON.stringify([numberOf(document), operationName, variables, access.tenant, scopesOf(access)]);
  }

  return {
    async find(operation, context) {
      const key = keyOf(operation, context.access);
      const known = cache.get(key);
      if (known === undefined) return undefined;
      if (await isUnchanged(known.footprint, context)) return known.data;
      cache.delete(key);
      return undefined;
    },
    keep(operation, access, answered) {
      cache.set(keyOf(operation, access), answered);
    },
  };
}

const scopesOf = memoizeWeak(({ scopes }: Access) => [...scopes].sort());

function numbered(): (thing: object) => number {
  let last = 0;
  return memoizeWeak(() => (last += 1));
}
