import type { CalendarDate } from "../../domain";
import type { Loader, Loaders } from "../../reading";
import type { GraphContext } from "../context";

/** Repeats a read. True if the result is the identical object. */
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
        loaded.push(async (again) => {
          const taxpayersAgain = await again.taxpayersByPan.load(pans);
          return taxpayers.every((taxpayer, at) => taxpayer === taxpayersAgain[at]);
        });
        return taxpayers;
      },
    },
    taxpayerById: watched(taxpayerById, (again) => again.taxpayerById, loaded),
    documents: {
      async load(requests) {
        const documentsOf = await gathering.load(requests);
        gathered.push(async (again) => {
          const documentsAgain = await again.documents.load(requests);
          return requests.every((request) => documentsAgain(request) === documentsOf(request));
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
      steps.push(async (again) => (await ofOthers(again).load(name)) === value);
      return value;
    },
    clearAll: () => loader.clearAll(),
  };
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
