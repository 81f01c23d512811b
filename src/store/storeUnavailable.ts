/** The store cannot be opened. The message tells the operator what to do, and holds no secret and no personal data. */
export class StoreUnavailable extends Error {
  override readonly name = "StoreUnavailable";
}
