import type { CalendarDate } from "../../domain";
import type { Loader, Loaders } from "../../reading";
import type { GraphContext } from "../context";

/**
 * Repeats a read. True if the result is the identical object. What was read is held weakly: an answer that may be given
 * again keeps no taxpayer in memory, and an object that is gone has changed.
 */
type Retrace = (loaders: Loaders) => Promise<boolean>;

/** Everything that an answer depends on besides the operation and the caller. */
export interface Footprint {
  readonly today: CalendarDate;
  readonly loaded: readonly Retrace[];
  readonly gathered: readonly Retrace[];
}

interface Watch {
  /** The context to run the operation with. */
  readonly context: GraphContext;
  /** Undefined if the operation has read anything that may differ next time. */
  footprint(): Footprint | undefined;
}

/** Properties that are equal for the same caller and operation; the day is compared. Promises read "then" of any object. */
const neutral: ReadonlySet<PropertyKey> = new Set<keyof GraphContext | "then">([
  "access",
  "cost",
  "strictHolder",
  "then",
  "today",
]);

/**
 * Records what an operation reads through its context. An operation that reads anything else, such as the clock or a
 * document link, has an answer that cannot be reused.
 */
export function watch(context: GraphContext): Watch {
  const loaded: Retrace[] = [];
  const gathered: Retrace[] = [];
  let isWhole = true;
  const { taxpayerByPan, taxpayersByPan, taxpayerById, documents: gathering } = context.loaders;
  const loaders: Loaders = {
    taxpayerByPan: watched(taxpayerByPan, (again) => again.taxpayerByPan, loaded),
    taxpayersByPan: {
      async load(pans) {
        const taxpayers = await taxpayersByPan.load(pans);
        const known = taxpayers.map(weakly);
        loaded.push(async (again) => {
          const taxpayersAgain = await again.taxpayersByPan.load(pans);
          return known.every((isSame, at) => isSame(taxpayersAgain[at]));
        });
        return taxpayers;
      },
    },
    taxpayerById: watched(taxpayerById, (again) => again.taxpayerById, loaded),
    documents: {
      async load(requests) {
        const documentsOf = await gathering.load(requests);
        const known = requests.map((request) => ({
          ...{ wanted: request.wanted, fields: request.fields, taxpayer: new WeakRef(request.taxpayer) },
          isSame: weakly(documentsOf(request)),
        }));
        gathered.push(async (again) => {
          const requestsAgain = known.flatMap(({ wanted, fields, taxpayer: known }) => {
            const taxpayer = known.deref();
            return taxpayer ? { taxpayer, wanted, fields } : [];
          });
          if (requestsAgain.length < known.length) return false;
          const documentsAgain = await again.documents.load(requestsAgain);
          return requestsAgain.every((request, at) => known[at]?.isSame(documentsAgain(request)));
        });
        return documentsOf;
      },
    },
  };
  return {
    context: new Proxy(context, {
      get(plain, name) {
        if (name === "loaders") return loaders;
        if (!neutral.has(name)) isWhole = false;
        return Reflect.get(plain, name) as unknown;
      },
    }),
    footprint: () => (isWhole ? { today: context.today(), loaded, gathered } : undefined),
  };
}

function watched<Name, Value>(
  loader: Loader<Name, Value>,
  ofOthers: (loaders: Loaders) => Loader<Name, Value>,
  steps: Retrace[],
): Loader<Name, Value> {
  return {
    async load(name) {
      const value = await loader.load(name);
      const isSame = weakly(value);
      steps.push(async (again) => isSame(await ofOthers(again).load(name)));
      return value;
    },
    clearAll: () => loader.clearAll(),
  };
}

/** Whether another value is the identical one. */
function weakly(value: unknown): (other: unknown) => boolean {
  if (typeof value !== "object" || value === null) return (other) => other === value;
  const known = new WeakRef(value);
  return (other) => other !== undefined && other === known.deref();
}

/** Reads everything again: consent is judged and the read is audited as for any request. */
export async function isUnchanged(
  { today, loaded, gathered }: Footprint,
  { loaders, today: day }: GraphContext,
): Promise<boolean> {
  if (today !== day()) return false;
  const areSame = await Promise.all(loaded.map((retrace) => retrace(loaders)));
  if (areSame.includes(false)) return false;
  for (const retrace of gathered) if (!(await retrace(loaders))) return false;
  return true;
}
