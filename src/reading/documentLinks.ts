import { createHash } from "node:crypto";
import {
  type ProviderId,
  type AuditRecord,
  fileNameOf,
  nameOfReturn,
  type FiledDocument,
  type VerificationForm,
  type IncomeYear,
} from "../domain";
import { type Clock, type Events, Fault } from "../kernel";
import type { ConnectedProvider } from "../providers";
import type { Append, DocumentLinkStore, Ending, LinkReader, FileStore, KeptTaxpayer, TaxpayerStore } from "./ports";
import { heldAnswersTo, permissionFor } from "./answerFromStore";
import { periodOf } from "./storedAnswer";
import type { Question } from "./question";

interface WithHead {
  readonly head: Buffer;
  readonly all: AsyncIterable<Buffer>;
  /** For whoever does not read it. */
  readonly leave: () => Promise<unknown>;
}

/** The first bytes of a file, so many at least where there are so many, with all of it still to be read. */
export async function withHead(pieces: AsyncIterable<Buffer>, leastBytes: number): Promise<WithHead> {
  const iterator = pieces[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < leastBytes) {
    const next = await iterator.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  async function* all(): AsyncGenerator<Buffer> {
    try {
      yield head;
      yield* { [Symbol.asyncIterator]: () => iterator };
    } finally {
      await iterator.return?.();
    }
  }
  return { head, all: all(), leave: async () => iterator.return?.() };
}

/** The same pieces. What they came to is told once, whichever way they end. */
export async function* watched(
  pieces: AsyncIterable<Buffer>,
  onEnd: (ending: Ending) => Promise<void>,
): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  let byteCount = 0;
  let isWhole = false;
  try {
    for await (const piece of pieces) {
      hash.update(piece);
      byteCount += piece.length;
      yield piece;
    }
    isWhole = true;
  } finally {
    await onEnd(isWhole ? { outcome: "WHOLE", sha256: hash.digest(), byteCount } : { outcome: "BROKEN", byteCount });
  }
}

/** Which file is meant: one of those that this provider told of a year. */
export interface FilePlace {
  readonly taxpayerId: string;
  readonly provider: ProviderId;
  readonly document: FiledDocument;
  readonly incomeYear: IncomeYear;
  readonly name: string;
}

/** Who follows a link, and in which request. */
interface Follower extends LinkReader {
  readonly requestId: string;
}

/** A file on its way. Whoever has it reads it to its end, or leaves it. */
interface HandedFile {
  readonly fileName: string;
  readonly contentType: string;
  readonly byteCount: number | undefined;
  readonly pieces: AsyncIterable<Buffer>;
}

export interface DocumentLinks {
  /** A path on this server, for this reader alone, once, for ten minutes. */
  hrefOf(reader: LinkReader, place: FilePlace): string;
  /** What the link stands for. Whatever is wrong with the link itself, it is as though there were none. */
  follow(follower: Follower, token: string, signal: AbortSignal): Promise<HandedFile>;
}

interface LinkTools {
  readonly store: DocumentLinkStore;
  readonly files: Pick<FileStore, "read">;
  readonly taxpayers: Pick<TaxpayerStore, "byId">;
  readonly connected: readonly ConnectedProvider[];
  readonly append: Append;
  readonly clock: Pick<Clock, "now">;
  readonly events: Events;
}

type Found = Omit<HandedFile, "fileName"> & { readonly leave: () => Promise<unknown> };

const lifeMs = 10 * 60_000;
const pdfMark = "%PDF-";
export const documentsPath = "/documents/";

/**
 * A link holds no address: it says which document is meant, and the document is read again when the link is used. So the
 * consent is judged at that moment, and what was revoked or erased meanwhile is no longer there.
 */
export function createDocumentLinks(tools: LinkTools): DocumentLinks {
  const { store, files, taxpayers, connected, append, clock, events } = tools;

  async function taxpayerAt(tenant: string, { taxpayerId }: FilePlace): Promise<KeptTaxpayer> {
    const taxpayer = (await taxpayers.byId(tenant, [taxpayerId])).get(taxpayerId);
    if (taxpayer === undefined) throw new Fault("NOT_FOUND");
    if (taxpayer === "ERASED") throw new Fault("ERASED");
    return taxpayer;
  }

  /** What is written down of the hand-over, if the consent lets it be read. */
  async function permit(
    { tenant, caller, requestId }: Follower,
    question: Question,
    provider: ProviderId,
  ): Promise<AuditRecord> {
    const { taxpayer, document, incomeYear } = question;
    const permission = permissionFor(question, clock.now());
    const audited: Omit<AuditRecord, "kind"> = {
      atMs: clock.now(),
      by: { subject: caller, requestId },
      taxpayerIds: [taxpayer.id],
      provider,
      documents: [document],
      incomeYears: incomeYear === undefined ? [] : [incomeYear],
    };
    if (permission.is === "REFUSED") {
      const { code } = permission.fault;
      await append(tenant, [{ ...audited, kind: "REFUSED", code }]);
      throw permission.fault;
    }
    if (permission.is === "NOT_ASKED_FOR") throw new Fault("NOT_FOUND");
    const { consent } = permission;
    const under = consent && { consentIds: [consent.id], purposes: [consent.purpose] };
    return { ...audited, ...under, kind: "DOCUMENT_HANDED_OUT" };
  }

  async function openForm(question: Question, { provider, name }: FilePlace, signal: AbortSignal): Promise<Found> {
    const forms = heldAnswersTo(question, provider, clock.now()).flatMap((telling) =>
      telling.outcome === "FOUND" ? (telling.value as readonly VerificationForm[]) : [],
    );
    const location = forms.find((form) => nameOfReturn(form) === name)?.location;
    if (location === undefined) throw new Fault("NOT_FOUND");
    const openFile = connected.find((each) => each.provider.id === provider)?.openFile;
    if (openFile === undefined) throw new Fault("PROVIDER_NOT_CONFIGURED", { provider });
    const { byteCount, pieces } = await openFile(location, signal);
    const { head, all, leave } = await withHead(pieces, pdfMark.length);
    if (head.subarray(0, pdfMark.length).toString("latin1") === pdfMark) {
      return { contentType: "application/pdf", byteCount, pieces: all, leave };
    }
    // Whatever the vendor calls it, and whatever page it may answer with instead.
    await leave();
    throw new Fault("PROVIDER_BAD_RESPONSE", { provider, note: "a file that is no PDF" });
  }

  async function openKept(tenant: string, { taxpayerId, incomeYear, ...place }: FilePlace): Promise<Found> {
    const bytes = await files.read(tenant, taxpayerId, { ...place, period: periodOf(incomeYear) }, clock.now());
    if (bytes === undefined) throw new Fault("NOT_FOUND");
    const { all, leave } = await withHead(onePiece(bytes), 0);
    return { contentType: "application/json", byteCount: bytes.length, pieces: all, leave };
  }

  return {
    hrefOf(reader, { taxpayerId, provider, document, incomeYear, name }) {
      const place: SealedPlace = [taxpayerId, provider, document, incomeYear, name, clock.now() + lifeMs];
      return documentsPath + store.seal(reader, JSON.stringify(place));
    },

    async follow(follower, token, signal) {
      const { tenant } = follower;
      const opened = store.open(follower, token);
      if (opened === undefined) throw new Fault("NOT_FOUND");
      const { digest } = opened;
      const [taxpayerId, provider, document, incomeYear, name, expiresAtMs] = JSON.parse(opened.place) as SealedPlace;
      if (expiresAtMs <= clock.now() || (await store.isUsed(tenant, digest))) throw new Fault("NOT_FOUND");
      const place: FilePlace = { taxpayerId, provider, document, incomeYear, name };
      const question = { taxpayer: await taxpayerAt(tenant, place), document, incomeYear };
      const handedOut = await permit(follower, question, provider);
      const file = await (document === "VERIFICATION_FORM"
        ? openForm(question, place, signal)
        : openKept(tenant, place));
      // From here on the link is used up, whatever becomes of the file on its way.
      if (!(await store.deliver(tenant, digest, { taxpayerId, provider, incomeYear, atMs: clock.now() }))) {
        await file.leave();
        throw new Fault("NOT_FOUND");
      }
      await append(tenant, [handedOut]);
      const pieces = watched(file.pieces, async (ending) => {
        await store.end(tenant, digest, { ...ending, atMs: clock.now() }).catch((error: unknown) => {
          events.emit("background failed", { what: "writing down what became of a file", error });
        });
      });
      return { fileName: fileNameOf(document, incomeYear), ...file, pieces };
    },
  };
}

async function* onePiece(bytes: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(bytes);
}

type SealedPlace = readonly [
  taxpayerId: string,
  provider: ProviderId,
  document: FiledDocument,
  incomeYear: IncomeYear,
  name: string,
  expiresAtMs: number,
];
