import type { ProviderId } from "../domain/answer";
import type { Consent } from "../domain/consent";
import type { Clock } from "../kernel/clock";
import type { Reading } from "../providers/provider";
import type { FileStore, KeptFile } from "./fileStore";
import { toKeptUnder } from "./keptAnswer";
import type { KeptAnswer, TaxpayerStore } from "./taxpayerStore";

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
