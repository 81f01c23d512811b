/**
 * Batches calls: while one run is in progress, later calls are collected for the next. A caller gets the outcome of a run that
 * began after the call.
 */
export function batch<Item, Outcome>(run: (items: readonly Item[]) => Promise<Outcome>) {
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

  return (...items: readonly Item[]): Promise<Outcome> => {
    collected.push(...items);
    next ??= start();
    return next;
  };
}
