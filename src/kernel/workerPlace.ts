import { AsyncLocalStorage } from "node:async_hooks";

/** One of a limited number of places for jobs. */
interface WorkerPlace {
  /** Another job may begin meanwhile. */
  leave(): void;
  /** The job goes on, even where all places are taken by now. */
  enter(): void;
}

const places = new AsyncLocalStorage<WorkerPlace>();

/** Does a job in a place. All that it awaits knows the place. */
export function inWorkerPlace<T>(place: WorkerPlace, job: () => Promise<T>): Promise<T> {
  return places.run(place, job);
}

/** Waits for something that takes no work. A job leaves its place meanwhile; callers without a place just wait. */
export async function outsideWorkerPlace<T>(wait: () => Promise<T>): Promise<T> {
  const place = places.getStore();
  place?.leave();
  try {
    return await wait();
  } finally {
    place?.enter();
  }
}
