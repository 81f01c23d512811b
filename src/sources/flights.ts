/** One of those who ask the same: since when, and until when. */
export interface Boarder {
  readonly askedAtMs: number;
  readonly signal: AbortSignal;
}

/** Shares one call among all who ask the same at the same time. Upstream implements it. */
export interface Flights {
  /** Joins the call under way for this key, if there is one that this boarder may still share. */
  board<T>(key: string, boarder: Boarder): Promise<T> | undefined;
  depart<T>(key: string, boarder: Boarder, take: (signal: AbortSignal) => Promise<T>): Promise<T>;
}
