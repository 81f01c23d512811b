import type { DocumentKind, ProviderId } from "../domain";
import { Fault } from "../kernel";
import { type ConnectedProvider, coverByLogins } from "../providers";
import { asLoginProvider, type LoginProvider } from "./tools";

interface Wish {
  readonly provider: ProviderId | undefined;
  readonly documents: readonly DocumentKind[] | undefined;
  /** How many years back. */
  readonly years: number;
  /** Where this person has a session that does not bring what is wanted: whoever else carries it comes before. */
  readonly busy?: readonly ProviderId[];
}

interface Choice {
  readonly chosen: LoginProvider;
  /** Those of the wanted documents that it brings. */
  readonly documents: readonly DocumentKind[];
}

/** Whom to log in to: the provider that was named, or else the one that the plan would have log in first. */
export function chooseLogin(connected: readonly ConnectedProvider[], wish: Wish): Choice {
  if (wish.provider !== undefined) return named(connected, wish.provider, wish.documents);
  const { busy = [] } = wish;
  const free = connected.filter(({ provider }) => !busy.includes(provider.id));
  return planned(
    free.some((each) => asLoginProvider(each) && brings(each, wish.documents).length > 0) ? free : connected,
    wish,
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
  const documents = brings(chosen, wanted);
  if (documents.length === 0) {
    const hint = `${chosen.provider.name} carries none of these documents.`;
    throw new Fault("BAD_INPUT", { provider: id, field: "documents", hint });
  }
  return { chosen, documents };
}

/** Of several logins that the plan would make, the one that brings most. */
function planned(
  connected: readonly ConnectedProvider[],
  { documents, years }: Pick<Wish, "documents" | "years">,
): Choice {
  const carriers = connected.filter(
    ({ provider }) => provider.login !== "NONE" && brings({ provider }, documents).length > 0,
  );
  if (carriers.length === 0) {
    throw new Fault("BAD_INPUT", {
      field: "documents",
      hint: "No session is needed, or none helps, for these documents.",
    });
  }
  const wanted = new Set(carriers.flatMap((carrier) => brings(carrier, documents)));
  const [first] = coverByLogins(carriers, [...wanted], () => years).toSorted(
    (a, b) => b.documents.length - a.documents.length,
  );
  const chosen = first && asLoginProvider(first.by);
  if (first === undefined || chosen === undefined) throw new Fault("PROVIDER_NOT_CONFIGURED");
  return { chosen, documents: brings(chosen, first.documents) };
}

export function brings(
  { provider }: Pick<ConnectedProvider, "provider">,
  wanted: readonly DocumentKind[] | undefined,
): readonly DocumentKind[] {
  return provider.documents.filter((document) => wanted === undefined || wanted.includes(document));
}
