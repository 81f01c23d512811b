import type { CalendarDate } from "../../domain";
import type { Loader, Loaders } from "../../reading";
import type { GraphContext } from "../context";

/** Reads once more what was read before, and tells whether it is the very same. */
type Retrace = (loaders: Loaders) => Promise<boolean>;

/** All that the answer to an operation was made of, apart from what was asked and by whom. */
export interface Footprint {
  readonly today: CalendarDate;
  readonly loaded: readonly Retrace[];
  readonly gathered: readonly Retrace[];
}

interface Watch {
  /** The context to run the operation with. */
  readonly context: GraphContext;
  /** Undefined where the operation has reached for anything that could be otherwise the next time. */
  footprint(): Footprint | undefined;
}

/** What is the same whenever the same caller asks the same; the day is compared. Promises look for "then" in everything. */
const neutral: ReadonlySet<PropertyKey> = new Set<keyof GraphContext | "then">([
  "access",
  "cost",
  "strictHolder",
  "then",
  "today",
]);

/**
 * Sees what an operation reads. Whatever it reaches for besides, such as the clock, or a link that is made for one caller
 * and one use, makes its answer one that cannot be given again.
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
      async load(wishes) {
        const gatheringOf = await gathering.load(wishes);
        gathered.push(async (again) => {
          const gatheringAgain = await again.documents.load(wishes);
          return wishes.every((wish) => gatheringAgain(wish) === gatheringOf(wish));
        });
        return gatheringOf;
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

/** Reads it all again, which is a use like any other. */
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
