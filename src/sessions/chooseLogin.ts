import type { DocumentKind, ProviderId } from "../domain";
import { Fault } from "../kernel";
import { type ConnectedProvider, coverByLogins } from "../providers";
import { asLoginProvider, type LoginProvider } from "./tools";

interface Wanted {
  readonly provider: ProviderId | undefined;
  readonly documents: readonly DocumentKind[] | undefined;
  /** How many years back. */
  readonly years: number;
  /** Providers at which this person has a session that lacks what is wanted. Other providers are preferred. */
  readonly busy?: readonly ProviderId[];
}

interface Choice {
  readonly chosen: LoginProvider;
  /** The wanted documents that it has. */
  readonly documents: readonly DocumentKind[];
}

/** The provider to log in to: the one that is named, or else the first login of the cheapest plan. */
export function chooseLogin(connected: readonly ConnectedProvider[], wanted: Wanted): Choice {
  if (wanted.provider !== undefined) return named(connected, wanted.provider, wanted.documents);
  const { busy = [] } = wanted;
  const free = connected.filter(({ provider }) => !busy.includes(provider.id));
  return planned(
    free.some((each) => asLoginProvider(each) && documentsOf(each, wanted.documents).length > 0) ? free : connected,
    wanted,
  );
}

function named(
  connected: readonly ConnectedProvider[],
  id: ProviderId,
  wanted: readonly DocumentKind[] | undefined,
): Choice {
  const provider = connected.find((candidate) => candidate.provider.id === id);
  if (provider?.provider.login === "NONE") {
    const hint = `${provider.provider.name} needs no session: its documents can be queried at once.`;
    throw new Fault("BAD_INPUT", { provider: id, field: "provider", hint });
  }
  const chosen = provider && asLoginProvider(provider);
  if (chosen === undefined) throw new Fault("PROVIDER_NOT_CONFIGURED", { provider: id });
  const documents = documentsOf(chosen, wanted);
  if (documents.length === 0) {
    const hint = `${chosen.provider.name} carries none of these documents.`;
    throw new Fault("BAD_INPUT", { provider: id, field: "documents", hint });
  }
  return { chosen, documents };
}

/** Of the plan's logins, the one with most documents. */
function planned(
  connected: readonly ConnectedProvider[],
  { documents, years }: Pick<Wanted, "documents" | "years">,
): Choice {
  const carriers = connected.filter(
    ({ provider }) => provider.login !== "NONE" && documentsOf({ provider }, documents).length > 0,
  );
  if (carriers.length === 0) {
    throw new Fault("BAD_INPUT", {
      field: "documents",
      hint: "No session is needed, or none helps, for these documents.",
    });
  }
  const wanted = new Set(carriers.flatMap((carrier) => documentsOf(carrier, documents)));
  const [first] = coverByLogins(carriers, [...wanted], () => years).toSorted(
    (a, b) => b.documents.length - a.documents.length,
  );
  const chosen = first && asLoginProvider(first.by);
  if (first === undefined || chosen === undefined) throw new Fault("PROVIDER_NOT_CONFIGURED");
  return { chosen, documents: documentsOf(chosen, first.documents) };
}

export function documentsOf(
  { provider }: Pick<ConnectedProvider, "provider">,
  wanted: readonly DocumentKind[] | undefined,
): readonly DocumentKind[] {
  return provider.documents.filter((document) => wanted === undefined || wanted.includes(document));
}
