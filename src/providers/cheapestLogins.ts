import type { DocumentKind } from "../domain";
import type { ConnectedProvider } from "./provider";

/** One login to be made, and what it is made for. */
export interface PlannedLogin {
  readonly by: ConnectedProvider;
  readonly documents: readonly DocumentKind[];
  /** How many years back it has to reach. */
  readonly years: number;
  readonly calls: number;
}

/** What there is to compare two covers by: the first that differs decides, and less is better. */
type Rating = readonly number[];

/**
 * The logins that together bring all of these documents, as far as anybody who can be logged in to carries them. Those
 * who are well come first; then the fewest logins, the fewest answers that are only concluded, the fewest calls, the
 * lowest price, and the fewest one-time passwords to wait for. Among equals the order of the registry stays.
 */
export function coverByLogins(
  connected: readonly ConnectedProvider[],
  wanted: readonly DocumentKind[],
  yearsOf: (document: DocumentKind) => number,
): readonly PlannedLogin[] {
  const [best] = waysToShareOut(connected, wanted)
    .map((shares) => toLogins(shares, yearsOf))
    .map((logins) => ({ logins, rating: ratingOf(logins) }))
    .sort((one, other) => compare(one.rating, other.rating));
  return best?.logins ?? [];
}

export function canLogIn({ client }: ConnectedProvider): boolean {
  return client?.needs === "LOGIN";
}

export function isHealthy(connected: ConnectedProvider): boolean {
  return connected.health().every(({ breaker }) => breaker !== "OPEN");
}

interface Share {
  readonly document: DocumentKind;
  readonly by: ConnectedProvider;
}

/** Every way to give each document to one who carries it: with a handful of providers, a few dozen. */
function waysToShareOut(
  connected: readonly ConnectedProvider[],
  wanted: readonly DocumentKind[],
): readonly (readonly Share[])[] {
  return wanted.reduce<readonly (readonly Share[])[]>(
    (ways, document) => {
      const carriers = connected.filter((each) => canLogIn(each) && each.provider.documents.includes(document));
      if (carriers.length === 0) return ways;
      return ways.flatMap((shares) => carriers.map((by) => [...shares, { document, by }]));
    },
    [[]],
  );
}

function toLogins(shares: readonly Share[], yearsOf: (document: DocumentKind) => number): readonly PlannedLogin[] {
  return [...Map.groupBy(shares, ({ by }) => by)].map(([by, ofOne]) => {
    const documents = ofOne.map(({ document }) => document);
    const years = Math.max(...documents.map(yearsOf));
    return { by, documents, years, calls: by.provider.callsFor(documents, years) };
  });
}

function ratingOf(logins: readonly PlannedLogin[]): Rating {
  const sum = (amountOf: (login: PlannedLogin) => number) =>
    logins.reduce((total, login) => total + amountOf(login), 0);
  return [
    sum(({ by }) => (isHealthy(by) ? 0 : 1)),
    logins.length,
    sum(({ by, documents }) => documents.filter((document) => by.provider.concludes?.includes(document)).length),
    sum(({ calls }) => calls),
    // A price that nobody publishes may be any price.
    sum(({ by, calls }) => calls * (by.provider.priceRupeesPerCall ?? Infinity)),
    sum(({ by }) => (by.provider.login === "PASSWORD_AND_OTP" ? 1 : 0)),
  ];
}

function compare(one: Rating, other: Rating): number {
  const at = one.findIndex((amount, index) => amount !== other[index]);
  if (at === -1) return 0;
  return (one[at] ?? 0) < (other[at] ?? 0) ? -1 : 1;
}
