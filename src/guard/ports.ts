/** What all processes together have claimed of a tenant's requests. The guard owns this port; the store implements it. */
export interface RateWindowStore {
  /** Adds a claim to those made before in this window, and answers with their sum. */
  claim(tenant: string, windowStartMs: number, count: number): Promise<number>;
}
