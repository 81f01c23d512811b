import { hash } from "node:crypto";
import type { ProviderId } from "../domain/answer";
import { verificationFormFileName, type VerificationForm } from "../domain/verificationForm";
import type { IncomeYear } from "../domain/taxPeriod";
import type { Clock } from "../kernel/clock";
import { Fault } from "../kernel/fault";
import type { ConnectedProvider } from "../providers/connectedProvider";
import type { DocumentLinkStore, LinkReader } from "./documentLinkStore";
import { heldFor } from "./held";
import type { Append } from "./ledger";
import { permissionFor } from "./permission";
import type { KeptTaxpayer, TaxpayerStore } from "./taxpayerStore";

/** Which file is meant: one of the forms that this provider told of a year. */
export interface FilePlace {
  readonly taxpayerId: string;
  readonly provider: ProviderId;
  readonly incomeYear: IncomeYear;
  readonly form: string;
}

export interface HandedFile {
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

export interface DocumentLinks {
  /** A path on this server, for this reader alone, once, for ten minutes. */
  hrefOf(reader: LinkReader, place: FilePlace): string;
  /** What the link stands for. Whatever is wrong with the link itself, it is as though there were none. */
  follow(reader: LinkReader, token: string, signal: AbortSignal): Promise<HandedFile>;
}

interface LinkTools {
  readonly store: DocumentLinkStore;
  readonly taxpayers: Pick<TaxpayerStore, "byId">;
  readonly connected: readonly ConnectedProvider[];
  readonly append: Append;
  readonly clock: Pick<Clock, "now">;
}

const lifeMs = 10 * 60_000;
export const documentsPath = "/documents/";

/** A form without a number is known by its kind. */
export function formNameOf({ acknowledgementNumber, kind }: VerificationForm): string {
  return acknowledgementNumber ?? kind;
}

/**
 * A link holds no address: it says which document is meant, and the document is read again when the link is used. So the
 * consent is judged at that moment, and what was revoked or erased meanwhile is no longer there.
 */
export function createDocumentLinks({ store, taxpayers, connected, append, clock }: LinkTools): DocumentLinks {
  async function taxpayerAt(tenant: string, { taxpayerId }: FilePlace): Promise<KeptTaxpayer> {
    const taxpayer = (await taxpayers.byId(tenant, [taxpayerId])).get(taxpayerId);
    if (taxpayer === undefined) throw new Fault("NOT_FOUND");
    if (taxpayer === "ERASED") throw new Fault("ERASED");
    return taxpayer;
  }

  /** Where the file lies, if the consent still lets it be read. */
  async function locate(tenant: string, place: FilePlace) {
    const { incomeYear, provider } = place;
    const question = { taxpayer: await taxpayerAt(tenant, place), document: "VERIFICATION_FORM", incomeYear } as const;
    const permission = permissionFor(question, clock.now());
    if (permission.is === "REFUSED") {
      await append(tenant, [permission.record]);
      throw permission.fault;
    }
    const forms = heldFor(question, clock.now(), provider).flatMap((telling) =>
      telling.outcome === "FOUND" ? (telling.value as readonly VerificationForm[]) : [],
    );
    const location = forms.find((form) => formNameOf(form) === place.form)?.location;
    if (permission.is !== "GRANTED" || location === undefined) throw new Fault("NOT_FOUND");
    return { location, use: permission.record };
  }

  async function fetchForm(provider: ProviderId, location: string, signal: AbortSignal): Promise<Buffer> {
    const fetchFile = connected.find((each) => each.provider.id === provider)?.fetchFile;
    if (fetchFile === undefined) throw new Fault("PROVIDER_NOT_CONFIGURED", { provider });
    const { bytes } = await fetchFile(location, signal);
    // Whatever the vendor calls it, and whatever page it may answer with instead.
    if (!bytes.subarray(0, 5).equals(Buffer.from("%PDF-"))) {
      throw new Fault("PROVIDER_BAD_RESPONSE", { provider, note: "a file that is no PDF" });
    }
    return bytes;
  }

  return {
    hrefOf(reader, { taxpayerId, provider, incomeYear, form }) {
      const place: SealedPlace = [taxpayerId, provider, incomeYear, form, clock.now() + lifeMs];
      return documentsPath + store.seal(reader, JSON.stringify(place));
    },

    async follow(reader, token, signal) {
      const { tenant } = reader;
      const opened = store.open(reader, token);
      if (opened === undefined) throw new Fault("NOT_FOUND");
      const { digest } = opened;
      const [taxpayerId, provider, incomeYear, form, expiresAtMs] = JSON.parse(opened.place) as SealedPlace;
      if (expiresAtMs <= clock.now() || (await store.isUsed(tenant, digest))) throw new Fault("NOT_FOUND");
      const { location, use } = await locate(tenant, { taxpayerId, provider, incomeYear, form });
      const bytes = await fetchForm(provider, location, signal);
      const sha256 = hash("sha256", bytes, "buffer");
      const delivery = { taxpayerId, provider, incomeYear, sha256, byteCount: bytes.length, atMs: clock.now() };
      if (!(await store.deliver(tenant, digest, delivery))) throw new Fault("NOT_FOUND");
      await append(tenant, use ? [use] : []);
      return { fileName: verificationFormFileName(incomeYear), contentType: "application/pdf", bytes };
    },
  };
}

type SealedPlace = readonly [
  taxpayerId: string,
  provider: ProviderId,
  incomeYear: IncomeYear,
  form: string,
  expiresAtMs: number,
];
