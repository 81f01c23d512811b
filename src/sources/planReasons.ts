import type { DocumentKind } from "../domain/answer";

/** Why a step of a plan is in it, in plain words. */
export const reasons = {
  underWay: "A session that is open is bringing this already.",
  openLogin: "Your open session brings it.",
  panOnly: "The PAN is enough for this: no login, and no consent.",
  login(onlyHere: readonly DocumentKind[], { isHealthy, isOpen }: LoginState): string {
    const why =
      onlyHere.length > 0
        ? `Nobody else who is set up here brings ${inWords(onlyHere)}.`
        : "Of those who bring this, it takes the fewest logins and then the fewest calls.";
    return [why, ...(isHealthy ? [] : ["It has been failing lately."]), ...(isOpen ? [closeFirst] : [])].join(" ");
  },
};

/** A second session of one person at one provider would be the first one again. */
const closeFirst = "Close the session that is open there first: it does not bring this.";

interface LoginState {
  readonly isHealthy: boolean;
  /** A session is open there that cannot bring it. */
  readonly isOpen: boolean;
}

function inWords(documents: readonly DocumentKind[]): string {
  const words = documents.map((document) => document.toLowerCase().replaceAll("_", " "));
  const [last, ...before] = words.toReversed();
  return before.length === 0 ? (last ?? "") : `${before.toReversed().join(", ")} and ${last ?? ""}`;
}
