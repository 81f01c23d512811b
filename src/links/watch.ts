import type { Announcements } from "../sessions/ports";
import { isLinkOver, type Link } from "./link";
import type { LinkStore } from "./ports";

/** The link, then each change of any process in order. It completes when the link is over. */
export function watchLink(
  store: Pick<LinkStore, "history" | "byId">,
  announcements: Announcements,
  current: Link,
): AsyncIterableIterator<Link> {
  let change = Promise.withResolvers<undefined>();
  let hasLeft = false;
  const unwatch = announcements.watch(current.id, () => {
    change.resolve(undefined);
  });

  async function* states(): AsyncGenerator<Link> {
    try {
      let link = current;
      yield link;
      while (!isLinkOver(link) && !hasLeft) {
        // Armed before the read, so that a change meanwhile starts another round.
        change = Promise.withResolvers();
        const steps = await store.history(link.tenant, link.id, link.version);
        // The taxpayer may have become known with one of them.
        const now = steps.length > 0 ? (await store.byId(link.tenant, [link.id])).get(link.id) : undefined;
        for (const { version, progress, atMs } of steps) {
          const { state } = link.progress;
          link = { ...(now ?? link), version, progress, updatedAtMs: atMs };
          if (state !== progress.state || progress.problem) yield link;
        }
        if (steps.length === 0) await change.promise;
      }
    } finally {
      unwatch();
    }
  }

  const generator = states();
  return {
    next: () => generator.next(),
    // `return` of a generator that awaits a change takes effect only once that await ends.
    return() {
      hasLeft = true;
      unwatch();
      change.resolve(undefined);
      return generator.return(undefined);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
