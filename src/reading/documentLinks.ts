import { createHash } from "node:crypto";
import {
  type AuditedCaller,
  type ProviderId,
  type AuditRecord,
  fileNameOf,
  nameOfReturn,
  type FiledDocument,
  type VerificationForm,
  type IncomeYear,
} from "../domain";
import { asFault, type Clock, type Events, Fault } from "../kernel";
import type { ConnectedProvider } from "../providers";
import type {
  AppendAudit,
  DocumentLinkStore,
  Ending,
  LinkReader,
  FileStore,
  StoredTaxpayer,
  TaxpayerStore,
} from "./ports";
import { receiptsOf } from "./audit";
import { judge, type ReadableAnswer } from "./answerFromStore";
import { periodOf } from "./storedAnswer";
import type { Question } from "./question";
import { readForReport, reportDocuments, type MakeReport, type ReportPlace } from "./reports";

interface WithHead {
  readonly head: Buffer;
  readonly all: AsyncIterable<Buffer>;
  /** Closes a file that is not read to its end. */
  readonly close: () => Promise<unknown>;
}

/** The first bytes of a file (at least so many, if it has them), with all of it still to be read. */
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
  return { head, all: all(), close: async () => iterator.return?.() };
}

/** The same pieces. `onEnd` is called once, however they end. */
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

/** Names one file: of one provider, document and year. */
export interface FilePlace {
  readonly taxpayerId: string;
  readonly provider: ProviderId;
  readonly document: FiledDocument;
  readonly incomeYear: IncomeYear;
  readonly name: string;
}

/** Names the file of one run. */
export interface RunFilePlace {
  readonly runId: string;
}

/** What a link leads to: something of one taxpayer, or the results of a run. */
export type LinkKind = "TAXPAYER" | "RUN";

/** The caller who follows a link, in one request. */
interface Follower extends LinkReader {
  readonly requestId: string;
  /** Throws FORBIDDEN where the caller has no right to what the link leads to. */
  readonly require: (kind: LinkKind) => void;
  /** The caller may see whole PANs. */
  readonly reveals: boolean;
}

/** A file on its way. Its receiver reads it to the end or returns from the iteration. */
interface HandedFile {
  readonly fileName: string;
  readonly contentType: string;
  readonly byteCount: number | undefined;
  readonly pieces: AsyncIterable<Buffer>;
}

/** Opens the file of a run. NOT_FOUND where this tenant has none. */
export type OpenRunFile = (
  reader: { readonly tenant: string; readonly by: AuditedCaller; readonly reveals: boolean },
  runId: string,
) => Promise<HandedFile>;

/** Links to documents: for one caller, once, for ten minutes. */
export interface DocumentLinks {
  /** A path on this server. */
  hrefOf(reader: LinkReader, place: FilePlace): string;
  /** The same for a report, which is made when the link is used. */
  hrefOfReport(reader: LinkReader, place: ReportPlace): string;
  /** The same for the results of a run. */
  hrefOfRun(reader: LinkReader, place: RunFilePlace): string;
  /** The file behind a link. Everything wrong with the link itself is NOT_FOUND. */
  follow(follower: Follower, token: string, signal: AbortSignal): Promise<HandedFile>;
}

interface LinkTools {
  readonly store: DocumentLinkStore;
  readonly files: Pick<FileStore, "read">;
  readonly taxpayers: Pick<TaxpayerStore, "byId">;
  readonly connected: readonly ConnectedProvider[];
  readonly append: AppendAudit;
  readonly makeReport: MakeReport;
  readonly openRunFile: OpenRunFile;
  readonly clock: Pick<Clock, "now">;
  readonly events: Events;
}

type OpenedFile = Omit<HandedFile, "fileName"> & Pick<WithHead, "close">;

const lifeMs = 10 * 60_000;
const pdfMark = "%PDF-";
export const documentsPath = "/documents/";

/**
 * A link holds no address. It names a document, which is read again when the link is used: consent is judged then, and
 * what was revoked or erased is gone.
 */
export function createDocumentLinks(tools: LinkTools): DocumentLinks {
  const { store, files, taxpayers, connected, append, makeReport, openRunFile, clock, events } = tools;

  async function taxpayerAt(tenant: string, { taxpayerId }: Pick<FilePlace, "taxpayerId">): Promise<StoredTaxpayer> {
    const taxpayer = (await taxpayers.byId(tenant, [taxpayerId])).get(taxpayerId);
    if (taxpayer === undefined) throw new Fault("NOT_FOUND");
    if (taxpayer === "ERASED") throw new Fault("ERASED");
    return taxpayer;
  }

  /** The answer that the file came with, if the consents let it be read. A refusal is recorded. */
  async function readableAnswer(
    { tenant }: Follower,
    question: Question,
    provider: ProviderId,
    audited: Omit<AuditRecord, "kind">,
  ): Promise<ReadableAnswer> {
    const judgement = judge(question, clock.now());
    if (judgement.kind === "REFUSED") {
      await append(tenant, [{ ...audited, kind: "REFUSED", code: judgement.fault.code }]);
      throw judgement.fault;
    }
    const readable = judgement.kind === "ALLOWED" ? judgement.readable : [];
    const found = readable.find(({ stored }) => stored.provider === provider);
    if (found === undefined) throw new Fault("NOT_FOUND");
    return found;
  }

  async function openForm({ answer }: ReadableAnswer, { provider, name }: FilePlace, signal: AbortSignal) {
    const forms = answer.outcome === "FOUND" ? (answer.value as readonly VerificationForm[]) : [];
    const location = forms.find((form) => nameOfReturn(form) === name)?.location;
    if (location === undefined) throw new Fault("NOT_FOUND");
    const openFile = connected.find((each) => each.provider.id === provider)?.openFile;
    if (openFile === undefined) throw new Fault("PROVIDER_NOT_CONFIGURED", { provider });
    const { byteCount, pieces } = await openFile(location, signal);
    const { head, all, close } = await withHead(pieces, pdfMark.length);
    if (head.subarray(0, pdfMark.length).toString("latin1") === pdfMark) {
      return { contentType: "application/pdf", byteCount, pieces: all, close };
    }
    // A vendor may answer with an error page under any content type.
    await close();
    throw new Fault("PROVIDER_BAD_RESPONSE", { provider, note: "a file that is no PDF" });
  }

  async function openStored(
    tenant: string,
    { stored: { consentId, purpose } }: ReadableAnswer,
    { taxpayerId, incomeYear, ...place }: FilePlace,
  ): Promise<OpenedFile> {
    if (consentId === undefined) throw new Fault("NOT_FOUND");
    const file = { ...place, period: periodOf(incomeYear), purpose, consentId };
    const bytes = await files.read(tenant, taxpayerId, file, clock.now());
    if (bytes === undefined) throw new Fault("NOT_FOUND");
    const { all, close } = await withHead(onePiece(bytes), 0);
    return { contentType: "application/json", byteCount: bytes.length, pieces: all, close };
  }

  /** The pieces, and the record of how their transfer ended. */
  function onItsWay(tenant: string, digest: Buffer, pieces: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
    return watched(pieces, async (ending) => {
      await store.end(tenant, digest, { ...ending, atMs: clock.now() }).catch((error: unknown) => {
        events.emit("background failed", { what: "recording how a file ended", error });
      });
    });
  }

  async function followReport(follower: Follower, digest: Buffer, place: ReportPlace): Promise<HandedFile> {
    const { tenant, caller, requestId } = follower;
    const { taxpayerId, incomeYears } = place;
    const taxpayer = await taxpayerAt(tenant, place);
    const atMs = clock.now();
    const audited = {
      atMs,
      by: { subject: caller, requestId },
      taxpayerIds: [taxpayerId],
      documents: reportDocuments,
      incomeYears,
      fields: ["Taxpayer.incomeReport"],
    };
    const { documents, consents } = await readAudited(tenant, audited, () => readForReport(taxpayer, place, atMs));
    const { bytes, contentType, fileName } = makeReport({ place, documents, atMs, auditReference: requestId });
    const [first] = documents.answered.flatMap(({ answers }) => answers);
    const provider = first === undefined ? "" : "provider" in first ? first.provider : first.provenance.provider;
    const [incomeYear] = incomeYears;
    if (incomeYear === undefined) throw new Fault("NOT_FOUND");
    const record: AuditRecord = {
      ...audited,
      kind: "DOCUMENT_HANDED_OUT",
      consentIds: consents.map(({ id }) => id),
      receipts: receiptsOf(consents),
      purposes: [...new Set(consents.map(({ purpose }) => purpose))],
    };
    const delivery = { taxpayerId, provider, incomeYear, atMs };
    if (!(await store.deliver(tenant, digest, delivery, record))) throw new Fault("NOT_FOUND");
    return { contentType, fileName, byteCount: bytes.length, pieces: onItsWay(tenant, digest, onePiece(bytes)) };
  }

  async function followRun(follower: Follower, digest: Buffer, { runId }: RunFilePlace): Promise<HandedFile> {
    const { tenant, caller, requestId, reveals } = follower;
    const by = { subject: caller, requestId };
    const file = await openRunFile({ tenant, by, reveals }, runId);
    const atMs = clock.now();
    const fields = ["ComplianceRun.file"];
    const record: AuditRecord = { kind: "DOCUMENT_HANDED_OUT", atMs, by, documents: ["COMPLIANCE"], fields };
    if (!(await store.deliver(tenant, digest, { provider: "", atMs }, record))) throw new Fault("NOT_FOUND");
    return { ...file, pieces: onItsWay(tenant, digest, file.pieces) };
  }

  /** A refusal is recorded. */
  async function readAudited<Read>(
    tenant: string,
    audited: Omit<AuditRecord, "kind">,
    read: () => Read,
  ): Promise<Read> {
    try {
      return read();
    } catch (thrown) {
      const { code } = asFault(thrown);
      if (code !== "NOT_FOUND") await append(tenant, [{ ...audited, kind: "REFUSED", code }]);
      throw thrown;
    }
  }

  return {
    hrefOfReport(reader, place) {
      const sealed: SealedReport = ["REPORT", place, clock.now() + lifeMs];
      return documentsPath + store.seal(reader, JSON.stringify(sealed));
    },

    hrefOfRun(reader, place) {
      const sealed: SealedRun = ["RUN", place, clock.now() + lifeMs];
      return documentsPath + store.seal(reader, JSON.stringify(sealed));
    },

    hrefOf(reader, { taxpayerId, provider, document, incomeYear, name }) {
      const place: SealedPlace = [taxpayerId, provider, document, incomeYear, name, clock.now() + lifeMs];
      return documentsPath + store.seal(reader, JSON.stringify(place));
    },

    async follow(follower, token, signal) {
      const { tenant } = follower;
      const opened = store.open(follower, token);
      if (opened === undefined) throw new Fault("NOT_FOUND");
      const { digest } = opened;
      const sealed = JSON.parse(opened.place) as SealedPlace | SealedReport | SealedRun;
      follower.require(sealed[0] === "RUN" ? "RUN" : "TAXPAYER");
      if (sealed[0] === "RUN") {
        const [, run, endsAtMs] = sealed as SealedRun;
        if (endsAtMs <= clock.now() || (await store.isUsed(tenant, digest))) throw new Fault("NOT_FOUND");
        return followRun(follower, digest, run);
      }
      if (sealed[0] === "REPORT") {
        const [, report, endsAtMs] = sealed as SealedReport;
        if (endsAtMs <= clock.now() || (await store.isUsed(tenant, digest))) throw new Fault("NOT_FOUND");
        return followReport(follower, digest, report);
      }
      const [taxpayerId, provider, document, incomeYear, name, expiresAtMs] = sealed as SealedPlace;
      if (expiresAtMs <= clock.now() || (await store.isUsed(tenant, digest))) throw new Fault("NOT_FOUND");
      const place: FilePlace = { taxpayerId, provider, document, incomeYear, name };
      const question = { taxpayer: await taxpayerAt(tenant, place), document, incomeYear };
      const audited = {
        atMs: clock.now(),
        by: { subject: follower.caller, requestId: follower.requestId },
        taxpayerIds: [taxpayerId],
        provider,
        documents: [document],
        incomeYears: [incomeYear],
      };
      const readable = await readableAnswer(follower, question, provider, audited);
      const { consent } = readable;
      const under = consent && {
        consentIds: [consent.id],
        receipts: receiptsOf([consent]),
        purposes: [consent.purpose],
      };
      const file = await (document === "VERIFICATION_FORM"
        ? openForm(readable, place, signal)
        : openStored(tenant, readable, place));
      const delivery = { taxpayerId, provider, incomeYear, atMs: clock.now() };
      const record: AuditRecord = { ...audited, ...under, kind: "DOCUMENT_HANDED_OUT" };
      try {
        // From here on the link is used up, even if the file breaks on its way.
        if (!(await store.deliver(tenant, digest, delivery, record))) throw new Fault("NOT_FOUND");
      } catch (error) {
        await file.close();
        throw error;
      }
      const pieces = onItsWay(tenant, digest, file.pieces);
      return { fileName: fileNameOf(document, incomeYear), ...file, pieces };
    },
  };
}

async function* onePiece(bytes: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(bytes);
}

type SealedRun = readonly [kind: "RUN", place: RunFilePlace, expiresAtMs: number];

type SealedReport = readonly [kind: "REPORT", place: ReportPlace, expiresAtMs: number];

type SealedPlace = readonly [
  taxpayerId: string,
  provider: ProviderId,
  document: FiledDocument,
  incomeYear: IncomeYear,
  name: string,
  expiresAtMs: number,
];
