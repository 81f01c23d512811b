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
import type { KeptAnswer, FileStore, KeptFile, TaxpayerStore } from "./ports";

/** The shape in which answers are kept. Only what a provider really said is kept: failures are forgotten. */
type KeptBody<T> =
  | {
      readonly outcome: "FOUND";
      readonly value: T;
      readonly provenance: Provenance;
      readonly files?: readonly string[];
      /** Which reader has read it; left out by releases that did not count them. */
      readonly reader?: number;
    }
  | { readonly outcome: "ABSENT"; readonly provenance: Provenance; readonly faultCode?: FaultCode };

/** Counts what is read out of providers' answers. Raise it when a reader learns to read more, or reads otherwise. */
const currentReader = 2;

const dayMs = 86_400_000;
/** Nothing on record today may be something tomorrow, so that is believed for a shorter time. */
const absentTimeToLiveMs = 3_600_000;

/** The answer of a provider that can be asked again at any time: it is kept as long as it is worth keeping. */
export function toKept(
  document: KeptAnswer["document"],
  { id, timeToLiveMs }: Provider,
  answer: Found<unknown> | Absent,
  nowMs: number,
): KeptAnswer {
  const lifeMs = answer.outcome === "FOUND" ? timeToLiveMs : Math.min(timeToLiveMs, absentTimeToLiveMs);
  return {
    document,
    provider: id,
    period: periodOf(undefined),
    body: bodyOf(answer),
    fetchedAtMs: nowMs,
    expiresAtMs: nowMs + lifeMs,
    consentId: undefined,
  };
}

/** What a login has brought is kept as long as the taxpayer has allowed: asking again would take another login. */
function toKeptUnder(
  consent: Consent,
  session: { readonly id: string; readonly provider: string },
  { document, incomeYear, answer, files = [] }: Reading,
  nowMs: number,
): KeptAnswer | undefined {
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
  };
}

/** Under which name answers about this year are kept. */
export function periodOf(incomeYear: IncomeYear | undefined): string {
  return incomeYear === undefined ? "" : incomeYearLabel(incomeYear);
}

export function fromKept<T>(kept: KeptAnswer): Answer<T> {
  const body = kept.body as KeptBody<T>;
  if (body.outcome === "FOUND") {
    const { value, files, reader } = body;
    const provenance =
      reader === currentReader ? body.provenance : { ...body.provenance, isOfOlderReader: true as const };
    return files === undefined ? found(value, provenance) : { ...found(value, provenance), files };
  }
  return absent(body.provenance, body.faultCode && new Fault(body.faultCode, { provider: kept.provider }));
}

function bodyOf(answer: Found<unknown> | Absent): KeptBody<unknown> {
  const { provenance } = answer;
  if (answer.outcome === "FOUND") return { outcome: "FOUND", value: answer.value, provenance, reader: currentReader };
  return { outcome: "ABSENT", provenance, ...(answer.fault && { faultCode: answer.fault.code }) };
}

interface LoginOf {
  readonly id: string;
  readonly tenant: string;
  readonly taxpayerId: string;
  readonly provider: ProviderId;
}

/** Keeps what a session has brought where questions will look for it: the files first, which the answers then tell of. */
export function createKeepReadings(store: TaxpayerStore, files: Pick<FileStore, "keep">, clock: Clock) {
  return async (session: LoginOf, consent: Consent, readings: readonly Reading[]): Promise<void> => {
    const nowMs = clock.now();
    const kept = readings.flatMap((reading) => {
      const answer = toKeptUnder(consent, session, reading, nowMs);
      return answer ? [{ answer, files: filesOf(reading, answer, consent) }] : [];
    });
    await files.keep(
      session.tenant,
      session.taxpayerId,
      kept.flatMap((each) => each.files),
    );
    await store.keep(
      session.tenant,
      session.taxpayerId,
      kept.map(({ answer }) => answer),
    );
  };
}

function filesOf({ files = [] }: Reading, answer: KeptAnswer, { id: consentId }: Consent): readonly KeptFile[] {
  const { document, provider, period, expiresAtMs } = answer;
  return files.map(({ name, json }) => {
    const bytes = Buffer.from(JSON.stringify(json, undefined, 2));
    return { document, provider, period, name, bytes, expiresAtMs, consentId };
  });
}
