import type { DocumentKind } from "../domain/answer";

/** Why a step of a plan is in it, in plain words. */
export const reasons = {
  underWay: "A session that is open is bringing this already.",
  panOnly: "The PAN is enough for this: no login, and no consent.",
  login(onlyHere: readonly DocumentKind[], { isHealthy }: { readonly isHealthy: boolean }): string {
    const why =
      onlyHere.length > 0
        ? `Nobody else who is set up here brings ${inWords(onlyHere)}.`
        : "Of those who bring this, it takes the fewest logins and then the fewest calls.";
    return isHealthy ? why : `${why} It has been failing lately.`;
  },
};

function inWords(documents: readonly DocumentKind[]): string {
  const words = documents.map((document) => document.toLowerCase().replaceAll("_", " "));
  const [last, ...before] = words.toReversed();
  return before.length === 0 ? (last ?? "") : `${before.toReversed().join(", ")} and ${last ?? ""}`;
}
