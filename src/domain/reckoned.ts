/** What a reckoning gives, or the other value where its amounts are so absurd that Rupees cannot hold their sum. */
export function reckoned<T>(reckon: () => T, beyondRupees: T): T {
  try {
    return reckon();
  } catch (thrown) {
    if (thrown instanceof RangeError) return beyondRupees;
    throw thrown;
  }
}
