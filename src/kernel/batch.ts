/**
 * Does together what is asked for at the same time: while one run is under way, the next one gathers. Everybody gets the
 * outcome of the run that began after they had asked.
 */
export function together<Asked, Outcome>(run: (asked: readonly Asked[]) => Promise<Outcome>) {
  let gathered: Asked[] = [];
  let underWay: Promise<unknown> = Promise.resolve();
  let next: Promise<Outcome> | undefined;

  async function start(): Promise<Outcome> {
    await underWay.catch(() => undefined);
    const asked = gathered;
    gathered = [];
    next = undefined;
    const running = run(asked);
    underWay = running;
    return running;
  }

  return (...asked: readonly Asked[]): Promise<Outcome> => {
    gathered.push(...asked);
    next ??= start();
    return next;
  };
}
