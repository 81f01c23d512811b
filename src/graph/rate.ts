/** How much of a tenant's requests is left. */
export interface Rate {
  readonly limit: number;
  readonly remaining: number;
  readonly resetsAtMs: number;
  readonly secondsLeft: number;
}
