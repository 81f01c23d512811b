import type { Announcements } from "../sessions/ports";
import type { Listener } from "./listener";

/** However many watch, there is one connection, and no timer. */
export function createAnnouncements(listener: Listener): Announcements {
  const watchersById = new Map<string, Set<() => void>>();
  listener.hear("aaygraph_sessions", {
    onHeard(id) {
      for (const onChange of watchersById.get(id) ?? []) onChange();
    },
    onMissed() {
      for (const watchers of watchersById.values()) for (const onChange of watchers) onChange();
    },
  });
  return {
    watch(sessionId, onChange) {
      const watchers = watchersById.get(sessionId) ?? new Set();
      // Each watch is its own, even where two hand in the same function.
      const watcher = () => {
        onChange();
      };
      watchersById.set(sessionId, watchers.add(watcher));
      return () => {
        watchers.delete(watcher);
        if (watchers.size === 0 && watchersById.get(sessionId) === watchers) watchersById.delete(sessionId);
      };
    },
  };
}
