/**
 * Batches calls by key: while a run of a key is in progress, later calls of that key are collected for its next. A caller
 * gets the outcome of a run that began after the call. No key waits for another, and a key is dropped when it is idle.
 */
export function batchByKey<Item, Outcome>(run: (key: string, items: readonly Item[]) => Promise<Outcome>) {
  const queueByKey = new Map<string, Queue<Item, Outcome>>();

  return async (key: string, items: readonly Item[]): Promise<Outcome> => {
    const queue = queueByKey.get(key) ?? { add: batch<Item, Outcome>((collected) => run(key, collected)), callers: 0 };
    queueByKey.set(key, queue);
    queue.callers += 1;
    try {
      return await queue.add(items);
    } finally {
      queue.callers -= 1;
      if (queue.callers === 0) queueByKey.delete(key);
    }
  };
}

interface Queue<Item, Outcome> {
  readonly add: (items: readonly Item[]) => Promise<Outcome>;
  /** Those who wait for a run. */
  callers: number;
}

function batch<Item, Outcome>(run: (items: readonly Item[]) => Promise<Outcome>) {
  let collected: Item[] = [];
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<Outcome> | undefined;

  async function start(): Promise<Outcome> {
    await running.catch(() => undefined);
    const items = collected;
    collected = [];
    next = undefined;
    const outcome = run(items);
    running = outcome;
    return outcome;
  }

  return (items: readonly Item[]): Promise<Outcome> => {
    collected.push(...items);
    next ??= start();
    return next;
  };
}
