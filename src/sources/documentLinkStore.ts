import type { ProviderId } from "../domain/answer";
import type { IncomeYear } from "../domain/taxPeriod";
import type { Ending } from "./pieces";

/** For whom a link is made: it opens for nobody else. */
export interface LinkReader {
  readonly tenant: string;
  readonly caller: string;
}

export interface OpenedLink {
  /** What was sealed. */
  readonly place: string;
  /** The same for each use of one link, however it is spelled. */
  readonly digest: Buffer;
}

/** What is handed out, and to whose account. */
export interface Delivery {
  readonly taxpayerId: string;
  readonly provider: ProviderId;
  readonly incomeYear: IncomeYear;
  readonly atMs: number;
}

/** Links to documents, and what was handed out through them. Sources own this port; the store implements it. */
export interface DocumentLinkStore {
  /** Text that tells nothing to whoever has it. Every process of the store can open it. */
  seal(reader: LinkReader, place: string): string;
  /** Undefined where it was made for somebody else, or not by us. */
  open(reader: LinkReader, token: string): OpenedLink | undefined;
  isUsed(tenant: string, digest: Buffer): Promise<boolean>;
  /** Writes down what is about to be handed out, for good. False where the link has been used: of two uses one wins. */
  deliver(tenant: string, digest: Buffer, delivery: Delivery): Promise<boolean>;
  /** Writes down what became of it, for good. */
  end(tenant: string, digest: Buffer, ending: Ending & { readonly atMs: number }): Promise<void>;
}
