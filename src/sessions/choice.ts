import type { DocumentKind, ProviderId } from "../domain/answer";
import { Fault } from "../kernel/fault";
import type { ConnectedProvider } from "../providers/connectedProvider";
import { asLoginProvider, type LoginProvider } from "./tools";

export interface Wish {
  readonly provider: ProviderId | undefined;
  readonly documents: readonly DocumentKind[] | undefined;
}

export interface Choice {
  readonly chosen: LoginProvider;
  /** Those of the wanted documents that it brings. */
  readonly documents: readonly DocumentKind[];
}

/** Whom to log in to: the provider that was named, or the one that brings most of what is wanted, the healthy first. */
export function chooseLogin(connected: readonly ConnectedProvider[], wish: Wish): Choice {
  return wish.provider === undefined
    ? bestOf(connected, wish.documents)
    : named(connected, wish.provider, wish.documents);
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

function bestOf(connected: readonly ConnectedProvider[], wanted: readonly DocumentKind[] | undefined): Choice {
  const carriers = connected.filter(
    ({ provider }) => provider.login !== "NONE" && brings({ provider }, wanted).length > 0,
  );
  if (carriers.length === 0) {
    throw new Fault("BAD_INPUT", {
      field: "documents",
      hint: "No session is needed, or none helps, for these documents.",
    });
  }
  const [best] = carriers
    .flatMap((candidate) => asLoginProvider(candidate) ?? [])
    .map((chosen) => ({ chosen, documents: brings(chosen, wanted), isHealthy: isHealthy(chosen) }))
    // The order of the registry stays among equals.
    .sort((a, b) => Number(b.isHealthy) - Number(a.isHealthy) || b.documents.length - a.documents.length);
  if (best === undefined) throw new Fault("PROVIDER_NOT_CONFIGURED");
  return best;
}

export function brings(
  { provider }: Pick<ConnectedProvider, "provider">,
  wanted: readonly DocumentKind[] | undefined,
): readonly DocumentKind[] {
  return provider.documents.filter((document) => wanted === undefined || wanted.includes(document));
}

export function isHealthy(connected: ConnectedProvider): boolean {
  return connected.health().every(({ breaker }) => breaker !== "OPEN");
}
