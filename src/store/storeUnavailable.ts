/** The store cannot be opened, in words for the operator who has to mend it. Holds no secret and no personal data. */
export class StoreUnavailable extends Error {
  override readonly name = "StoreUnavailable";
}
