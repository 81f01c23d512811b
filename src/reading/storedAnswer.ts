import {
  absent,
  found,
  type Absent,
  type Answer,
  type Found,
  type Provenance,
  type ProviderId,
  type Consent,
  incomeYearLabel,
  type IncomeYear,
} from "../domain";
import { Fault, type FaultCode, type Clock } from "../kernel";
import type { Reading, Provider } from "../providers";
import type { StoredAnswer, FileStore, StoredFile, TaxpayerStore } from "./ports";

/** The JSON of a stored answer. Failures are not stored. */
type StoredBody<T> =
  | {
      readonly outcome: "FOUND";
      readonly value: T;
      readonly provenance: Provenance;
      readonly files?: readonly string[];
      /** The version of the reader. Releases before versions left it out. */
      readonly reader?: number;
    }
  | { readonly outcome: "ABSENT"; readonly provenance: Provenance; readonly faultCode?: FaultCode };

/** The version of the readers of provider answers. Raise it when a reader reads more, or reads differently. */
const currentReader = 2;

const dayMs = 86_400_000;
/** "Nothing on record" may change tomorrow, so that it lives shorter. */
const absentTimeToLiveMs = 3_600_000;

/** An answer by PAN alone: the provider can be asked again at any time, so that its own time to live counts. */
export function toStored(
  document: StoredAnswer["document"],
  { id, timeToLiveMs }: Provider,
  answer: Found<unknown> | Absent,
  nowMs: number,
): StoredAnswer {
  const lifeMs = answer.outcome === "FOUND" ? timeToLiveMs : Math.min(timeToLiveMs, absentTimeToLiveMs);
  return {
    document,
    provider: id,
    period: periodOf(undefined),
    body: bodyOf(answer),
    fetchedAtMs: nowMs,
    expiresAtMs: nowMs + lifeMs,
    consentId: undefined,
    purpose: undefined,
  };
}

/** An answer from a session lives as long as its consent allows: to ask again takes another login. */
function toStoredUnder(
  consent: Consent,
  session: { readonly id: string; readonly provider: string },
  { document, incomeYear, answer, files = [] }: Reading,
  nowMs: number,
): StoredAnswer | undefined {
  if (answer.outcome !== "FOUND" && answer.outcome !== "ABSENT") return undefined;
  const provenance = { ...answer.provenance, session: session.id };
  return {
    document,
    provider: session.provider,
    period: periodOf(incomeYear),
    body: { ...bodyOf({ ...answer, provenance }), ...(files.length > 0 && { files: files.map(({ name }) => name) }) },
    fetchedAtMs: nowMs,
    expiresAtMs: nowMs + consent.dataLifeDays * dayMs,
    consentId: consent.id,
    purpose: consent.purpose,
  };
}

/** The name under which the answers of a year are stored. */
export function periodOf(incomeYear: IncomeYear | undefined): string {
  return incomeYear === undefined ? "" : incomeYearLabel(incomeYear);
}

export function fromStored<T>(stored: StoredAnswer): Answer<T> {
  const body = stored.body as StoredBody<T>;
  if (body.outcome === "FOUND") {
    const { value, files, reader } = body;
    const provenance =
      reader === currentReader ? body.provenance : { ...body.provenance, isOfOlderReader: true as const };
    return files === undefined ? found(value, provenance) : { ...found(value, provenance), files };
  }
  return absent(body.provenance, body.faultCode && new Fault(body.faultCode, { provider: stored.provider }));
}

function bodyOf(answer: Found<unknown> | Absent): StoredBody<unknown> {
  const { provenance } = answer;
  if (answer.outcome === "FOUND") return { outcome: "FOUND", value: answer.value, provenance, reader: currentReader };
  return { outcome: "ABSENT", provenance, ...(answer.fault && { faultCode: answer.fault.code }) };
}

interface SessionOf {
  readonly id: string;
  readonly tenant: string;
  readonly taxpayerId: string;
  readonly provider: ProviderId;
}

/** Stores what a session has read. Files go first, because the answers name them. */
export function createKeepReadings(store: TaxpayerStore, files: Pick<FileStore, "keep">, clock: Clock) {
  return async (session: SessionOf, consent: Consent, readings: readonly Reading[]): Promise<void> => {
    const nowMs = clock.now();
    const stored = readings.flatMap((reading) => {
      const answer = toStoredUnder(consent, session, reading, nowMs);
      return answer ? [{ answer, files: filesOf(reading, answer, consent) }] : [];
    });
    await files.keep(
      session.tenant,
      session.taxpayerId,
      stored.flatMap((each) => each.files),
    );
    await store.keep(
      session.tenant,
      session.taxpayerId,
      stored.map(({ answer }) => answer),
      session.id,
    );
  };
}

function filesOf({ files = [] }: Reading, answer: StoredAnswer, { id: consentId }: Consent): readonly StoredFile[] {
  const { document, provider, period, purpose, expiresAtMs } = answer;
  return files.map((file) => {
    const { name } = file;
    const bytes = "bytes" in file ? Buffer.from(file.bytes) : Buffer.from(JSON.stringify(file.json, undefined, 2));
    return { document, provider, period, purpose, name, bytes, expiresAtMs, consentId };
  });
}
