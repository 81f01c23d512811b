const earnedPerCall = 1;
const costOfRepeat = 10;
const mostSaved = 100;

/** What one vendor's operations may spend on repeats: however much fails, they are at most one for each ten calls begun. */
export interface RetryBudget {
  earn(): void;
  spend(): boolean;
}

export function createRetryBudget(): RetryBudget {
  // The first call of all may be repeated, and then one in ten.
  let saved = costOfRepeat - earnedPerCall;
  return {
    earn() {
      saved = Math.min(mostSaved, saved + earnedPerCall);
    },
    spend() {
      if (saved < costOfRepeat) return false;
      saved -= costOfRepeat;
      return true;
    },
  };
}
